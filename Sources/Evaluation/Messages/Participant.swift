/// Who speaks or acts in an episode.
public enum Participant: String, Sendable, Hashable, CaseIterable {
    /// The agent under test.
    case agent
    /// The simulated or human user.
    case user
    /// The world's own voice: tool results, opening lines that a benchmark dictates.
    case environment
}
