extension JSONValue {
    /// The value under `key`, or nil when this is no object or has no such key.
    ///
    /// Setting nil removes the key; setting a key on `null` makes an object. Setting on any other type changes nothing: the
    /// scalar or array that is there is not thrown away on a mistake. Nested changes such as `value["users"]?["ann"]?["age"] = 7`
    /// happen in place, without copying what is not shared.
    public subscript(key: String) -> JSONValue? {
        get {
            guard case .object(let object) = self else { return nil }
            return object[key]
        }
        _modify {
            if var object = takeObject() {
                defer { self = .object(object) }
                yield &object[key]
            } else {
                var slot: JSONValue?
                defer {
                    if isNull, let slot { self = .object(JSONObject(entries: [(key: key, value: slot)])) }
                }
                yield &slot
            }
        }
    }

    /// The element at `index`, or nil when this is no array or has no such element; negative indices do not count from the end.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The value at a dotted path such as `a.b[0].c`, or nil when the path leads nowhere or cannot be read.
    ///
    /// See ``JSONPath`` for the notation.
    public func at(_ path: String) -> JSONValue? {
        guard let path = JSONPath(path) else { return nil }
        return path.value(in: self)
    }
}
