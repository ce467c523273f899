public import JSON

extension TauWorld {
    /// Runs one tool call and then synchronises the tools, as the official environment does.
    ///
    /// A failing call answers with its text and leaves whatever it had already changed.
    public mutating func call(_ name: String, arguments: JSONObject, requestor: Requestor) -> ToolOutcome {
        do throws(PythonException) {
            let result = try callWithoutSynchronizing(name, arguments: arguments, requestor: requestor)
            try synchronizeTools()
            return ToolOutcome(content: result.content, isError: false)
        } catch {
            return ToolOutcome(content: "Error: \(error.message)", isError: true)
        }
    }

    /// Runs one tool call and nothing else: how the grader plays the expected actions.
    ///
    /// Throws what the official code raises, binding errors included.
    @discardableResult
    public mutating func callWithoutSynchronizing(
        _ name: String, arguments: JSONObject, requestor: Requestor
    ) throws(PythonException) -> PythonResult {
        try Self.refuseReservedNames(arguments)
        switch requestor {
        case .user:
            guard !state.isSolo else { throw .value("User tool calls are not allowed in solo mode") }
            guard let toolkit = Self.userToolkit else { throw .value("User tools not available") }
            return try run(toolName: name, of: toolkit, arguments: arguments)
        case .assistant:
            if state.isSolo, let toolkit = Self.userToolkit, toolkit.tool(named: name) != nil {
                return try run(toolName: name, of: toolkit, arguments: arguments)
            }
            return try run(toolName: name, of: Self.agentToolkit, arguments: arguments)
        }
    }

    /// Runs any function of a toolkit, tools and environment functions alike, and then synchronises the tools.
    ///
    /// For the initialization actions and the assertions of tasks. Throws what the official code raises.
    @discardableResult
    public mutating func run(
        function name: String, of environment: Requestor, arguments: JSONObject
    ) throws(PythonException) -> PythonResult {
        let toolkit = environment == .assistant ? Self.agentToolkit : Self.userToolkit
        guard let toolkit else { throw .attribute(name, ofType: "NoneType") }
        guard let function = toolkit.function(named: name) else {
            throw .attribute(name, ofType: toolkit.className)
        }
        let result = try toolkit.run(function, on: &self, arguments: arguments)
        try synchronizeTools()
        return result
    }

    private mutating func run(
        toolName: String, of toolkit: Toolkit<Self>, arguments: JSONObject
    ) throws(PythonException) -> PythonResult {
        guard let tool = toolkit.tool(named: toolName) else { throw .value("Tool '\(toolName)' not found.") }
        return try toolkit.run(tool, on: &self, arguments: arguments)
    }

    /// Arguments that collide with parameters of the official dispatcher fail before any tool is looked up.
    private static func refuseReservedNames(_ arguments: JSONObject) throws(PythonException) {
        if arguments["requestor"] != nil {
            throw .type(
                "tau2.environment.environment.Environment.make_tool_call() got multiple values for keyword "
                    + "argument 'requestor'")
        }
        for (name, _) in arguments where name == "self" || name == "tool_name" {
            throw .type("Environment.make_tool_call() got multiple values for argument '\(name)'")
        }
    }
}
