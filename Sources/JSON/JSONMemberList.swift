/// The members of the object being parsed; finds repeated keys at almost no cost.
struct JSONMemberList {
    private var entries: [JSONObject.Element] = []
    /// One bit for each hash seen, modulo 64: a clear bit proves that a key is new.
    private var seen: UInt64 = 0
    /// Takes over from `entries` once there are many.
    private var large: JSONObject?

    init() { entries.reserveCapacity(4) }

    /// Adds a member; returns false when its key is there already and that is to be refused.
    @inline(__always)
    mutating func add(
        _ key: String, _ hash: UInt64, _ value: JSONValue, _ duplicateKeys: JSONParsingOptions.DuplicateKeys
    ) -> Bool {
        if large == nil {
            let bit: UInt64 = 1 << (hash & 63)
            if seen & bit == 0 {
                seen |= bit
                entries.append((key: key, value: value))
                if entries.count > JSONKeyIndex.threshold { grow() }
                return true
            }
        }
        return addCarefully(key, value, duplicateKeys)
    }

    var object: JSONObject {
        large ?? JSONObject(uniqueEntries: entries)
    }

    private mutating func grow() {
        large = JSONObject(uniqueEntries: entries)
        entries = []
    }

    private mutating func addCarefully(
        _ key: String, _ value: JSONValue, _ duplicateKeys: JSONParsingOptions.DuplicateKeys
    ) -> Bool {
        if let position = large?.position(of: key) ?? entries.firstIndex(where: { hasSameBytes($0.key, key) }) {
            switch duplicateKeys {
            case .keepLast:
                if large != nil { large?.entries[position].value = value } else { entries[position].value = value }
            case .keepFirst: break
            case .refuse: return false
            }
        } else if large != nil {
            large?.append(key, value)
        } else {
            entries.append((key: key, value: value))
            if entries.count > JSONKeyIndex.threshold { grow() }
        }
        return true
    }
}
