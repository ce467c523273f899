/// Writes values in one style to the end of a byte array.
struct JSONWriter: ~Copyable {
    private let style: JSONStyle
    private let itemSeparator: [UInt8]
    private let keySeparator: [UInt8]
    private(set) var bytes: [UInt8]
    private var level = 0

    init(_ style: JSONStyle, appendingTo bytes: consuming [UInt8] = []) {
        self.style = style
        itemSeparator = Array(style.itemSeparator.utf8)
        keySeparator = Array(style.keySeparator.utf8)
        self.bytes = bytes
    }

    /// Gives up the bytes.
    consuming func finish() -> [UInt8] { bytes }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .int(let value): write(value)
        case .number(let text): bytes.append(contentsOf: (style.numbers == .exact ? text : pythonNumberText(text)).utf8)
        case .string(let string): write(string)
        case .array(let elements): write(elements)
        case .object(let object): write(object)
        }
    }

    private mutating func write(_ elements: [JSONValue]) {
        guard !elements.isEmpty else { return bytes.append(contentsOf: "[]".utf8) }
        bytes.append(UInt8(ascii: "["))
        level += 1
        var isFirst = true
        for element in elements {
            separate(&isFirst)
            write(element)
        }
        level -= 1
        breakLine()
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ object: JSONObject) {
        guard !object.isEmpty else { return bytes.append(contentsOf: "{}".utf8) }
        bytes.append(UInt8(ascii: "{"))
        level += 1
        var isFirst = true
        let entries = style.sortsKeys ? object.entriesByKey : object.entries
        for (key, value) in entries {
            separate(&isFirst)
            write(key)
            bytes.append(contentsOf: keySeparator)
            write(value)
        }
        level -= 1
        breakLine()
        bytes.append(UInt8(ascii: "}"))
    }

    @inline(__always)
    private mutating func separate(_ isFirst: inout Bool) {
        if isFirst { isFirst = false } else { bytes.append(contentsOf: itemSeparator) }
        breakLine()
    }

    @inline(__always)
    private mutating func breakLine() {
        guard let indent = style.indent else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * level))
    }

    private mutating func write(_ integer: Int64) {
        if integer < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = integer.magnitude
        guard rest >= 10 else { return bytes.append(UInt8(ascii: "0") + UInt8(rest)) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var place = 20
            while rest > 0 {
                place -= 1
                digits[place] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[place..<20]))
        }
    }

    private mutating func write(_ string: String) {
        bytes.append(UInt8(ascii: "\""))
        if style.asciiOnly { writeASCII(string) } else { writePlain(string) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Escapes only what JSON demands.
    private mutating func writePlain(_ string: String) {
        withBytes(string) { text in
            var start = 0
            var place = 0
            while place < text.count {
                if text.count - place >= 8 {
                    let word = UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: place, as: UInt64.self)
                    let special = specialBytes(in: word.littleEndian)
                    if special == 0 {
                        place += 8
                        continue
                    }
                    place += special.trailingZeroBitCount >> 3
                }
                let byte = text[place]
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 {
                    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<place]))
                    escape(byte)
                    start = place + 1
                }
                place += 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
        }
    }

    /// Escapes everything beyond printable ASCII, larger scalars as surrogate pairs.
    private mutating func writeASCII(_ string: String) {
        for scalar in string.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C, 0..<0x20: escape(UInt8(scalar.value))
            case 0x20..<0x7F: bytes.append(UInt8(scalar.value))
            default: for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { escape(unit: unit) }
            }
        }
    }

    private mutating func escape(_ byte: UInt8) {
        let letter: UInt8
        switch byte {
        case 0x08: letter = UInt8(ascii: "b")
        case 0x09: letter = UInt8(ascii: "t")
        case 0x0A: letter = UInt8(ascii: "n")
        case 0x0C: letter = UInt8(ascii: "f")
        case 0x0D: letter = UInt8(ascii: "r")
        case 0x22, 0x5C: letter = byte
        default: return escape(unit: UInt16(byte))
        }
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(letter)
    }

    private mutating func escape(unit: UInt16) {
        bytes.append(contentsOf: "\\u".utf8)
        for shift in [12, 8, 4, 0] {
            let digit = UInt8(truncatingIfNeeded: unit >> UInt16(shift)) & 15
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}

extension JSONObject {
    /// The members sorted by their keys' bytes.
    var entriesByKey: [Element] {
        let isSorted = zip(entries, entries.dropFirst()).allSatisfy { precedesByBytes($0.key, $1.key) }
        return isSorted ? entries : entries.sorted { precedesByBytes($0.key, $1.key) }
    }
}
