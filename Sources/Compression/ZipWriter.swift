import CZlib

/// Why a zip archive could not be made.
public struct ZipError: Error, Sendable, CustomStringConvertible {
    /// What went wrong.
    public let message: String

    /// The message.
    public var description: String { message }
}

/// Makes a zip archive from front to back, so that it can go to anything that takes bytes.
///
/// Members are packed by deflate. Archives, members and offsets beyond 4 GiB and more than 65,535 members are written as
/// zip64. What is ready to be written is fetched by ``take()``; besides it only the members' names and sizes are held.
///
/// ```swift
/// var archive = ZipWriter()
/// try archive.add("header.json", bytes)
/// try archive.begin("samples.json")
/// for piece in pieces { try archive.append(piece); write(archive.take()) }
/// try archive.end()
/// try archive.finish()
/// write(archive.take())
/// ```
public struct ZipWriter: ~Copyable {
    private struct Member {
        var name: [UInt8]
        var offset: UInt64
        var checksum: UInt32 = 0
        var size: UInt64 = 0
        var packedSize: UInt64 = 0
        /// Whether sizes and checksum follow the data, because they were not known before.
        var isStreamed: Bool
    }

    private var members: [Member] = []
    private var names: Set<[UInt8]> = []
    private var output: [UInt8] = []
    /// How many bytes were made before those in ``output``.
    private var written: UInt64 = 0
    private var open: Member?
    private var deflater: Deflater?
    private var isFinished = false

    /// An archive without members.
    public init() {}

    /// What is ready to be written since the last time.
    public mutating func take() -> [UInt8] {
        defer {
            written += UInt64(output.count)
            output = []
        }
        return output
    }

    private var position: UInt64 { written + UInt64(output.count) }

    /// Adds a member that is at hand as a whole.
    ///
    /// Throws ``ZipError`` for a name that is empty, too long or there already, and while another member is open.
    public mutating func add(_ name: String, _ bytes: [UInt8]) throws(ZipError) {
        var member = try makeMember(name, isStreamed: false)
        var packed: [UInt8] = []
        var packing = try Deflater()
        try packing.feed(bytes, isLast: true, to: &packed)
        member.checksum = Self.checksum(of: bytes, after: 0)
        (member.size, member.packedSize) = (UInt64(bytes.count), UInt64(packed.count))
        writeHeader(of: member)
        output += packed
        members.append(member)
    }

    /// Begins a member whose bytes come piece by piece.
    ///
    /// Throws as ``add(_:_:)`` does.
    public mutating func begin(_ name: String) throws(ZipError) {
        let member = try makeMember(name, isStreamed: true)
        deflater = try Deflater()
        writeHeader(of: member)
        open = member
    }

    /// Adds bytes to the open member.
    ///
    /// Throws ``ZipError`` when none is open.
    public mutating func append(_ bytes: [UInt8]) throws(ZipError) { try append(bytes, isLast: false) }

    /// Ends the open member.
    ///
    /// Throws ``ZipError`` when none is open.
    public mutating func end() throws(ZipError) {
        try append([], isLast: true)
        guard let member = open else { return }
        var record = ZipRecord(signature: 0x0807_4B50)
        record.append(member.checksum)
        record.append(member.packedSize)
        record.append(member.size)
        output += record.bytes
        members.append(member)
        open = nil
        deflater = nil
    }

    private mutating func append(_ bytes: [UInt8], isLast: Bool) throws(ZipError) {
        guard var member = open, deflater != nil else { throw ZipError(message: "no member of the archive is open") }
        let before = output.count
        try deflater?.feed(bytes, isLast: isLast, to: &output)
        member.checksum = Self.checksum(of: bytes, after: member.checksum)
        member.size += UInt64(bytes.count)
        member.packedSize += UInt64(output.count - before)
        open = member
    }

    /// Writes the directory; nothing can be added afterwards.
    ///
    /// Throws ``ZipError`` while a member is open.
    public mutating func finish() throws(ZipError) {
        guard open == nil, !isFinished else { throw ZipError(message: "a member of the archive is still open") }
        isFinished = true
        let start = position
        for member in members { output += Self.entry(member) }
        writeEnd(start: start, size: position - start)
    }

    // MARK: - Records

    private mutating func makeMember(_ name: String, isStreamed: Bool) throws(ZipError) -> Member {
        let bytes = Array(name.utf8)
        guard open == nil, !isFinished else { throw ZipError(message: "another member of the archive is still open") }
        guard !bytes.isEmpty, bytes.count <= Int(UInt16.max) else {
            throw ZipError(message: "'\(name.prefix(100))' cannot name a member of an archive")
        }
        guard names.insert(bytes).inserted else {
            throw ZipError(message: "the archive has a member '\(name)' already")
        }
        return Member(name: bytes, offset: position, isStreamed: isStreamed)
    }

    /// What needs 64 bits stands as this in the fields of 32.
    private static let elsewhere = UInt64(UInt32.max)
    /// Names are UTF-8; sizes follow the data.
    private static func flags(_ member: Member) -> UInt16 { member.isStreamed ? 0x0808 : 0x0800 }

    private mutating func writeHeader(of member: Member) {
        let isLarge = member.isStreamed || member.size >= Self.elsewhere || member.packedSize >= Self.elsewhere
        var record = ZipRecord(signature: 0x0403_4B50)
        record.append(UInt16(isLarge ? 45 : 20))
        record.append(Self.flags(member))
        record.appendMethodAndDate()
        record.append(member.checksum)
        record.append(UInt32(isLarge ? Self.elsewhere : member.packedSize))
        record.append(UInt32(isLarge ? Self.elsewhere : member.size))
        record.append(UInt16(member.name.count))
        record.append(UInt16(isLarge ? 20 : 0))
        output += record.bytes + member.name
        guard isLarge else { return }
        output += ZipRecord.large([member.size, member.packedSize]).bytes
    }

    private static func entry(_ member: Member) -> [UInt8] {
        let fields = [member.size, member.packedSize, member.offset]
        let large = fields.filter { $0 >= elsewhere }
        let extra = large.isEmpty ? [] : ZipRecord.large(large).bytes
        var record = ZipRecord(signature: 0x0201_4B50)
        // Made on Unix, so that the permissions below hold.
        record.append(UInt16(0x0300 | 45))
        record.append(UInt16(large.isEmpty && !member.isStreamed ? 20 : 45))
        record.append(flags(member))
        record.appendMethodAndDate()
        record.append(member.checksum)
        record.append(UInt32(min(member.packedSize, elsewhere)))
        record.append(UInt32(min(member.size, elsewhere)))
        record.append(UInt16(member.name.count))
        record.append(UInt16(extra.count))
        record.append(UInt16(0))
        record.append(UInt32(0))
        record.append(UInt32(0o100644) << 16)
        record.append(UInt32(min(member.offset, elsewhere)))
        return record.bytes + member.name + extra
    }

    private mutating func writeEnd(start: UInt64, size: UInt64) {
        let count = UInt64(members.count)
        if count >= UInt64(UInt16.max) || start >= Self.elsewhere || size >= Self.elsewhere {
            let place = position
            var large = ZipRecord(signature: 0x0606_4B50)
            large.append(UInt64(44))
            large.append(UInt16(0x0300 | 45))
            large.append(UInt16(45))
            large.append(UInt32(0))
            large.append(UInt32(0))
            for field in [count, count, size, start] { large.append(field) }
            var locator = ZipRecord(signature: 0x0706_4B50)
            locator.append(UInt32(0))
            locator.append(place)
            locator.append(UInt32(1))
            output += large.bytes + locator.bytes
        }
        var record = ZipRecord(signature: 0x0605_4B50)
        record.append(UInt32(0))
        let shown = UInt16(min(count, UInt64(UInt16.max)))
        record.append(shown)
        record.append(shown)
        record.append(UInt32(min(size, Self.elsewhere)))
        record.append(UInt32(min(start, Self.elsewhere)))
        record.append(UInt16(0))
        output += record.bytes
    }

    private static func checksum(of bytes: [UInt8], after earlier: UInt32) -> UInt32 {
        bytes.withUnsafeBufferPointer { buffer in
            UInt32(truncatingIfNeeded: crc32_z(UInt(earlier), buffer.baseAddress, buffer.count))
        }
    }
}
