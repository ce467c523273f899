public import JSON

/// A parameter of a tool.
public struct ToolParameter: Sendable, Hashable {
    /// The name under which the argument is given.
    public var name: String
    /// What it is when it is not given; nil when it has to be.
    public var defaultValue: JSONValue?

    /// Declares a parameter.
    public init(_ name: String, default defaultValue: JSONValue? = nil) {
        self.name = name
        self.defaultValue = defaultValue
    }
}

extension ToolParameter: ExpressibleByStringLiteral {
    /// Declares a parameter that has to be given.
    public init(stringLiteral name: String) { self.init(name) }
}

/// The name, kind and parameters of a tool or environment function.
public struct ToolSignature: Sendable, Hashable {
    /// The name by which it is called.
    public var name: String
    /// What the tool does; nil for an environment function, which no participant can call.
    public var kind: ToolKind?
    /// The parameters, in order.
    public var parameters: [ToolParameter]

    /// Declares a tool.
    public init(_ name: String, _ kind: ToolKind?, _ parameters: [ToolParameter]) {
        self.name = name
        self.kind = kind
        self.parameters = parameters
    }
}

/// The arguments of a call by parameter name: every parameter has one.
public struct ToolArguments: Sendable {
    private let parameters: [ToolParameter]
    private let values: [JSONValue]

    init(parameters: [ToolParameter], values: [JSONValue]) {
        self.parameters = parameters
        self.values = values
    }

    /// The argument for a parameter that the tool declares.
    public subscript(_ name: String) -> JSONValue {
        guard let place = parameters.firstIndex(where: { $0.name == name }) else {
            // The tool's body and its signature stand side by side and every tool is tested.
            preconditionFailure("the tool has no parameter '\(name)'")
        }
        return values[place]
    }
}

extension ToolSignature {
    /// Binds keyword arguments as Python does; `function` is the qualified name for error texts, as `MockTools.create_task`.
    ///
    /// An unexpected argument is reported before a missing one. Types are not checked. `receiver` is the parameter that the
    /// call itself fills; nil for a static method.
    func bind(
        _ arguments: JSONObject, function: String, receiver: String? = "self"
    ) throws(PythonException) -> ToolArguments {
        for (name, _) in arguments where !parameters.contains(where: { $0.name == name }) {
            throw name == receiver
                ? .type("\(function)() got multiple values for argument '\(name)'")
                : .type("\(function)() got an unexpected keyword argument '\(name)'")
        }
        var values: [JSONValue] = []
        var missing: [String] = []
        for parameter in parameters {
            if let value = arguments[parameter.name] ?? parameter.defaultValue {
                values.append(value)
            } else {
                missing.append("'\(parameter.name)'")
            }
        }
        guard missing.isEmpty else { throw .type(Self.missingText(missing, function: function)) }
        return ToolArguments(parameters: parameters, values: values)
    }

    private static func missingText(_ missing: [String], function: String) -> String {
        let names: String
        switch missing.count {
        case 1: names = missing[0]
        case 2: names = missing[0] + " and " + missing[1]
        default: names = missing.dropLast().joined(separator: ", ") + ", and " + missing[missing.count - 1]
        }
        let plural = missing.count == 1 ? "" : "s"
        return "\(function)() missing \(missing.count) required positional argument\(plural): \(names)"
    }
}
