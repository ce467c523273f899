import JSON

/// A tool or environment function of a world: its signature and what it does.
public struct ToolFunction<World>: Sendable {
    /// What the function does to a world, with bound arguments.
    public typealias Body = @Sendable (inout World, ToolArguments) throws(PythonException) -> PythonResult

    /// Name, kind and parameters.
    public let signature: ToolSignature
    let body: Body

    /// Declares a tool that participants can call.
    public static func tool(
        _ name: String, _ kind: ToolKind, _ parameters: [ToolParameter] = [], _ body: @escaping Body
    ) -> ToolFunction {
        ToolFunction(signature: ToolSignature(name, kind, parameters), body: body)
    }

    /// Declares a function that only tasks call, to set the world up or to check it.
    public static func environment(
        _ name: String, _ parameters: [ToolParameter] = [], _ body: @escaping Body
    ) -> ToolFunction {
        ToolFunction(signature: ToolSignature(name, nil, parameters), body: body)
    }
}

/// The functions that one participant's official Python class offers, in its order.
public struct Toolkit<World>: Sendable {
    /// The official class's name, which stands in error texts.
    public let className: String
    /// The tools, in the order in which a model sees them, and the environment functions.
    public let functions: [ToolFunction<World>]
    private let places: [String: Int]

    /// Makes a toolkit; of functions with one name the last holds, as in a Python class.
    public init(className: String, functions: [ToolFunction<World>]) {
        self.className = className
        self.functions = functions
        places = Dictionary(
            functions.enumerated().map { ($1.signature.name, $0) }, uniquingKeysWith: { _, last in last })
    }

    /// The signatures of the tools that participants can call, in official order.
    public var tools: [ToolSignature] { functions.map(\.signature).filter { $0.kind != nil } }

    /// The function of that name, tools and environment functions alike.
    func function(named name: String) -> ToolFunction<World>? {
        places[name].map { functions[$0] }
    }

    /// The tool of that name, environment functions excluded.
    func tool(named name: String) -> ToolFunction<World>? {
        function(named: name).flatMap { $0.signature.kind == nil ? nil : $0 }
    }

    /// Runs a function on a world after binding its arguments.
    func run(
        _ function: ToolFunction<World>, on world: inout World, arguments: JSONObject
    ) throws(PythonException) -> PythonResult {
        let bound = try function.signature.bind(
            arguments, function: "\(className).\(function.signature.name)")
        return try function.body(&world, bound)
    }
}
