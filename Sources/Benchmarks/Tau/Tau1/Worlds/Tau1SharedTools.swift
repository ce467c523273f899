import JSON

/// Tools that both environments have.
extension ToolFunction where World == Tau1World {
    /// Works out an arithmetic expression.
    static var tau1Calculate: ToolFunction {
        .tool("calculate", .generic, ["expression"]) { _, arguments throws(PythonException) in
            .string(try Calculator.calculate(arguments["expression"], refusal: "invalid characters in expression"))
        }
    }

    /// Shows a user's record.
    static var tau1UserDetails: ToolFunction {
        .tool("get_user_details", .read, ["user_id"]) { world, arguments throws(PythonException) in
            .model(try world.find(arguments["user_id"], in: "users", orElse: "user not found").record)
        }
    }

    /// Notes a thought, which changes nothing.
    static var tau1Think: ToolFunction {
        .tool("think", .think, ["thought"]) { _, _ in .string("") }
    }
}

extension Tau1World {
    /// The record under `id`; where there is none, the message is that of the error.
    func find(
        _ id: JSONValue, in table: String, orElse message: String
    ) throws(PythonException) -> FoundRecord {
        try database.find(id, in: table, orElse: message)
    }

    /// A record as it is now, which another has named; a name that is not there is a `KeyError`.
    func record(_ id: JSONValue, in table: String) throws(PythonException) -> FoundRecord {
        guard let record = try database.record(id, in: table), case .string(let key) = id else {
            throw PythonException(.keyError, id.pythonRepresentation)
        }
        return FoundRecord(key: key, record: record)
    }

    /// Changes a record in place and answers with the result.
    @discardableResult
    mutating func change(
        _ found: FoundRecord, in table: String, _ body: (inout JSONValue) throws(PythonException) -> Void
    ) throws(PythonException) -> PythonResult {
        .model(
            try database.update(found.key, in: table) { record throws(PythonException) in
                try body(&record)
                return record
            })
    }
}
