/// The texts around policies and scenarios in the requests of τ²-bench dialogues.
///
/// Where runs are to be comparable with the official ones the fixed words have to be the official ones: they are data
/// of the benchmark, as the policies are.
enum Tau2Prompts {
    /// The agent's opening line.
    static let greeting = "Hi! How can I help you today?"

    /// What an agent is told that talks with a user.
    static let agentInstruction = """
        You are a customer service agent that helps the user according to the <policy> provided below.
        In each turn you can either:
        - Send a message to the user.
        - Make a tool call.
        You cannot do both at the same time.

        Try to be helpful and always follow the policy. Always make sure you generate valid JSON only.
        """

    /// What an agent is told that works alone.
    static let soloInstruction = """
        You are a customer service agent that helps the user according to the <policy> provided below.
        You will be provided with a ticket that contains the user's request.
        You will need to plan and call the appropriate tools to solve the ticket.

        You cannot communicate with the user, only make tool calls.
        Stop when you consider that you have solved the ticket.
        To do so, send a message containing a single tool call to the `\(doneTool)` tool. \
        Do not include any other tool calls in this last message.

        Always follow the policy. Always make sure you generate valid JSON only.
        """

    /// What an agent is told that is given the expected actions; gage's own words.
    static let groundTruthInstruction = """
        You are a customer service agent, and this conversation checks the simulated user who talks to you.
        The <policy> below binds you. The <resolution_steps> below list the actions that solve the user's issue, in \
        order: carry out those that are yours, and ask the user to carry out those that are the user's.

        In each turn you can either:
        - Send a message to the user.
        - Make a tool call.
        You cannot do both at the same time.

        Be helpful, follow the policy, and generate valid JSON only.
        """

    /// What an agent is told besides when it reaches the user through a tool; gage's own words.
    static func respondInstruction(tool: String) -> String {
        "The user only sees what you send with the `\(tool)` tool: call it, by itself, for every message to the user."
    }

    /// The tool with which an agent that works alone says that it is done.
    static let doneTool = "done"

    /// The agent's system prompt.
    static func agent(policy: String, instruction: String = agentInstruction) -> String {
        tagged("instructions", instruction) + "\n" + tagged("policy", policy)
    }

    /// The system prompt of an agent that works alone.
    static func soloAgent(policy: String, ticket: String?) -> String {
        agent(policy: policy, instruction: soloInstruction) + "\n" + tagged("ticket", ticket ?? "None")
    }

    /// The system prompt of an agent that is given the expected actions.
    static func groundTruthAgent(policy: String, actions: [Tau2Action]) -> String {
        agent(policy: policy, instruction: groundTruthInstruction) + "\n"
            + tagged("resolution_steps", resolutionSteps(actions))
    }

    /// The simulated user's system prompt.
    static func user(guidelines: String, scenario: String) -> String {
        // The place where personas of voice runs go; in text runs nothing goes there.
        let text = guidelines.replacingText("<PERSONA_GUIDELINES>", with: "")
        return text + "\n\n" + tagged("scenario", scenario)
    }

    /// The expected actions as steps, a line each, in the official form.
    static func resolutionSteps(_ actions: [Tau2Action]) -> String {
        actions.enumerated().map { place, action in
            let step =
                action.requestor == .user
                ? "Instruct the user to perform the following action: \(action.callText)."
                : "Perform the following action: \(action.callText)."
            return "[Step \(place + 1)] \(step)"
        }.joined(separator: "\n")
    }

    private static func tagged(_ tag: String, _ body: String) -> String {
        "<\(tag)>\n\(body)\n</\(tag)>"
    }
}
