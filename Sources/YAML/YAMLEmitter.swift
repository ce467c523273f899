/// Writes a node tree as block YAML that a person reads and any parser understands.
///
/// The first character of every construct is written at the cursor; whoever calls puts the cursor there.
struct YAMLEmitter {
    /// Longer keys cannot be written as `key: value`: parsers look only 1,024 characters ahead for the colon.
    private static let longestSimpleKey = 800

    private(set) var output = ""

    mutating func document(_ node: YAMLNode) {
        self.node(node, indent: 0)
        output += "\n"
    }

    private mutating func node(_ node: YAMLNode, indent: Int) {
        switch node.content {
        case .sequence(let elements): sequence(elements, indent: indent)
        case .mapping(let pairs): mapping(pairs, indent: indent)
        case .null: output += "null"
        case .bool(let value): output += value ? "true" : "false"
        case .int(let value): output += String(value)
        case .float(let text): output += text
        case .string(let text): string(text, indent: indent)
        }
    }

    private mutating func sequence(_ elements: [YAMLNode], indent: Int) {
        guard !elements.isEmpty else {
            output += "[]"
            return
        }
        for (index, element) in elements.enumerated() {
            if index > 0 { newLine(indent) }
            output += "- "
            node(element, indent: element.isFilledCollection ? indent + 2 : indent)
        }
    }

    private mutating func mapping(_ pairs: [YAMLPair], indent: Int) {
        guard !pairs.isEmpty else {
            output += "{}"
            return
        }
        for (index, pair) in pairs.enumerated() {
            if index > 0 { newLine(indent) }
            key(pair.key, indent: indent)
            if pair.value.isFilledCollection {
                newLine(indent + 2)
                node(pair.value, indent: indent + 2)
            } else {
                output += " "
                node(pair.value, indent: indent)
            }
        }
    }

    private mutating func key(_ key: YAMLNode, indent: Int) {
        let text: String
        if case .string(let characters) = key.content {
            text = ScalarWriter.isSafePlain(characters) ? characters : ScalarWriter.quoted(characters)
        } else {
            text = key.rawScalar.flatMap { $0.isEmpty ? nil : $0 } ?? "null"
        }
        if text.unicodeScalars.count > Self.longestSimpleKey {
            output += "? " + text
            newLine(indent)
            output += ":"
        } else {
            output += text + ":"
        }
    }

    private mutating func string(_ text: String, indent: Int) {
        guard ScalarWriter.fitsLiteralBlock(text) else {
            output += ScalarWriter.isSafePlain(text) ? text : ScalarWriter.quoted(text)
            return
        }
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        output += "|"
        if ScalarWriter.startsWithSpace(text) { output += "2" }
        if !text.utf8.hasNewlineEnd {
            output += "-"
        } else {
            lines.removeLast()
            if lines.last?.isEmpty ?? false { output += "+" }
        }
        for line in lines {
            if line.isEmpty { output += "\n" } else { newLine(indent + 2) }
            output += String(Substring(line))
        }
    }

    private mutating func newLine(_ indent: Int) {
        output += "\n"
        output += String(repeating: " ", count: indent)
    }
}

extension YAMLNode {
    /// The node as readable YAML, ending in a line feed; anchors, tags and styles are not kept.
    ///
    /// Strings are quoted wherever a reader of YAML 1.2 or 1.1 would take them for something else (`yes`, `017`,
    /// `12:30`, `2024-01-01`), and written as `|` blocks when they have several lines. Reading the text back gives a
    /// tree with the same content.
    public func text() -> String {
        var emitter = YAMLEmitter()
        emitter.document(self)
        return emitter.output
    }

    fileprivate var isFilledCollection: Bool {
        switch content {
        case .sequence(let elements): !elements.isEmpty
        case .mapping(let pairs): !pairs.isEmpty
        case .null, .bool, .int, .float, .string: false
        }
    }
}

extension String.UTF8View {
    fileprivate var hasNewlineEnd: Bool { last == UInt8(ascii: "\n") }
}
