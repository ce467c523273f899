/// Who caused the fault of a failed dialogue.
enum Tau1FaultAuthor: String, Sendable, Hashable, CaseIterable {
    case user
    case agent
    case environment

    /// The choice as the judging model reads it.
    var choice: String {
        switch self {
        case .user: "The user"
        case .agent: "The agent"
        case .environment: "The environment (neither user nor agent)"
        }
    }
}

/// What an agent did wrong.
enum Tau1FaultType: String, Sendable, Hashable, CaseIterable {
    case calledWrongTool = "called_wrong_tool"
    case usedWrongToolArgument = "used_wrong_tool_argument"
    case goalPartiallyCompleted = "goal_partially_completed"
    case other

    /// The choice as the judging model reads it.
    var choice: String {
        switch self {
        case .calledWrongTool: "The agent called the wrong tool"
        case .usedWrongToolArgument: "The agent called the right tool with a wrong argument"
        case .goalPartiallyCompleted: "The goal was only reached in part"
        case .other: "Other"
        }
    }
}
