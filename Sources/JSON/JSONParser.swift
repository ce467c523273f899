/// A recursive-descent parser over bytes in memory.
///
/// It walks raw pointers because bounds checks and index arithmetic cost it half its speed; every read is guarded by a comparison
/// with `end`. One parser may read many texts: the cache of keys carries over.
struct JSONParser {
    private(set) var options: JSONParsingOptions
    private let maximumDepth: Int
    var base: UnsafePointer<UInt8>
    var end: UnsafePointer<UInt8>
    var cursor: UnsafePointer<UInt8>
    private var depth = 0
    var keys: JSONKeyCache
    /// Where strings with escapes are put together.
    var scratch: [UInt8] = []

    init(options: JSONParsingOptions, expectedBytes: Int) {
        self.options = options
        maximumDepth = min(max(options.maximumDepth, 0), JSONParsingOptions.depthLimit)
        keys = JSONKeyCache(expectedBytes: expectedBytes)
        base = JSONParser.nothing
        end = base
        cursor = base
    }

    /// An address to point at when there are no bytes.
    private static var nothing: UnsafePointer<UInt8> { ("" as StaticString).utf8Start }

    /// Reads the one value in `bytes`, which have to stay in place for the call.
    mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONParsingError) -> JSONValue {
        base = bytes.baseAddress ?? JSONParser.nothing
        end = base + bytes.count
        cursor = base
        depth = 0
        if end - cursor >= 3, cursor[0] == 0xEF, cursor[1] == 0xBB, cursor[2] == 0xBF { cursor += 3 }
        skipSpace()
        let value = try value()
        skipSpace()
        guard cursor == end else { throw failure("unexpected text after the value") }
        return value
    }

    @inline(__always)
    mutating func skipSpace() {
        while cursor < end {
            switch cursor.pointee {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): cursor += 1
            default: return
            }
        }
    }

    private mutating func value() throws(JSONParsingError) -> JSONValue {
        guard cursor < end else { throw failure("expected a value, found the end of the text") }
        switch cursor.pointee {
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "\""):
            cursor += 1
            return .string(try string())
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: return try nonFiniteNumber()
        }
    }

    private mutating func array() throws(JSONParsingError) -> [JSONValue] {
        try descend()
        var elements: [JSONValue] = []
        if closes(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value())
            skipSpace()
            if take(UInt8(ascii: ",")) {
                skipSpace()
            } else if closes(UInt8(ascii: "]")) {
                return elements
            } else {
                throw failure("expected ',' or ']' in array, found \(found)")
            }
        }
    }

    private mutating func object() throws(JSONParsingError) -> JSONObject {
        try descend()
        var members = JSONMemberList()
        if closes(UInt8(ascii: "}")) { return JSONObject() }
        while true {
            guard cursor < end, cursor.pointee == UInt8(ascii: "\"") else {
                throw failure("expected a key in double quotes, found \(found)")
            }
            let start = cursor
            cursor += 1
            let (key, hash) = try key()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw failure("expected ':' after a key, found \(found)") }
            skipSpace()
            let value = try value()
            if !members.add(key, hash, value, options.duplicateKeys) {
                throw failure("the key \(JSONValue.string(key)) is there twice in one object", at: start)
            }
            skipSpace()
            if take(UInt8(ascii: ",")) {
                skipSpace()
            } else if closes(UInt8(ascii: "}")) {
                return members.object
            } else {
                throw failure("expected ',' or '}' in object, found \(found)")
            }
        }
    }

    /// Steps over an opening bracket, one level down, and the space after it.
    private mutating func descend() throws(JSONParsingError) {
        guard depth < maximumDepth else { throw failure("nested deeper than \(maximumDepth) levels") }
        depth += 1
        cursor += 1
        skipSpace()
    }

    /// Steps over a closing bracket, one level up, if it is next.
    @inline(__always)
    private mutating func closes(_ bracket: UInt8) -> Bool {
        guard take(bracket) else { return false }
        depth -= 1
        return true
    }

    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        guard cursor < end, cursor.pointee == byte else { return false }
        cursor += 1
        return true
    }

    mutating func word(_ word: StaticString) throws(JSONParsingError) {
        let length = word.utf8CodeUnitCount
        for place in 0..<length {
            guard cursor + place < end, cursor[place] == word.utf8Start[place] else {
                throw failure("expected a value, found \(found)")
            }
        }
        cursor += length
    }
}
