import JSON

/// Reads TOML 1.0 into JSON values, keys in the order of the document.
///
/// The order is data in τ²'s telecom domain, which lists a phone's apps as the file does. Integers and floats stay apart; dates and
/// times become strings as they are written.
struct TOMLReader {
    /// How deep tables and arrays may lie in one another.
    static let maximumDepth = 64

    private let bytes: [UInt8]
    /// The place of the next byte.
    private(set) var place = 0
    private let root = TOMLTable(.header)

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads a document.
    static func read(_ bytes: [UInt8]) throws(TOMLParsingError) -> JSONValue {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw TOMLParsingError(message: "the text is not UTF-8", line: 1, column: 1)
        }
        var reader = TOMLReader(bytes: bytes)
        return try reader.readDocument()
    }

    private mutating func readDocument() throws(TOMLParsingError) -> JSONValue {
        var table = root
        try skipBlankLines()
        while peek() != nil {
            if peek() == UInt8(ascii: "[") {
                table = try readHeader()
            } else {
                try readPair(into: table, depth: 0)
            }
            try finishLine()
            try skipBlankLines()
        }
        return root.json
    }

    // MARK: Headers and pairs

    private mutating func readHeader() throws(TOMLParsingError) -> TOMLTable {
        let start = place
        place += 1
        let isArray = skip("[")
        skipSpaces()
        let path = try readKey()
        guard skip("]"), !isArray || skip("]") else {
            throw failure("expected '\(isArray ? "]]" : "]")' at the end of the header")
        }
        guard let name = path.last else { throw failure("the header has no name") }
        var parent = root
        for key in path.dropLast() { parent = try descend(from: parent, into: key, at: start) }
        return isArray
            ? try appendTable(name, to: parent, at: start) : try openTable(name, in: parent, at: start)
    }

    /// The table behind a key of a header's path, which is made where it is missing.
    private func descend(
        from table: TOMLTable, into key: String, at start: Int
    ) throws(TOMLParsingError) -> TOMLTable {
        switch table[key] {
        case nil:
            let nested = TOMLTable(.nested)
            table[key] = .table(nested)
            return nested
        case .table(let nested): return nested
        case .tables(let tables):
            guard let last = tables.last else { throw failure("'\(key)' has no table yet", at: start) }
            return last
        default: throw failure("'\(key)' is already complete and takes no further tables", at: start)
        }
    }

    private func openTable(
        _ name: String, in parent: TOMLTable, at start: Int
    ) throws(TOMLParsingError) -> TOMLTable {
        switch parent[name] {
        case nil:
            let table = TOMLTable(.header)
            parent[name] = .table(table)
            return table
        case .table(let table) where table.origin == .nested:
            table.origin = .header
            return table
        default: throw failure("'\(name)' is defined twice", at: start)
        }
    }

    private func appendTable(
        _ name: String, to parent: TOMLTable, at start: Int
    ) throws(TOMLParsingError) -> TOMLTable {
        let table = TOMLTable(.header)
        guard parent.append(table, to: name) else { throw failure("'\(name)' is defined twice", at: start) }
        return table
    }

    /// Reads `key = value` into a table.
    mutating func readPair(into table: TOMLTable, depth: Int) throws(TOMLParsingError) {
        let start = place
        let path = try readKey()
        guard skip("=") else { throw failure("expected '=' after the key") }
        skipSpaces()
        guard let name = path.last else { throw failure("the key has no name") }
        var owner = table
        for key in path.dropLast() {
            switch owner[key] {
            case nil:
                let nested = TOMLTable(.dottedKey)
                owner[key] = .table(nested)
                owner = nested
            case .table(let nested) where nested.origin == .dottedKey: owner = nested
            default: throw failure("'\(key)' is already complete and takes no further keys", at: start)
            }
        }
        guard owner[name] == nil else { throw failure("'\(name)' is defined twice", at: start) }
        owner[name] = .value(try readValue(depth: depth + path.count))
    }

    /// Reads a key with the spaces behind it: names and quoted strings, parted by dots.
    private mutating func readKey() throws(TOMLParsingError) -> [String] {
        var path: [String] = []
        repeat {
            skipSpaces()
            switch peek() {
            case UInt8(ascii: "\""): path.append(try readBasicString())
            case UInt8(ascii: "'"): path.append(try readLiteralString())
            default:
                let name = take { $0.isTOMLNameCharacter }
                guard !name.isEmpty else { throw failure("expected a key") }
                path.append(String(decoding: name, as: UTF8.self))
            }
            skipSpaces()
            guard path.count <= Self.maximumDepth else { throw failure("the key has too many parts") }
        } while skip(".")
        return path
    }

    // MARK: The text

    /// The byte `offset` places ahead; nil past the end.
    func peek(_ offset: Int = 0) -> UInt8? {
        place + offset < bytes.count ? bytes[place + offset] : nil
    }

    /// Takes the text when it comes next.
    mutating func skip(_ text: StaticString) -> Bool {
        let isNext = text.withUTF8Buffer { expected in
            place + expected.count <= bytes.count && expected.elementsEqual(bytes[place..<place + expected.count])
        }
        if isNext { place += text.utf8CodeUnitCount }
        return isNext
    }

    /// Takes as many bytes as there are that fit.
    mutating func take(while fits: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = place
        while let byte = peek(), fits(byte) { place += 1 }
        return bytes[start..<place]
    }

    /// Takes one byte.
    mutating func advance() { place += 1 }

    mutating func skipSpaces() { _ = take { $0 == 0x20 || $0 == 0x09 } }

    /// Takes white space, line ends and comments.
    mutating func skipBlankLines() throws(TOMLParsingError) {
        repeat {
            skipSpaces()
            try skipComment()
        } while skip("\n") || skip("\r\n")
    }

    private mutating func skipComment() throws(TOMLParsingError) {
        guard peek() == UInt8(ascii: "#") else { return }
        _ = take { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }
        guard peek() == nil || peek() == 0x0A || peek() == 0x0D else {
            throw failure("a comment has a control character")
        }
    }

    private mutating func finishLine() throws(TOMLParsingError) {
        skipSpaces()
        try skipComment()
        guard peek() == nil || skip("\n") || skip("\r\n") else { throw failure("expected the end of the line") }
    }

    /// An error at a place, the current one if none is given.
    func failure(_ message: String, at offset: Int? = nil) -> TOMLParsingError {
        let before = bytes[..<min(offset ?? place, bytes.count)]
        let line = before.split(separator: 0x0A, omittingEmptySubsequences: false)
        let column = (line.last ?? []).count { $0 & 0xC0 != 0x80 }
        return TOMLParsingError(message: message, line: line.count, column: column + 1)
    }
}

extension UInt8 {
    /// Whether a bare key may have the character.
    fileprivate var isTOMLNameCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
