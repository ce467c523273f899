/// The arguments of a call, evaluated.
struct Arguments {
    var positional: [Value] = []
    var keywords: [(name: String, value: Value)] = []

    /// Takes a keyword argument out.
    mutating func takeKeyword(_ name: String) -> Value? {
        guard let position = keywords.firstIndex(where: { $0.name == name }) else { return nil }
        return keywords.remove(at: position).value
    }
}

/// What implements a method: the value is the one that the method is of.
typealias Method = @Sendable (Interpreter, Value, Arguments) throws(TemplateError) -> Value

/// What implements a filter: the value is the one before the bar.
typealias Filter = @Sendable (Interpreter, Value, Arguments) throws(TemplateError) -> Value

/// What implements a test: the value is the one before `is`.
typealias Predicate = @Sendable (Interpreter, Value, Arguments) throws(TemplateError) -> Bool

/// A function of the language, or a method together with its value.
final class FunctionObject: TemplateObject {
    typealias Body = (Interpreter, Value, Arguments) throws(TemplateError) -> Value

    private let name: String
    private let receiver: Value
    private let body: Body

    init(_ name: String, of receiver: Value = .none, _ body: @escaping Body) {
        self.name = name
        self.receiver = receiver
        self.body = body
    }

    override var typeName: String { "builtin_function_or_method" }
    override var isCallable: Bool { true }
    override var printed: String { "<built-in function \(name)>" }

    override func call(_ arguments: Arguments, in interpreter: Interpreter) throws(TemplateError) -> Value {
        try body(interpreter, receiver, arguments)
    }
}

/// What `namespace()` makes: attributes that assignments inside of loops can reach.
final class NamespaceObject: TemplateObject {
    /// The heap empties the dict.
    let attributes: DictObject

    init(_ attributes: DictObject) { self.attributes = attributes }

    override var typeName: String { "Namespace" }

    override func attribute(_ name: String, in interpreter: Interpreter) -> Value? { attributes[name] }

    override func item(_ key: Value, in interpreter: Interpreter) throws(TemplateError) -> Value? {
        attributes[try interpreter.hashKey(key)]
    }
}

/// What `cycler()` makes: goes round its items.
final class CyclerObject: TemplateObject {
    private var items: [Value]
    private var position = 0

    /// Makes a cycler of at least one item.
    init(_ items: [Value], heap: Heap) {
        self.items = items
        super.init()
        heap.adopt(self)
    }

    override var typeName: String { "Cycler" }

    override func attribute(_ name: String, in interpreter: Interpreter) -> Value? {
        switch name {
        case "current": return current
        case "next":
            return .object(
                FunctionObject("next") { (interpreter, _, arguments) throws(TemplateError) in
                    _ = try interpreter.bind(arguments, to: Signature("next"))
                    let value = self.current
                    self.position = (self.position + 1) % max(self.items.count, 1)
                    return value
                })
        case "reset":
            return .object(
                FunctionObject("reset") { (interpreter, _, arguments) throws(TemplateError) in
                    _ = try interpreter.bind(arguments, to: Signature("reset"))
                    self.position = 0
                    return .none
                })
        default: return nil
        }
    }

    private var current: Value { items.indices.contains(position) ? items[position] : .none }

    override func clear() { items.removeAll() }
}

/// What `joiner()` makes: nothing when called first, its separator from then on.
final class JoinerObject: TemplateObject {
    private var separator: Value
    private var isUsed = false

    init(_ separator: Value, heap: Heap) {
        self.separator = separator
        super.init()
        heap.adopt(self)
    }

    override var typeName: String { "Joiner" }
    override var isCallable: Bool { true }

    override func call(_ arguments: Arguments, in interpreter: Interpreter) throws(TemplateError) -> Value {
        _ = try interpreter.bind(arguments, to: Signature("joiner"))
        defer { isUsed = true }
        return isUsed ? separator : .emptyString
    }

    override func clear() { separator = .none }
}
