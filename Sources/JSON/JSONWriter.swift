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
        case .number(let text):
            let isExact = style.numbers == .exact || isPythonFloatText(text)
            bytes.append(contentsOf: (isExact ? text : pythonNumberText(text)).utf8)
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
        if style.sortsKeys {
            object.withPositionsByKey { positions in
                for position in positions { write(object.entries[position.position], &isFirst) }
            }
        } else {
            for entry in object.entries { write(entry, &isFirst) }
        }
        level -= 1
        breakLine()
        bytes.append(UInt8(ascii: "}"))
    }

    @inline(__always)
    private mutating func write(_ member: JSONObject.Element, _ isFirst: inout Bool) {
        separate(&isFirst)
        write(member.key)
        bytes.append(contentsOf: keySeparator)
        write(member.value)
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
        withBytes(string) { writeText($0) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Copies the text in the longest pieces that need no escape.
    ///
    /// What needs one besides quotes, backslashes and control characters: nothing, or all beyond printable ASCII.
    private mutating func writeText(_ text: UnsafeBufferPointer<UInt8>) {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highest: UInt8 = style.asciiOnly ? 0x7E : 0xFF
        // Marks 0x7F and above when they are to be escaped; no byte of UTF-8 is 0xFF, so no sum carries over.
        let highMarks: UInt64 = style.asciiOnly ? ones &* 0x80 : 0
        var start = 0
        var place = 0
        while place < text.count {
            if text.count - place >= 8 {
                let raw = UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: place, as: UInt64.self)
                let word = raw.littleEndian
                let marks = specialBytes(in: word) | ((word | (word &+ ones)) & highMarks)
                if marks == 0 {
                    place += 8
                    continue
                }
                place += marks.trailingZeroBitCount >> 3
            }
            let byte = text[place]
            guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 || byte > highest else {
                place += 1
                continue
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<place]))
            if byte < 0x7F {
                escape(byte)
                place += 1
            } else {
                place += escapeScalar(UnsafeBufferPointer(rebasing: text[place...]))
            }
            start = place
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }

    /// Escapes the scalar at the start of `text` as one or two UTF-16 code units; returns its length in bytes.
    private mutating func escapeScalar(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        let length = text[0] < 0x80 ? 1 : text[0] < 0xE0 ? 2 : text[0] < 0xF0 ? 3 : 4
        var scalar = length == 1 ? UInt32(text[0]) : UInt32(text[0]) & (0x7F >> UInt32(length))
        for place in 1..<max(length, 1) where place < text.count {
            scalar = scalar << 6 | UInt32(text[place] & 0x3F)
        }
        if scalar < 0x10000 {
            escape(unit: UInt16(truncatingIfNeeded: scalar))
        } else {
            escape(unit: UInt16(truncatingIfNeeded: 0xD800 + ((scalar - 0x10000) >> 10)))
            escape(unit: UInt16(truncatingIfNeeded: 0xDC00 + ((scalar - 0x10000) & 0x3FF)))
        }
        return length
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
