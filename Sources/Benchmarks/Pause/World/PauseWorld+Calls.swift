public import Evaluation
public import JSON

extension PauseWorld {
    /// Runs one call of the assistant (`agent`) or the user.
    ///
    /// A refusal is a result with `error.code`. An exception is `{"error": {type, message, tool}}`; it ends the
    /// trajectory, and ``terminationReason`` says so.
    public mutating func call(
        _ name: String, arguments: JSONObject, by participant: Participant
    ) -> PauseToolOutcome {
        perform(PauseCall(name: name, arguments: arguments), by: participant)
    }

    /// Runs a call as a provider wrote it; one that cannot be read is an exception like any other.
    public mutating func call(_ json: JSONValue, by participant: Participant) -> PauseToolOutcome {
        do throws(PauseException) {
            return perform(try PauseCall(json: json), by: participant)
        } catch {
            let name = (json["function"] ?? json)["name"]?.stringValue ?? "unknown"
            return raise(error, in: PauseCall(name: name, arguments: [:]), by: participant)
        }
    }

    private mutating func perform(_ call: PauseCall, by participant: Participant) -> PauseToolOutcome {
        do throws(ToolStop) {
            if let answer = try admit(call, by: participant) { return PauseToolOutcome(value: answer) }
            let tool = try tool(for: call)
            try call.bind(to: tool.blueprint)
            if PauseID.countedTools.contains(call.tool) { callCounts[call.tool, default: 0] += 1 }
            return PauseToolOutcome(value: try tool.handler(&self, call))
        } catch {
            switch error {
            case .refused(let code, let message):
                return PauseToolOutcome(
                    value: ["error": ["code": .string(code), "message": .string(message)]])
            case .raised(let exception): return raise(exception, in: call, by: participant)
            }
        }
    }

    private mutating func raise(
        _ exception: PauseException, in call: PauseCall, by participant: Participant
    ) -> PauseToolOutcome {
        let side = participant == .user ? "user" : "assistant"
        if terminationReason == nil { terminationReason = "\(side)_tool_error:\(call.tool)" }
        return PauseToolOutcome(
            value: [
                "error": [
                    "type": .string(exception.kind.rawValue), "message": .string(exception.message),
                    "tool": .string(call.tool),
                ]
            ], exception: exception)
    }

    /// Decides who may call what; the answer where a call is answered instead of run.
    private mutating func admit(_ call: PauseCall, by participant: Participant) throws(ToolStop) -> JSONValue? {
        let isUserTool = PauseTools.userToolNames.contains(call.tool)
        if participant == .user {
            guard isUserTool else {
                throw .raised(PauseException(.permission, "Tool '\(call.fullName)' is not one of the user's."))
            }
            return nil
        }
        if isUserTool {
            note(call, .userOnly, granted: false, "only the user can call \(call.tool)")
            if options.isShopping, call.tool == "authorize_checkout" {
                return [
                    "error": [
                        "type": "UserToolRequired",
                        "message": "Only the user can call authorize_checkout; ask them to do it.",
                        "tool": "authorize_checkout",
                    ]
                ]
            }
            throw .raised(
                PauseException(.permission, "Tool '\(call.tool)' is for the user only; the assistant cannot call it."))
        }
        if let allowed = options.branchAllowlist {
            let isAllowed =
                allowed.contains(call.tool) || allowed.contains(call.fullName)
                || discoveredTools.contains { $0.name == call.fullName }
            if !isAllowed {
                note(call, .allowlist, granted: false, "not a tool of this branch")
                throw .raised(
                    PauseException(.permission, "Tool '\(call.fullName)' is not allowed in this branch."))
            }
        }
        return nil
    }

    private func tool(for call: PauseCall) throws(ToolStop) -> ToolTable.Tool {
        let isOffered = { (tool: ToolTable.Tool) in
            (tool.family == .source) == (call.source != nil)
                && !(tool.blueprint.isExtension && options.compatibility == .source)
        }
        if let tool = ToolTable.tools[call.tool], isOffered(tool) { return tool }
        let known = ToolTable.tools.values.filter { isOffered($0) && $0.family != .user }.map(\.blueprint.name)
        var message = "Unknown tool '\(call.fullName)'"
        if let hint = NearMiss.hint(call.tool, among: known) { message += "; \(hint)" }
        throw .raised(PauseException(.unknownTool, message))
    }
}
