/// One header field: its name as written, and its value.
public struct HTTPHeader: Sendable, Hashable {
    /// The field's name; HTTP compares names without regard to ASCII case.
    public var name: String
    /// The field's value, without surrounding white space.
    public var value: String

    /// Makes a field from its two parts.
    ///
    /// A name that is no HTTP token, or a value that holds a line break or a NUL, is refused when the request is sent.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// The header fields of a response, in the order in which the server sent them.
///
/// Names are looked up without regard to ASCII case. A field may occur more than once; nothing is merged.
public struct HTTPHeaders: Sendable, Hashable, RandomAccessCollection {
    /// The fields in order.
    public private(set) var fields: [HTTPHeader]

    /// Makes a list of fields, keeping their order.
    public init(_ fields: [HTTPHeader] = []) {
        self.fields = fields
    }

    /// The position of the first field.
    public var startIndex: Int { fields.startIndex }

    /// The position one past the last field.
    public var endIndex: Int { fields.endIndex }

    /// The field at a position.
    public subscript(position: Int) -> HTTPHeader { fields[position] }

    /// The value of the first field of this name, or nil where there is none.
    public subscript(name: String) -> String? { first(name) }

    /// The value of the first field of this name, or nil where there is none.
    public func first(_ name: String) -> String? {
        fields.first { equalIgnoringASCIICase($0.name, name) }?.value
    }

    /// The values of all fields of this name, in order.
    public func all(_ name: String) -> [String] {
        fields.lazy.filter { equalIgnoringASCIICase($0.name, name) }.map(\.value)
    }

    mutating func append(name: String, value: String) {
        fields.append(HTTPHeader(name: name, value: value))
    }

    mutating func removeAll() {
        fields.removeAll(keepingCapacity: true)
    }
}

/// Compares two names byte by byte, `A`–`Z` being equal to `a`–`z`.
func equalIgnoringASCIICase(_ left: String, _ right: String) -> Bool {
    let (left, right) = (left.utf8, right.utf8)
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { lowercasedASCII($0) == lowercasedASCII($1) }
}

func lowercasedASCII(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
