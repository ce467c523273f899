extension JSONValue {
    /// The value as text.
    public func text(_ style: JSONStyle = .compact) -> String {
        String(decoding: bytes(style), as: UTF8.self)
    }

    /// The value as UTF-8 bytes.
    public func bytes(_ style: JSONStyle = .compact) -> [UInt8] {
        var writer = JSONWriter(style)
        writer.write(self)
        return writer.finish()
    }

    /// Writes the value to the end of `bytes`.
    public func write(into bytes: inout [UInt8], style: JSONStyle = .compact) {
        // Hand the array over and back, so that it has one owner and grows in place.
        var taken: [UInt8] = []
        swap(&taken, &bytes)
        var writer = JSONWriter(style, appendingTo: taken)
        taken = []
        writer.write(self)
        bytes = writer.finish()
    }

    /// The lower-case hexadecimal SHA-256 of the value's UTF-8 text in `style`.
    public func digest(_ style: JSONStyle = .canonical) -> String {
        sha256Hex(bytes(style))
    }
}

extension JSONObject: CustomStringConvertible {
    /// The compact text.
    public var description: String { JSONValue.object(self).text() }
}
