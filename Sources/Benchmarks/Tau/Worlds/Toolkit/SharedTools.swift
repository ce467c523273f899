import JSON

extension ToolFunction {
    /// The tool that hands the conversation over, the same in every domain.
    ///
    /// It does not end anything.
    static var transferToHumanAgents: ToolFunction {
        .tool("transfer_to_human_agents", .generic, ["summary"]) { _, _ in .string("Transfer successful") }
    }

    /// The tool that works out an arithmetic expression.
    static var calculate: ToolFunction {
        .tool("calculate", .generic, ["expression"]) { _, arguments throws(PythonException) in
            .string(try Calculator.calculate(arguments["expression"]))
        }
    }
}
