import Evaluation

/// A task's world that is open, as the hooks leave it for the judge.
struct AppWorldSession: Sendable {
    var task: AppWorldTask
    var experiment: String
    var server: EnvironmentServer
    /// Whether the state was written to the environment's disk.
    var isSaved = false

    private static let key = "appworld"

    /// The session of an episode; nil before `appworld_initialize`, and in an episode that is judged again later.
    static func of(_ episode: Episode) -> Self? { episode.kitState[key] as? Self }

    /// Leaves the session in an episode.
    func keep(in episode: inout Episode) { episode.kitState[Self.key] = self }
}
