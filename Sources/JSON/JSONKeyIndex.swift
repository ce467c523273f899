/// An open-addressing hash table from keys to their places in an object's entries.
///
/// Hashing is the standard library's, seeded at random for each process, so that keys chosen by an adversary do not collide.
struct JSONKeyIndex: Sendable {
    /// Objects up to this many entries are searched one by one, which is faster than hashing.
    static let threshold = 16

    /// Place plus one of an entry, or zero for a free slot.
    ///
    /// There is a power of two of slots, at most half of them used.
    private var slots: [UInt32] = []

    init() {}

    init(entries: [JSONObject.Element]) {
        rebuild(for: entries)
    }

    /// Adds the last of `entries`, whose key is not in the table.
    mutating func insertLast(of entries: [JSONObject.Element]) {
        if entries.count * 2 > slots.count {
            rebuild(for: entries)
        } else {
            insert(entries[entries.count - 1].key, at: entries.count - 1)
        }
    }

    func position(of key: String, in entries: [JSONObject.Element]) -> Int? {
        let mask = slots.count - 1
        var slot = Self.hash(key) & mask
        while slots[slot] != 0 {
            let position = Int(slots[slot]) - 1
            if hasSameBytes(entries[position].key, key) { return position }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private mutating func rebuild(for entries: [JSONObject.Element]) {
        var size = 64
        while size < entries.count * 4 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        for position in entries.indices { insert(entries[position].key, at: position) }
    }

    private mutating func insert(_ key: String, at position: Int) {
        let mask = slots.count - 1
        var slot = Self.hash(key) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(truncatingIfNeeded: position + 1)
    }

    private static func hash(_ key: String) -> Int {
        var hasher = Hasher()
        combine(key, into: &hasher)
        return hasher.finalize()
    }
}
