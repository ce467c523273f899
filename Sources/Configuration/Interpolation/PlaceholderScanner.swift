/// Finds the placeholders of a text.
///
/// Works on bytes: everything that matters is ASCII, and text from files may be long.
struct PlaceholderScanner {
    private(set) var pieces: [PlaceholderText.Piece] = []
    private(set) var oddity: String?

    private let bytes: [UInt8]
    /// Where each brace is closed that is; found in one pass, so that reading a text takes linear time.
    private let closings: [Int: Int]
    private var position = 0
    private var literal: [UInt8] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
        var open: [Int] = []
        var closings: [Int: Int] = [:]
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "{") { open.append(index) }
            if byte == UInt8(ascii: "}"), let start = open.popLast() { closings[start] = index }
        }
        self.closings = closings
    }

    mutating func scan() {
        while position < bytes.count {
            if starts(with: "$${") {
                literal += Array("${".utf8)
                position += 3
            } else if starts(with: "${") {
                placeholder()
            } else {
                literal.append(bytes[position])
                position += 1
            }
        }
        flush()
    }

    private mutating func placeholder() {
        if let end = closings[position + 1], let found = Self.placeholder(bytes[(position + 2)..<end]) {
            flush()
            pieces.append(.placeholder(found))
            position = end + 1
        } else {
            if oddity == nil { oddity = Self.text(bytes[position..<min(position + 24, bytes.count)]) }
            literal += Array("${".utf8)
            position += 2
        }
    }

    private mutating func flush() {
        if !literal.isEmpty { pieces.append(.literal(Self.text(literal[...]))) }
        literal = []
    }

    private func starts(with word: StaticString) -> Bool {
        guard position + word.utf8CodeUnitCount <= bytes.count else { return false }
        for offset in 0..<word.utf8CodeUnitCount where bytes[position + offset] != word.utf8Start[offset] {
            return false
        }
        return true
    }

    private static func placeholder(_ body: ArraySlice<UInt8>) -> Placeholder? {
        var name = body.prefix(while: isNameByte)
        var operation = body[name.endIndex...]
        // `${ENV.NAME}` is another spelling of `${NAME}`.
        if name.elementsEqual("ENV".utf8), operation.first == UInt8(ascii: ".") {
            name = operation.dropFirst().prefix(while: isNameByte)
            operation = body[name.endIndex...]
        }
        guard let first = name.first, !(48...57).contains(first) else { return nil }
        let variable = text(name)
        if operation.isEmpty { return Placeholder(name: variable, fallback: .none) }
        let operand = text(operation.dropFirst(2))
        if operation.starts(with: ":-".utf8) { return Placeholder(name: variable, fallback: .text(operand)) }
        if operation.starts(with: ":?".utf8) { return Placeholder(name: variable, fallback: .failure(operand)) }
        return nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
