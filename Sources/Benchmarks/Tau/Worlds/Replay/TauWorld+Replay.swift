import JSON

extension TauWorld {
    /// Brings a fresh world into the state that a task and a trajectory describe, as the official `set_state` does.
    ///
    /// Data are merged and validated first, then the task's actions run, then every recorded call of a tool that changes data
    /// runs again and its answer is compared. Throws what the official code raises.
    public mutating func setState(
        _ initial: InitialState = InitialState(), history: [RecordedMessage] = [],
        strictness: ReplayStrictness = .lenient
    ) throws(PythonException) {
        if state.isSolo, history.contains(where: { $0.className == "UserMessage" }) {
            throw PythonException(.assertionError, "User messages are not allowed in solo mode")
        }
        try initialize(initial)
        for (call, recorded) in try Self.recordedCalls(in: history) {
            // A name that no toolkit has changed nothing when it was called; other tools are not worth running again.
            guard let tool = tool(named: call.name), tool.kind?.mutatesState == true else { continue }
            try replay(call, expecting: recorded, strictness: strictness)
        }
        try synchronizeTools()
    }

    private mutating func initialize(_ initial: InitialState) throws(PythonException) {
        if let data = initial.agentData {
            state.replaceAgentDatabase(try state.agent.merging(data))
        }
        if let data = initial.userData {
            guard let database = state.user else { throw .attribute("update_db", ofType: "NoneType") }
            state.replaceUserDatabase(try database.merging(data))
        }
        for action in initial.actions {
            try run(function: action.function, of: action.environment, arguments: action.arguments)
        }
    }

    private mutating func replay(
        _ call: RecordedCall, expecting recorded: RecordedResult, strictness: ReplayStrictness
    ) throws(PythonException) {
        let outcome = self.call(call.name, arguments: call.arguments, requestor: call.requestor)
        guard let expected = recorded.content else {
            throw .type("the JSON object must be str, bytes or bytearray, not NoneType")
        }
        guard !Self.comparable(outcome.content).pythonEquals(Self.comparable(expected)),
            case .strict(let timestamp) = strictness
        else { return }
        var returned = RecordedResult(
            id: call.id, content: outcome.content, requestor: call.requestor, isError: outcome.isError)
        returned.timestamp = timestamp
        throw .value(
            "Tool call:\n\(call.officialText)\n\nReturned:\n\(returned.officialText)\n\n"
                + "Expected:\n\(recorded.officialText)")
    }

    /// The value of a JSON text; any other text stays a string.
    private static func comparable(_ content: String) -> JSONValue {
        // A text that is not JSON is no error here: most answers of tools are sentences.
        (try? JSONValue.parse(content, options: .init(allowsNonFiniteNumbers: true))) ?? .string(content)
    }

    /// The tool calls of a trajectory with their results, which have to follow at once and in order.
    private static func recordedCalls(
        in history: [RecordedMessage]
    ) throws(PythonException) -> [(RecordedCall, RecordedResult)] {
        var pairs: [(RecordedCall, RecordedResult)] = []
        var rest = history[...]
        while let message = rest.popFirst() {
            switch message {
            case .system, .participant(_, nil): continue
            case .tool:
                throw .value("Tool message not expected. Tool messages should always follow a tool call.")
            case .participant(_, let calls?):
                for call in calls {
                    guard let answer = rest.popFirst() else { throw .value("Tool message expected. Got None.") }
                    guard case .tool(let result) = answer else {
                        throw .value(
                            "Tool message expected. Got <class 'tau2.data_model.message.\(answer.className)'>")
                    }
                    guard JSONValue.string(call.id) == .string(result.id) else {
                        throw .value("Tool call id mismatch. Got \(call.id) and \(result.id)")
                    }
                    pairs.append((call, result))
                }
            }
        }
        return pairs
    }
}

extension RecordedCall {
    /// What `str` gives for the official class.
    fileprivate var officialText: String {
        var lines = ["ToolCall (from \(requestor.rawValue))"]
        if !id.isEmpty { lines.append("id: \(id)") }
        let style = JSONStyle(keySeparator: ": ", asciiOnly: true, indent: 2, numbers: .python)
        lines += ["name: \(name)", "arguments:", JSONValue.object(arguments).text(style)]
        return lines.joined(separator: "\n")
    }
}

extension RecordedResult {
    /// What `str` gives for the official class.
    fileprivate var officialText: String {
        var lines = ["ToolMessage (responding to \(requestor.rawValue))"]
        if let turnIndex { lines.append("turn_idx: \(turnIndex)") }
        if let timestamp { lines.append("timestamp: \(timestamp)") }
        if let content { lines.append("content: \(content)") }
        if isError { lines.append("Error") }
        return lines.joined(separator: "\n")
    }
}
