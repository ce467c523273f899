extension JSONObject {
    /// Sets every member of `other` in this object, replacing the values of keys that are in both.
    public mutating func merge(_ other: JSONObject) {
        for (key, value) in other { self[key] = value }
    }

    /// Sets every member of `other` in this object; where both have an object under a key, the two are merged likewise.
    ///
    /// Arrays and scalars are replaced, never joined; `null` in `other` is a value like any other.
    public mutating func deepMerge(_ other: JSONObject) {
        for (key, value) in other {
            if case .object(let theirs) = value, let position = position(of: key),
                var ours = entries[position].value.takeObject()
            {
                ours.deepMerge(theirs)
                entries[position].value = .object(ours)
            } else {
                self[key] = value
            }
        }
    }

    /// This object with every member of `other` set in it.
    public func merging(_ other: JSONObject) -> JSONObject {
        var merged = self
        merged.merge(other)
        return merged
    }
}
