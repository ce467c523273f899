/// A value with behaviour of its own; subclasses say what they can do.
class TemplateObject: HeapObject {
    /// Python's name for the type.
    var typeName: String { "object" }

    /// The type with its article, for messages.
    final var described: String { Value.withArticle(typeName) }

    /// Whether the object can be called.
    var isCallable: Bool { false }

    /// Whether the object counts as true.
    var isTruthy: Bool { (length ?? 1) > 0 }

    /// How many elements the object has, if Python could say so without consuming them.
    var length: Int? { nil }

    /// Whether the object can be iterated over.
    var isIterable: Bool { length != nil }

    /// How Python would print the object.
    var printed: String { "<\(typeName)>" }

    /// The attribute of a name, or `nil` if there is none.
    func attribute(_ name: String, in interpreter: Interpreter) throws(TemplateError) -> Value? { nil }

    /// The element under a key, or `nil` if there is none.
    func item(_ key: Value, in interpreter: Interpreter) throws(TemplateError) -> Value? { nil }

    /// What calling the object gives.
    func call(_ arguments: Arguments, in interpreter: Interpreter) throws(TemplateError) -> Value {
        throw interpreter.failure("'\(typeName)' object is not callable")
    }

    /// The elements from the first on, or `nil` if there are none to go through.
    func iterator(in interpreter: Interpreter) throws(TemplateError) -> IteratorObject? { nil }

    /// The elements from the last on, or `nil` if they cannot be had in that order.
    func reversed(in interpreter: Interpreter) throws(TemplateError) -> IteratorObject? { nil }

    func clear() {}
}

/// A Python iterator: its elements come once, when they are asked for.
final class IteratorObject: TemplateObject {
    typealias Advance = () throws(TemplateError) -> Value?

    private var advance: Advance?
    private let name: String

    init(_ name: String = "generator", heap: Heap, _ advance: @escaping Advance) {
        self.advance = advance
        self.name = name
        super.init()
        heap.adopt(self)
    }

    override var typeName: String { name }
    override var isIterable: Bool { true }
    override var printed: String { "<\(name) object>" }

    /// The next element, or `nil` after the last; stays at its end.
    func next() throws(TemplateError) -> Value? {
        guard let advance else { return nil }
        if let value = try advance() { return value }
        self.advance = nil
        return nil
    }

    override func iterator(in interpreter: Interpreter) -> IteratorObject? { self }

    override func clear() { advance = nil }
}

/// The integers of a `range()`.
final class RangeObject: TemplateObject {
    let start: Int
    let stop: Int
    let step: Int
    let count: Int

    /// Makes a range, or `nil` when it has more elements than an `Int` can count.
    init?(start: Int, stop: Int, step: Int) {
        self.start = start
        self.stop = stop
        self.step = step
        let (distance, overflow) = stop.subtractingReportingOverflow(start)
        guard !overflow, distance != .min, step != .min else { return nil }
        let isEmpty = step > 0 ? distance <= 0 : distance >= 0
        count = isEmpty ? 0 : (abs(distance) - 1) / abs(step) + 1
    }

    override var typeName: String { "range" }
    override var length: Int? { count }
    override var printed: String { step == 1 ? "range(\(start), \(stop))" : "range(\(start), \(stop), \(step))" }

    func element(_ index: Int) -> Int { start + index * step }

    override func item(_ key: Value, in interpreter: Interpreter) -> Value? {
        guard let index = key.integer else { return nil }
        let position = index < 0 ? index + count : index
        return (0..<count).contains(position) ? .int(element(position)) : nil
    }

    override func iterator(in interpreter: Interpreter) -> IteratorObject? {
        elements("range_iterator", in: interpreter) { $0 }
    }

    override func reversed(in interpreter: Interpreter) -> IteratorObject? {
        elements("range_iterator", in: interpreter) { [count] in count - 1 - $0 }
    }

    private func elements(
        _ name: String, in interpreter: Interpreter, at position: @escaping (Int) -> Int
    ) -> IteratorObject {
        var index = 0
        return IteratorObject(name, heap: interpreter.heap) { [self] () throws(TemplateError) -> Value? in
            guard index < count else { return nil }
            defer { index += 1 }
            return .int(element(position(index)))
        }
    }

    /// The part between two positions, or `nil` if its bounds cannot be written with 64 bits.
    func sliced(_ first: Int, _ end: Int, _ stride: Int) -> RangeObject? {
        func bound(_ position: Int) -> Int? {
            let (offset, overflow) = position.multipliedReportingOverflow(by: step)
            let (sum, carry) = start.addingReportingOverflow(offset)
            return overflow || carry ? nil : sum
        }
        let (newStep, overflow) = step.multipliedReportingOverflow(by: stride)
        guard !overflow, let newStart = bound(first), let newStop = bound(end) else { return nil }
        return RangeObject(start: newStart, stop: newStop, step: newStep)
    }

    func contains(_ value: Int) -> Bool {
        guard count > 0 else { return false }
        let last = element(count - 1)
        guard value >= min(start, last), value <= max(start, last) else { return false }
        return (value - start) % step == 0
    }
}

/// What `keys()`, `values()` and `items()` of a dict give: a window on the dict as it is now.
final class DictView: TemplateObject {
    enum Kind: String {
        case keys = "dict_keys"
        case values = "dict_values"
        case items = "dict_items"
    }

    let kind: Kind
    private(set) var dict: DictObject?

    init(_ kind: Kind, of dict: DictObject, heap: Heap) {
        self.kind = kind
        self.dict = dict
        super.init()
        heap.adopt(self)
    }

    override var typeName: String { kind.rawValue }
    override var length: Int? { dict?.count ?? 0 }

    func elements(heap: Heap) -> [Value] {
        guard let dict else { return [] }
        return switch kind {
        case .keys: dict.allKeys
        case .values: dict.allValues
        case .items: dict.entries.map { .tuple(TupleObject([$0.key, $0.value], heap: heap)) }
        }
    }

    override func iterator(in interpreter: Interpreter) throws(TemplateError) -> IteratorObject? {
        try interpreter.charge(length ?? 0)
        return interpreter.iterator(over: elements(heap: interpreter.heap))
    }

    override func reversed(in interpreter: Interpreter) throws(TemplateError) -> IteratorObject? {
        try interpreter.charge(length ?? 0)
        return interpreter.iterator(over: elements(heap: interpreter.heap).reversed())
    }

    override func clear() { dict = nil }
}
