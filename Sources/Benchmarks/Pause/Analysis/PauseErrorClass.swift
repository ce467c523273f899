/// The kinds of errors that a trajectory can make.
enum PauseErrorClass: String, Sendable, Hashable, CaseIterable {
    /// Wrong data or a wrong computation.
    case data = "DCE"
    /// The tool was passed by: a guess or advice without it, or a tool that was not the assistant's to call.
    case toolBypass = "TBE"
    /// The right source, record or tool was not found.
    case navigation = "RNE"
    /// Settings, permissions or sources were handled wrongly.
    case configuration = "SCE"
    /// Anything else.
    case other = "OTHER"

    /// What it means, for a model to choose by.
    var meaning: String {
        switch self {
        case .data: "the tools were right, but a date, number, unit, aggregation or comparison is wrong"
        case .toolBypass: "something was said or recommended without the tool for it, or a forbidden tool was called"
        case .navigation: "the assistant did not find or did not use the data, record or tool that it needed"
        case .configuration: "permissions, sources, membership, wallet or other settings were handled wrongly"
        case .other: "none of these"
        }
    }

    /// The class of an analysis that the rule judge wrote, by the kinds of the checks that failed.
    static func guess(from analysis: String) -> Self {
        let marks: [(Self, [String])] = [
            (.configuration, ["permission_order:", "no_collateral_change:", "spending:"]),
            (.toolBypass, ["forbidden:"]), (.navigation, ["was not called", "was answered with"]),
            (.data, ["answer:", "tool_call:", "final_state:", "shopping_score:"]),
        ]
        return marks.first { entry in entry.1.contains { analysis.contains($0) } }?.0 ?? .other
    }
}
