public import JSON

extension Tau1World {
    /// Runs one tool call.
    ///
    /// Nil where the environment has no tool of that name. A call that fails answers with `Error: ` and its text, and leaves
    /// whatever it had already changed. Throws only what escapes the official environment and ends the official run: a tool
    /// that returns nothing.
    public mutating func call(
        _ toolName: String, arguments: JSONObject
    ) throws(PythonException) -> ToolOutcome? {
        guard let tool = Self.toolkit(of: name).tool(named: toolName) else { return nil }
        let result: PythonResult
        do throws(PythonException) {
            result = try run(tool, arguments: arguments)
        } catch {
            return ToolOutcome(content: "Error: \(error.message)", isError: true)
        }
        if case .none = result { _ = try Self.response.validate(["observation": .null]) }
        return ToolOutcome(content: result.content, isError: false)
    }

    /// Binds the arguments as the official dispatcher does, which hands the data over under the name `data`.
    private mutating func run(
        _ tool: ToolFunction<Tau1World>, arguments: JSONObject
    ) throws(PythonException) -> PythonResult {
        let toolName = tool.signature.name
        let function = "\(Self.className(of: toolName)).invoke"
        if arguments["data"] != nil {
            throw .type(
                "tau_bench.envs.\(name.rawValue).tools.\(toolName).\(function)() got multiple values for keyword "
                    + "argument 'data'")
        }
        return try tool.body(&self, tool.signature.bind(arguments, function: function, receiver: nil))
    }

    /// The official class of a tool: `find_user_id_by_name_zip` is `FindUserIdByNameZip`.
    private static func className(of toolName: String) -> String {
        toolName.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// What the official environment puts an observation into, which has to be text.
    private static let response = ModelSchema("EnvResponse", [.field("observation", .string)])
}
