/// A record of a zip archive: numbers one after the other, the lowest byte first.
struct ZipRecord {
    private(set) var bytes: [UInt8] = []

    init(signature: UInt32) { append(signature) }

    /// The extra field with what needs 64 bits.
    static func large(_ values: [UInt64]) -> ZipRecord {
        var record = ZipRecord()
        record.append(UInt16(1))
        record.append(UInt16(8 * values.count))
        for value in values { record.append(value) }
        return record
    }

    private init() {}

    mutating func append(_ value: some FixedWidthInteger & UnsignedInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Deflate, and the first date that zip knows: the same content gives the same archive.
    mutating func appendMethodAndDate() {
        append(UInt16(8))
        append(UInt16(0))
        append(UInt16(0x21))
    }
}
