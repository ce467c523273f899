import JSON

/// A Python list: shared by whoever holds it, and mutable.
final class ListObject: HeapObject {
    private var stored: [Value]
    /// What the context gave and nobody has looked at yet.
    private var source: [JSONValue]?
    private unowned let heap: Heap

    init(_ elements: [Value], heap: Heap) {
        stored = elements
        self.heap = heap
        heap.adopt(self)
    }

    init(json: [JSONValue], heap: Heap) {
        stored = []
        source = json
        self.heap = heap
        heap.adopt(self)
    }

    var elements: [Value] {
        get {
            load()
            return stored
        }
        _modify {
            load()
            yield &stored
        }
    }

    var count: Int { source?.count ?? stored.count }

    private func load() {
        guard let source else { return }
        self.source = nil
        stored = source.map { Value(json: $0, heap: heap) }
    }

    func clear() {
        source = nil
        stored.removeAll()
    }
}

/// A Python tuple; a group of `groupby` also knows its elements by names.
final class TupleObject: HeapObject {
    private(set) var elements: [Value]
    let fieldNames: [String]

    init(_ elements: [Value], fieldNames: [String] = [], heap: Heap) {
        self.elements = elements
        self.fieldNames = fieldNames
        heap.adopt(self)
    }

    func clear() { elements.removeAll() }
}

extension Value {
    /// Takes a JSON value over; arrays and objects are converted level by level when they are looked at.
    init(json: JSONValue, heap: Heap) {
        switch json {
        case .null: self = .none
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(Int(value))
        case .number(let text): self = Self.number(text)
        case .string(let text): self = .string(text)
        case .array(let elements): self = .list(ListObject(json: elements, heap: heap))
        case .object(let members): self = .dict(DictObject(json: members, heap: heap))
        }
    }

    private static func number(_ text: String) -> Value {
        let isInteger = text.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: "-") }
        guard isInteger else { return .float(Double(text) ?? .nan) }
        return Int(text).map { .int($0) } ?? .bigInteger(text)
    }
}
