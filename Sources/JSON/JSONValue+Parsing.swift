extension JSONValue {
    /// Reads one JSON text; anything but white space after the value is an error.
    public static func parse(
        _ text: String, options: JSONParsingOptions = .init()
    ) throws(JSONParsingError) -> JSONValue {
        try withBytes(text) { bytes in
            Result { () throws(JSONParsingError) in try parse(bytes: bytes, options: options) }
        }.get()
    }

    /// Reads one JSON text from UTF-8 bytes.
    ///
    /// A byte order mark at the start is skipped. Bytes that are not UTF-8 are refused, with their place, never repaired.
    public static func parse(
        bytes: [UInt8], options: JSONParsingOptions = .init()
    ) throws(JSONParsingError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONParsingError) in
            try parse(bytes: buffer, options: options)
        }
    }

    /// Reads one JSON text from UTF-8 bytes in memory that the caller lends.
    ///
    /// A byte order mark at the start is skipped. Bytes that are not UTF-8 are refused, with their place, never repaired.
    public static func parse(
        bytes: UnsafeBufferPointer<UInt8>, options: JSONParsingOptions = .init()
    ) throws(JSONParsingError) -> JSONValue {
        var parser = JSONParser(options: options, expectedBytes: bytes.count)
        return try parser.parse(bytes)
    }

    /// Reads one JSON text from any collection of UTF-8 bytes, copying it when its memory is not contiguous.
    public static func parse(
        bytes: some Collection<UInt8>, options: JSONParsingOptions = .init()
    ) throws(JSONParsingError) -> JSONValue {
        let result = bytes.withContiguousStorageIfAvailable { buffer in
            Result { () throws(JSONParsingError) in try parse(bytes: buffer, options: options) }
        }
        if let result { return try result.get() }
        return try parse(bytes: Array(bytes), options: options)
    }
}
