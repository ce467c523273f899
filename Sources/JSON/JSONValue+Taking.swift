extension JSONValue {
    /// Moves the object out and leaves null, or returns nil and changes nothing when this is no object.
    ///
    /// While the object is changed it then has one owner, so that its storage is not copied. A function of its own, because copies
    /// that a `switch` makes live until the end of the function around it.
    @inline(never)
    mutating func takeObject() -> JSONObject? {
        guard case .object(let object) = self else { return nil }
        self = .null
        return object
    }

    /// Moves the elements out and leaves null, or returns nil and changes nothing when this is no array.
    @inline(never)
    mutating func takeElements() -> [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        self = .null
        return elements
    }

    /// Moves the whole value out and leaves null.
    @inline(never)
    mutating func take() -> JSONValue {
        let value = self
        self = .null
        return value
    }
}
