/// The members of a JSON object, in order, with unique keys.
///
/// Looking a key up compares keys one by one in small objects and uses a hash index in larger ones, so it takes constant time on
/// average. Setting a known key keeps its place; a new key goes to the end. Removing takes time linear in the count.
///
/// Keys are told apart by their bytes, not by Unicode equivalence. Equality ignores the order; ``isIdentical(to:)`` does not.
public struct JSONObject: Sendable {
    /// A member of the object.
    public typealias Element = (key: String, value: JSONValue)

    var entries: [Element]
    /// Empty up to ``JSONKeyIndex/threshold`` entries, complete above.
    var index: JSONKeyIndex

    /// Makes an empty object.
    public init() {
        entries = []
        index = JSONKeyIndex()
    }

    /// Makes an object from its members; of repeated keys the last value holds, at the place of the first.
    public init(entries: some Sequence<Element>) {
        self.init()
        self.entries.reserveCapacity(entries.underestimatedCount)
        for entry in entries { self[entry.key] = entry.value }
    }

    /// Makes an object from members whose keys are known to differ.
    ///
    /// A repeated key is a programming error and stops the program, as with `Dictionary`.
    public init(uniqueKeysWithValues members: some Sequence<(String, JSONValue)>) {
        self.init()
        entries.reserveCapacity(members.underestimatedCount)
        for (key, value) in members {
            precondition(position(of: key) == nil, "repeated key in JSONObject(uniqueKeysWithValues:)")
            append(key, value)
        }
    }

    /// Makes an object from entries that the parser has already found to be unique.
    init(uniqueEntries: [Element]) {
        entries = uniqueEntries
        index = uniqueEntries.count > JSONKeyIndex.threshold ? JSONKeyIndex(entries: uniqueEntries) : JSONKeyIndex()
    }

    /// The value under `key`; setting nil removes the key.
    public subscript(key: String) -> JSONValue? {
        get {
            guard let position = position(of: key) else { return nil }
            return entries[position].value
        }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): entries[position].value = value
            case (let position?, nil): remove(at: position)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
        _modify {
            let position = position(of: key)
            // Moved out, so that the caller changes the only copy.
            var slot = position.map { entries[$0].value.take() }
            defer {
                switch (position, slot) {
                case (let position?, let value?): entries[position].value = value
                case (let position?, nil): remove(at: position)
                case (nil, let value?): append(key, value)
                case (nil, nil): break
                }
            }
            yield &slot
        }
    }

    /// The keys, in order; makes a new array.
    public var keys: [String] { entries.map(\.key) }

    /// The values, in the order of the keys; makes a new array.
    public var values: [JSONValue] { entries.map(\.value) }

    /// Removes the member under `key` and returns its value, or nil when there is none.
    @discardableResult
    public mutating func removeValue(forKey key: String) -> JSONValue? {
        guard let position = position(of: key) else { return nil }
        let value = entries[position].value
        remove(at: position)
        return value
    }

    /// Makes room for `count` members.
    public mutating func reserveCapacity(_ count: Int) {
        entries.reserveCapacity(count)
    }

    /// The place of `key`, or nil when it is absent.
    func position(of key: String) -> Int? {
        if entries.count > JSONKeyIndex.threshold { return index.position(of: key, in: entries) }
        return entries.firstIndex { hasSameBytes($0.key, key) }
    }

    /// The value under `key`, looked for at `place` first: similar objects mostly have similar order.
    @inline(__always)
    func value(forKey key: String, expectedAt place: Int) -> JSONValue? {
        if place < entries.count, hasSameBytes(entries[place].key, key) { return entries[place].value }
        return self[key]
    }

    /// Adds a member whose key is known to be absent.
    mutating func append(_ key: String, _ value: JSONValue) {
        entries.append((key: key, value: value))
        if entries.count > JSONKeyIndex.threshold { index.insertLast(of: entries) }
    }

    private mutating func remove(at position: Int) {
        entries.remove(at: position)
        index = entries.count > JSONKeyIndex.threshold ? JSONKeyIndex(entries: entries) : JSONKeyIndex()
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Makes an object in the order of the literal; of repeated keys the last value holds.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(entries: elements.map { (key: $0.0, value: $0.1) })
    }
}

extension JSONObject: RandomAccessCollection {
    /// The position of the first member: zero.
    public var startIndex: Int { 0 }

    /// The position past the last member.
    public var endIndex: Int { entries.count }

    /// The number of members.
    public var count: Int { entries.count }

    /// The member at a position, which has to be within `indices`.
    public subscript(position: Int) -> Element { entries[position] }
}
