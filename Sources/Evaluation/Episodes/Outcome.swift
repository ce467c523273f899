/// How an episode ended.
///
/// Every episode ends in exactly one of these.
public enum Outcome: Sendable, Hashable {
    /// A judge reached a verdict; limits that the agent ran into are verdicts too.
    case scored
    /// Something other than the agent's ability failed. Never counted as zero.
    case errored(EvaluationError)
    /// The benchmark cannot be judged here: a known-broken instance, a judge switched off.
    case unscorable(reason: String)

    /// The outcome's name: `scored`, `errored` or `unscorable`.
    public var name: String {
        switch self {
        case .scored: "scored"
        case .errored: "errored"
        case .unscorable: "unscorable"
        }
    }
}
