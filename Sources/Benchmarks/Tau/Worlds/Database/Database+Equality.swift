import JSON

extension Database {
    /// Whether both have equal digests.
    ///
    /// Two databases of one origin are compared by their changes alone; others by their digests.
    public func isEqual(to other: Database, in form: DigestForm = .sortedJSON) -> Bool {
        guard origin === other.origin else { return digest(form) == other.digest(form) }
        return changes.indices.allSatisfy { place in
            let (mine, theirs) = (changes[place], other.changes[place])
            if mine.isEmpty, theirs.isEmpty { return true }
            switch origin.sections[place].content {
            case .value(let original):
                return areSame(mine.value ?? original, theirs.value ?? original, in: form)
            case .records(let records):
                let keys = mine.records.map(\.key) + theirs.records.map(\.key)
                return keys.allSatisfy { key in
                    let (one, another) = (mine.records[key] ?? records[key], theirs.records[key] ?? records[key])
                    guard let one, let another else { return false }
                    return areSame(one, another, in: form)
                }
            }
        }
    }

    /// Whether two values have the same canonical text.
    private func areSame(_ left: JSONValue, _ right: JSONValue, in form: DigestForm) -> Bool {
        if left == right { return true }
        var (leftBytes, rightBytes): ([UInt8], [UInt8]) = ([], [])
        form.write(left, to: &leftBytes)
        form.write(right, to: &rightBytes)
        return leftBytes == rightBytes
    }
}
