/// The place of a member, with as much of its key as fits in a word.
struct JSONKeyPosition {
    /// The first eight bytes, most significant first, so that most keys are compared as integers.
    let prefix: UInt64
    let position: Int
}

extension JSONObject {
    /// Lends the places of the members in the order of their keys' bytes, which is the order of code points.
    func withPositionsByKey(_ body: (UnsafeMutableBufferPointer<JSONKeyPosition>) -> Void) {
        withUnsafeTemporaryAllocation(of: JSONKeyPosition.self, capacity: entries.count) { positions in
            for position in entries.indices {
                let prefix = leadingBytes(of: entries[position].key)
                positions.initializeElement(at: position, to: JSONKeyPosition(prefix: prefix, position: position))
            }
            var sorting = positions  // sorting in place asks for a variable, though only what it points at changes
            sorting.sort { left, right in
                guard left.prefix == right.prefix else { return left.prefix < right.prefix }
                return precedesByBytes(entries[left.position].key, entries[right.position].key)
            }
            body(positions)
        }
    }
}

/// The first eight bytes of a string as a big-endian word, shorter strings padded with zeros.
private func leadingBytes(of string: String) -> UInt64 {
    withBytes(string) { bytes in
        if bytes.count >= 8 { return UnsafeRawBufferPointer(bytes).loadUnaligned(as: UInt64.self).bigEndian }
        var word: UInt64 = 0
        for byte in bytes { word = word << 8 | UInt64(byte) }
        // A shift by the whole width gives zero, which is right for the empty string.
        return word << UInt64(8 * (8 - bytes.count))
    }
}
