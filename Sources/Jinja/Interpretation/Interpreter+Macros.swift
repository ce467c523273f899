extension Interpreter {
    func define(_ definition: MacroDefinition) {
        scope.adopt(by: heap)
        let macro = MacroObject(definition, scope: scope)
        scope.set(definition.name ?? "", to: .object(macro))
    }

    func execute(_ block: CallBlock) throws(TemplateError) {
        scope.adopt(by: heap)
        let caller = MacroObject(block.body, scope: scope)
        let callee = try evaluate(block.callee)
        var arguments = try evaluate(block.arguments)
        arguments.keywords.append((name: "caller", value: .object(caller)))
        position = block.position
        let value = try call(callee, arguments)
        try write(try text(value))
    }
}

/// A macro, or the body of a `call` block, with the variables that it sees.
final class MacroObject: TemplateObject {
    private let definition: MacroDefinition
    /// The heap knows the scope and empties it.
    private let scope: Scope

    init(_ definition: MacroDefinition, scope: Scope) {
        self.definition = definition
        self.scope = scope
    }

    override var typeName: String { "Macro" }
    override var isCallable: Bool { true }
    override var printed: String { definition.name.map { "<Macro '\($0)'>" } ?? "<Macro anonymous>" }

    override func attribute(_ name: String, in interpreter: Interpreter) -> Value? {
        switch name {
        case "name": definition.name.map { Value.string($0) } ?? Value.none
        case "arguments":
            .tuple(TupleObject(definition.parameters.map { .string($0.name) }, heap: interpreter.heap))
        case "catch_kwargs": .bool(definition.specials.keywords)
        case "catch_varargs": .bool(definition.specials.positional)
        case "caller": .bool(definition.specials.caller)
        default: nil
        }
    }

    override func call(_ arguments: Arguments, in interpreter: Interpreter) throws(TemplateError) -> Value {
        let inner = Scope(parent: scope)
        let missing = try bind(arguments, in: inner, interpreter)
        return try interpreter.deeper { () throws(TemplateError) in
            try interpreter.inScope(inner) { () throws(TemplateError) in
                for parameter in missing {
                    guard let expression = parameter.defaultValue else { continue }
                    inner.set(parameter.name, to: try interpreter.evaluate(expression))
                }
                let (text, _) = try interpreter.capture { () throws(TemplateError) in
                    try interpreter.execute(definition.body)
                }
                return .string(text)
            }
        }
    }

    /// Gives the parameters and special variables their values; parameters that got none are returned.
    private func bind(
        _ arguments: Arguments, in inner: Scope, _ interpreter: Interpreter
    ) throws(TemplateError) -> [MacroDefinition.Parameter] {
        var arguments = arguments
        var missing: [MacroDefinition.Parameter] = []
        for (index, parameter) in definition.parameters.enumerated() {
            if index < arguments.positional.count {
                inner.set(parameter.name, to: arguments.positional[index])
            } else if let value = arguments.takeKeyword(parameter.name) {
                inner.set(parameter.name, to: value)
            } else {
                missing.append(parameter)
                let reason = "the parameter '\(parameter.name)' of \(title) was not provided"
                inner.set(parameter.name, to: .undefined(Undefined(.message(reason))))
            }
        }
        try bindSpecials(&arguments, in: inner, interpreter)
        return missing
    }

    private func bindSpecials(
        _ arguments: inout Arguments, in inner: Scope, _ interpreter: Interpreter
    ) throws(TemplateError) {
        let specials = definition.specials
        if specials.caller, !definition.parameters.contains(where: { $0.name == "caller" }) {
            let absent = Value.undefined(Undefined(.message("\(title) was not called by a 'call' block")))
            inner.set("caller", to: arguments.takeKeyword("caller") ?? absent)
        }
        if specials.keywords {
            let dict = DictObject(heap: interpreter.heap)
            for (name, value) in arguments.keywords { dict.set(name, to: value) }
            inner.set("kwargs", to: .dict(dict))
        } else if let name = arguments.keywords.first?.name {
            let parameters = definition.parameters.map(\.name)
            throw interpreter.failure(
                "\(title) has no parameter '\(name)'\(NearMiss.hint(for: name, among: parameters))")
        }
        let extra = Array(arguments.positional.dropFirst(definition.parameters.count))
        if specials.positional {
            inner.set("varargs", to: .tuple(TupleObject(extra, heap: interpreter.heap)))
        } else if !extra.isEmpty {
            throw interpreter.failure("\(title) takes at most \(definition.parameters.count) arguments")
        }
    }

    private var title: String { definition.name.map { "the macro '\($0)'" } ?? "the body of the 'call' block" }
}
