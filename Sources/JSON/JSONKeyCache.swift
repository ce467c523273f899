/// Recently read keys, so that the same key in a thousand objects is one string.
struct JSONKeyCache {
    private var slots: [String]
    private let mask: UInt64

    /// The longest key that is kept.
    static let longestKey = 64

    init(expectedBytes: Int) {
        let count = expectedBytes < 4096 ? 32 : 512
        slots = Array(repeating: "", count: count)
        mask = UInt64(count - 1)
    }

    /// The kept string with these bytes, or nil.
    @inline(__always)
    func find(_ bytes: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> String? {
        let candidate = slots[Int(truncatingIfNeeded: (hash >> 8) & mask)]
        guard candidate.utf8.count == bytes.count else { return nil }
        let same = withBytes(candidate) { known in
            guard let first = known.baseAddress, let second = bytes.baseAddress else { return false }
            return hasSameBytes(first, second, count: bytes.count)
        }
        return same ? candidate : nil
    }

    mutating func keep(_ key: String, _ hash: UInt64) {
        slots[Int(truncatingIfNeeded: (hash >> 8) & mask)] = key
    }

    /// A fast hash of a key's first and last bytes; collisions cost a comparison, nothing more.
    @inline(__always)
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let start = bytes.baseAddress else { return 0 }
        var hash = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
        if bytes.count >= 8 {
            let raw = UnsafeRawPointer(start)
            hash ^= raw.loadUnaligned(as: UInt64.self) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= raw.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self) &* 0xC4CE_B9FE_1A85_EC53
        } else {
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        return hash ^ (hash >> 29)
    }

    @inline(__always)
    private func hasSameBytes(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, count: Int) -> Bool {
        let (left, right) = (UnsafeRawPointer(left), UnsafeRawPointer(right))
        var place = 0
        while place + 8 <= count {
            guard
                left.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                    == right.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            else { return false }
            place += 8
        }
        while place < count {
            guard left.load(fromByteOffset: place, as: UInt8.self) == right.load(fromByteOffset: place, as: UInt8.self)
            else { return false }
            place += 1
        }
        return true
    }
}
