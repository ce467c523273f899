import Evaluation
import JSON
public import Storage

/// A run on its way into another program's format.
public struct ExportedRun: Sendable {
    /// The run's directory.
    public let path: String
    /// What the journal says about the run.
    public let metadata: RunMetadata
    /// Its tasks.
    public let tasks: [TaskMetadata]
    let journal: Journal
    let sessions: [RunSession]
    let annotations: [EpisodeID: EpisodeAnnotations]

    /// Opens the run in a directory, also while it goes on.
    ///
    /// Throws ``EvaluationError``: cause `configuration` when there is none, `gage` when it cannot be read.
    public init(path: String) throws {
        self.path = path
        journal = try Journal.open(try RunDirectory.open(path).journalPath)
        metadata = try journal.run()
        tasks = try journal.tasks()
        sessions = try journal.sessions()
        annotations = try journal.annotationsByEpisode()
    }

    /// Whether an episode reached full marks: scored, and its first metric's first value is not below 1.
    ///
    /// An episode without any metric counts as a success as soon as it is scored.
    static func succeeded(_ record: EpisodeRecord) -> Bool {
        guard record.outcome == .scored else { return false }
        guard let values = record.scores.first?.values, let first = values.min(by: { $0.key < $1.key }) else {
            return true
        }
        return first.value >= 1 - 1e-6
    }
}
