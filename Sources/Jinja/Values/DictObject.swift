import JSON

/// A Python dict: ordered, shared by whoever holds it, and mutable.
final class DictObject: HeapObject {
    private(set) var keys: [Value] = []
    private(set) var values: [Value] = []
    private var hashes: [HashKey] = []
    /// Where each key stands; empty up to ``threshold`` entries, where looking at all of them is faster.
    private var index: [HashKey: Int] = [:]
    /// What the context gave and nobody has looked at yet.
    private var source: JSONObject?
    private unowned let heap: Heap

    init(heap: Heap) {
        self.heap = heap
        heap.adopt(self)
    }

    init(json: JSONObject, heap: Heap) {
        source = json
        self.heap = heap
        heap.adopt(self)
    }

    var count: Int { source?.count ?? keys.count }

    /// Makes what the context gave one's own; every other member calls it first.
    private func load() {
        guard let source else { return }
        self.source = nil
        keys.reserveCapacity(source.count)
        values.reserveCapacity(source.count)
        hashes.reserveCapacity(source.count)
        for (key, value) in source {
            append(.string(key), hash: .string(ExactText(key)), Value(json: value, heap: heap))
        }
    }

    private static let threshold = 8

    private func position(of hash: HashKey) -> Int? {
        hashes.count > Self.threshold ? index[hash] : hashes.firstIndex(of: hash)
    }

    private func append(_ key: Value, hash: HashKey, _ value: Value) {
        keys.append(key)
        values.append(value)
        hashes.append(hash)
        if hashes.count == Self.threshold + 1 {
            for (position, hash) in hashes.enumerated() { index[hash] = position }
        } else if hashes.count > Self.threshold {
            index[hash] = hashes.count - 1
        }
    }

    /// The entries in order.
    var entries: [(key: Value, value: Value)] {
        load()
        return zip(keys, values).map { (key: $0, value: $1) }
    }

    var allKeys: [Value] {
        load()
        return keys
    }

    var allValues: [Value] {
        load()
        return values
    }

    subscript(key: HashKey) -> Value? {
        load()
        return position(of: key).map { values[$0] }
    }

    subscript(name: String) -> Value? { self[.string(ExactText(name))] }

    /// Sets the value under a key; a known key keeps its place and its first spelling.
    func set(_ key: Value, hash: HashKey, to value: Value) {
        load()
        if let position = position(of: hash) {
            values[position] = value
        } else {
            append(key, hash: hash, value)
        }
    }

    func set(_ name: String, to value: Value) {
        set(.string(name), hash: .string(ExactText(name)), to: value)
    }

    /// Removes an entry in time linear in the count.
    func remove(_ hash: HashKey) -> (key: Value, value: Value)? {
        load()
        guard let position = position(of: hash) else { return nil }
        hashes.remove(at: position)
        index.removeAll(keepingCapacity: true)
        if hashes.count > Self.threshold {
            for (position, hash) in hashes.enumerated() { index[hash] = position }
        }
        return (keys.remove(at: position), values.remove(at: position))
    }

    func removeAll() {
        source = nil
        keys.removeAll()
        values.removeAll()
        hashes.removeAll()
        index.removeAll()
    }

    func clear() { removeAll() }
}

/// A value as Python hashes it: `1`, `1.0` and `True` are the same key.
enum HashKey: Hashable {
    case none
    case int(Int)
    case float(Double)
    case bigInteger(String)
    case string(ExactText)
    case tuple([HashKey])
    case object(ObjectIdentifier)
}

/// Text that is equal to text of the same characters only: Swift's own equality takes `é` and `e´` for the same.
struct ExactText: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: ExactText, right: ExactText) -> Bool {
        // Swift's equality is the faster one, and what it tells apart differs in any case.
        left.text == right.text && left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var copy = text
        copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
