import JSON

/// What a judging model is shown of a failed dialogue.
struct Tau1ErrorDossier: Sendable {
    /// How much is shown.
    enum Extent: String, Sendable, CaseIterable {
        /// What was wanted, what would have been right, and everything that was said and done.
        case complete
        /// What the original program shows: where something had to be said only that, and no tool calls anywhere.
        case official
    }

    let task: Tau1Task
    /// The messages as official result files hold them.
    let messages: [JSONValue]
    let extent: Extent

    /// Whether there is nothing to look at.
    var isEmpty: Bool { messages.allSatisfy { $0["role"] == "system" } }

    /// The parts between marks, as text.
    var text: String {
        let instruction = block("user instruction", task.instruction)
        let outputs = JSONValue.array(task.outputs.map { .string($0) }).pythonRepresentation
        if extent == .official, !task.outputs.isEmpty {
            return instruction + "\n\n" + block("required outputs", outputs)
        }
        var parts = [instruction]
        if !task.outputs.isEmpty { parts.append(block("required outputs", outputs)) }
        parts.append(block("ground truth action sequence", actions))
        parts.append(block("trajectory", trajectory))
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// What the parts are, for the instructions.
    var description: String {
        var lines = ["You are shown a dialogue between a simulated user and a customer service agent that went wrong:"]
        lines.append("- The user instruction is what the simulated user was told to want.")
        let showsOutputs = !task.outputs.isEmpty
        if showsOutputs {
            lines.append("- The required outputs are what the agent had to tell the user.")
        }
        if extent == .complete || !showsOutputs {
            lines.append(
                "- The ground truth action sequence is one way to reach the goal; where it is empty, nothing was to be done."
            )
            lines.append("- The trajectory is what was said and done. It is certain that it has a fault.")
        }
        return lines.joined(separator: "\n")
    }

    private func block(_ name: String, _ content: String) -> String {
        "----- start \(name) -----\n\(content)\n----- end \(name) -----"
    }

    private var actions: String {
        let style = JSONStyle(itemSeparator: ",", keySeparator: ": ", asciiOnly: true, indent: 4, numbers: .python)
        return JSONValue.array(task.actions.map(\.json)).text(style)
    }

    private var trajectory: String {
        messages.filter { $0["role"] != "system" }.flatMap(lines).joined(separator: "\n")
    }

    private func lines(of message: JSONValue) -> [String] {
        let role = (message["role"]?.stringValue ?? "").capitalizedLikePython
        let content = message["content"] ?? .null
        guard extent == .complete else { return ["\(role): \(content.pythonText)"] }
        var lines = content.isNull ? [] : ["\(role): \(content.pythonText)"]
        for call in message["tool_calls"]?.arrayValue ?? [] {
            let function = call["function"] ?? .null
            let arguments = (function["arguments"] ?? .null).pythonText
            lines.append("\(role) calls \((function["name"] ?? .null).pythonText)(\(arguments))")
        }
        return lines
    }
}

extension String {
    /// The first letter large, all others small.
    fileprivate var capitalizedLikePython: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
