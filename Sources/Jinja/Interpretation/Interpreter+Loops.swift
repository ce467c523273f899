extension Interpreter {
    func run(_ loop: Loop) throws(TemplateError) -> Flow {
        let value = try evaluate(loop.iterable)
        position = loop.iterable.position
        return try run(loop, over: value, depth: 0)
    }

    /// Runs a loop over a value; a recursive loop comes here again with the values that it is called with.
    ///
    /// What comes back concerns the loop around: a `break` in the `else` part.
    func run(_ loop: Loop, over value: Value, depth: Int) throws(TemplateError) -> Flow {
        let outer = scope
        let source = try filtered(value, for: loop, outer: outer)
        let object = try LoopObject(loop, over: source, depth: depth, outer: outer, interpreter: self)
        var flow = Flow.onward
        try deeper { () throws(TemplateError) -> Void in
            while flow != .breakLoop, try object.advance() {
                try charge()
                flow = try turn(loop, object, outer: outer)
            }
        }
        guard !object.hasBegun else { return .onward }
        return try inScope(Scope(parent: outer)) { () throws(TemplateError) in try execute(loop.otherwise) }
    }

    private func turn(_ loop: Loop, _ object: LoopObject, outer: Scope) throws(TemplateError) -> Flow {
        let inner = Scope(parent: outer)
        inner.set("loop", to: .object(object))
        return try inScope(inner) { () throws(TemplateError) in
            position = loop.position
            try assign(object.current, to: loop.target)
            return try execute(loop.body)
        }
    }

    /// The values to loop over, those left out that the loop's condition refuses.
    private func filtered(_ value: Value, for loop: Loop, outer: Scope) throws(TemplateError) -> Value {
        guard let condition = loop.condition else { return value }
        let source = try iterator(over: value)
        return lazy { [unowned self] () throws(TemplateError) -> Value? in
            while let element = try source.next() {
                try charge()
                let isWanted = try inScope(Scope(parent: outer)) { () throws(TemplateError) in
                    position = loop.position
                    try assign(element, to: loop.target)
                    return try isTrue(try evaluate(condition))
                }
                if isWanted { return element }
            }
            return nil
        }
    }
}

/// The `loop` variable: where a loop is, and what it goes over.
final class LoopObject: TemplateObject {
    private let loop: Loop
    private let depth: Int
    private let outer: Scope
    private unowned let interpreter: Interpreter
    private var source: Value
    private var iterator: IteratorObject
    private var index = -1
    private var knownLength: Int?
    private(set) var current: Value = .none
    private var previous: Value = .none
    /// The element after the current one, once somebody has asked for it.
    private var following: Value?
    private var lastChanged: [Value]?

    init(
        _ loop: Loop, over source: Value, depth: Int, outer: Scope, interpreter: Interpreter
    ) throws(TemplateError) {
        self.loop = loop
        self.depth = depth
        self.outer = outer
        self.source = source
        self.interpreter = interpreter
        iterator = try interpreter.iterator(over: source)
        super.init()
        interpreter.heap.adopt(self)
    }

    override var typeName: String { "LoopContext" }
    override var isCallable: Bool { true }
    override var isTruthy: Bool { true }

    /// Whether there has been an element at all.
    var hasBegun: Bool { index >= 0 }

    /// Goes to the next element, if there is one.
    func advance() throws(TemplateError) -> Bool {
        guard let next = try peek() else { return false }
        following = nil
        index += 1
        previous = current
        current = next
        return true
    }

    private func peek() throws(TemplateError) -> Value? {
        if following == nil { following = try iterator.next() }
        return following
    }

    private func length() throws(TemplateError) -> Int {
        if let knownLength { return knownLength }
        var length = try interpreter.lengthIfSized(source)
        if length == nil {
            // What has no length is read to its end, and gone through from there.
            let rest = try interpreter.elements(of: .object(iterator))
            iterator = interpreter.iterator(over: rest)
            length = rest.count + index + 1 + (following == nil ? 0 : 1)
        }
        knownLength = length
        return length ?? 0
    }

    /// How far the loop is, as it prints itself.
    func progress() throws(TemplateError) -> String { "\(index + 1)/\(try length())" }

    override func attribute(_ name: String, in interpreter: Interpreter) throws(TemplateError) -> Value? {
        switch name {
        case "index": return .int(index + 1)
        case "index0": return .int(index)
        case "first": return .bool(index == 0)
        case "last": return .bool(try peek() == nil)
        case "length": return .int(try length())
        case "revindex": return .int(try length() - index)
        case "revindex0": return .int(try length() - index - 1)
        case "depth": return .int(depth + 1)
        case "depth0": return .int(depth)
        case "previtem":
            return index > 0 ? previous : .undefined(Undefined(.message("there is no previous item")))
        case "nextitem":
            return try peek() ?? .undefined(Undefined(.message("there is no next item")))
        case "cycle":
            return .object(
                FunctionObject("cycle") { [unowned self] (interpreter, _, arguments) throws(TemplateError) in
                    try cycle(interpreter, arguments)
                })
        case "changed":
            return .object(
                FunctionObject("changed") { [unowned self] (interpreter, _, arguments) throws(TemplateError) in
                    try changed(interpreter, arguments)
                })
        default: return nil
        }
    }

    private func cycle(_ interpreter: Interpreter, _ arguments: Arguments) throws(TemplateError) -> Value {
        guard !arguments.positional.isEmpty, arguments.keywords.isEmpty else {
            throw interpreter.failure("'cycle' needs the values to go round")
        }
        return arguments.positional[index % arguments.positional.count]
    }

    private func changed(_ interpreter: Interpreter, _ arguments: Arguments) throws(TemplateError) -> Value {
        if let lastChanged, try interpreter.areEqual(lastChanged, arguments.positional) { return .bool(false) }
        lastChanged = arguments.positional
        return .bool(true)
    }

    /// Renders the body of a recursive loop over other values.
    override func call(_ arguments: Arguments, in interpreter: Interpreter) throws(TemplateError) -> Value {
        guard loop.isRecursive else {
            throw interpreter.failure("only a loop with the word 'recursive' can be called")
        }
        let bound = try interpreter.bind(arguments, to: Signature("loop", ["iterable"], required: 1))
        let value = bound.value(0)
        let (text, _) = try interpreter.capture { () throws(TemplateError) in
            try interpreter.inScope(outer) { () throws(TemplateError) in
                try interpreter.run(loop, over: value, depth: depth + 1)
            }
        }
        return .string(text)
    }

    override func clear() {
        source = .none
        current = .none
        previous = .none
        following = nil
        lastChanged = nil
    }
}
