/// Says whether a text is well-formed XML, as far as drawings need: tags, attributes, references.
enum XMLCheck {
    /// What is wrong first, or nil.
    static func fault(in text: String) -> String? {
        var rest = Substring(text)
        var open: [Substring] = []
        var hasRoot = false
        while let start = rest.firstIndex(of: "<") {
            let between = rest[..<start]
            if let fault = textFault(between, isInside: !open.isEmpty) { return fault }
            guard let end = rest[start...].firstIndex(of: ">") else { return "an open tag" }
            var tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { return "</\(tag.dropFirst())> closes another" }
                continue
            }
            if open.isEmpty, hasRoot { return "a second root" }
            hasRoot = true
            let closes = tag.hasSuffix("/")
            if closes { tag = tag.dropLast() }
            let name = tag.prefix { !$0.isWhitespace }
            if let fault = attributeFault(tag.dropFirst(name.count)) { return "<\(name)>: \(fault)" }
            if !closes { open.append(name) }
        }
        if let fault = textFault(rest, isInside: !open.isEmpty) { return fault }
        return !open.isEmpty ? "<\(open[0])> is not closed" : hasRoot ? nil : "no element"
    }

    private static func textFault(_ text: Substring, isInside: Bool) -> String? {
        if !isInside, text.contains(where: { !$0.isWhitespace }) { return "text outside" }
        return referenceFault(text)
    }

    private static func referenceFault(_ text: Substring) -> String? {
        for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
            guard ["amp;", "lt;", "gt;", "quot;"].contains(where: { part.hasPrefix($0) }) else { return "a bare &" }
        }
        return nil
    }

    private static func attributeFault(_ text: Substring) -> String? {
        var rest = text.drop(while: \.isWhitespace)
        while !rest.isEmpty {
            guard let equals = rest.firstIndex(of: "="), rest[equals...].dropFirst().first == "\"" else {
                return "an attribute without quotes"
            }
            let value = rest[equals...].dropFirst(2)
            guard let end = value.firstIndex(of: "\"") else { return "an open quote" }
            if value[..<end].contains("<") { return "a < in an attribute" }
            if let fault = referenceFault(value[..<end]) { return fault }
            rest = value[value.index(after: end)...].drop(while: \.isWhitespace)
        }
        return nil
    }
}
