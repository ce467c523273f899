/// Who is at fault when an episode does not end in a score.
public enum Cause: String, Sendable, Hashable, CaseIterable {
    /// The evaluated model broke its own protocol: malformed tool calls, an empty reply.
    case model
    /// The agent around the model failed: a hook, a policy, an external agent program.
    case agent
    /// The benchmark's data or judge is broken for this sample.
    case task
    /// A container or local sandbox could not be had, died or could not be reached.
    case sandbox
    /// A server of models or tools refused, timed out or answered nonsense.
    case provider
    /// What the user configured cannot work: a missing key, a wrong path.
    case configuration
    /// gage itself, or the machine under it: a full disk, a bug.
    case gage
}
