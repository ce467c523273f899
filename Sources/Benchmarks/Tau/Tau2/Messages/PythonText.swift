import JSON

extension Unicode.Scalar {
    /// Whether Python's `str.isspace` holds, and so whether `str.strip` takes it away.
    var isPythonSpace: Bool {
        properties.isWhitespace || (0x1C...0x1F).contains(value)
    }

    /// Whether Python's `str.splitlines` ends a line here.
    fileprivate var isPythonLineBreak: Bool {
        switch value {
        case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}

extension String {
    /// Whether anything is left after Python's `strip`.
    var hasTextForPython: Bool { unicodeScalars.contains { !$0.isPythonSpace } }

    /// Whether `part` occurs here byte for byte, as Python's `in` finds it.
    func containsText(_ part: String) -> Bool {
        let (whole, piece) = (Array(utf8), Array(part.utf8))
        guard let first = piece.first else { return true }
        guard whole.count >= piece.count else { return false }
        for start in 0...(whole.count - piece.count)
        where whole[start] == first && whole[start..<start + piece.count].elementsEqual(piece) {
            return true
        }
        return false
    }

    /// Replaces every occurrence of a text, byte for byte.
    func replacingText(_ part: String, with replacement: String) -> String {
        let (whole, piece) = (Array(utf8), Array(part.utf8))
        guard !piece.isEmpty, containsText(part) else { return self }
        var bytes: [UInt8] = []
        var place = 0
        while place < whole.count {
            if whole[place...].starts(with: piece) {
                bytes.append(contentsOf: replacement.utf8)
                place += piece.count
            } else {
                bytes.append(whole[place])
                place += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Puts `prefix` before every line that is not blank, as Python's `textwrap.indent` does.
    func indentedLikePython(by prefix: String) -> String {
        var result = String.UnicodeScalarView()
        var line = String.UnicodeScalarView()
        let scalars = Array(unicodeScalars)
        var place = 0
        func flush() {
            if line.contains(where: { !$0.isPythonSpace }) { result.append(contentsOf: prefix.unicodeScalars) }
            result.append(contentsOf: line)
            line.removeAll()
        }
        while place < scalars.count {
            let scalar = scalars[place]
            line.append(scalar)
            place += 1
            guard scalar.isPythonLineBreak else { continue }
            if scalar == "\r", place < scalars.count, scalars[place] == "\n" {
                line.append("\n")
                place += 1
            }
            flush()
        }
        flush()
        return String(result)
    }

    /// The text in lower case, as Python's `str.lower` makes it.
    ///
    /// That is Unicode's full mapping, with the Greek sigma at a word's end in its own form.
    func lowercasedLikePython() -> String {
        guard unicodeScalars.contains("\u{3A3}") else { return lowercased() }
        let scalars = Array(unicodeScalars)
        var text = ""
        for (place, scalar) in scalars.enumerated() {
            if scalar == "\u{3A3}" {
                text += Self.isFinalSigma(at: place, in: scalars) ? "\u{3C2}" : "\u{3C3}"
            } else {
                text += scalar.properties.lowercaseMapping
            }
        }
        return text
    }

    private static func isFinalSigma(at place: Int, in scalars: [Unicode.Scalar]) -> Bool {
        let before = scalars[..<place].last { !$0.properties.isCaseIgnorable }
        let after = scalars[(place + 1)...].first { !$0.properties.isCaseIgnorable }
        return before?.properties.isCased == true && after?.properties.isCased != true
    }
}

extension JSONValue {
    /// A string, or null.
    init(optional text: String?) { self = text.map(JSONValue.string) ?? .null }

    /// A number as Python writes a float, or null.
    init(optional number: Double?) { self = number.map { JSONValue($0) } ?? .null }

    /// A whole number, or null.
    init(optional number: Int?) { self = number.map { JSONValue($0) } ?? .null }

    /// An object, or null.
    init(optional object: JSONObject?) { self = object.map(JSONValue.object) ?? .null }

    /// An array of strings, or null.
    init(optional texts: [String]?) { self = texts.map { .array($0.map(JSONValue.string)) } ?? .null }
}
