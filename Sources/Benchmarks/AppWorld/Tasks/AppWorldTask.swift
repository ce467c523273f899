import Evaluation
import JSON

/// What a sample says about its AppWorld task, under `metadata.appworld`.
struct AppWorldTask: Sendable, Hashable {
    var id: String
    var subset: String?
    var allowedApps: [String]
    /// The sample's facts as they stand.
    var facts: JSONObject

    /// The key of these facts in a sample's metadata.
    static let key = "appworld"

    /// Reads a sample; throws ``EvaluationError``, cause `task`, when it names no task.
    init(_ sample: Sample) throws(EvaluationError) {
        let facts = sample.metadata[Self.key]?.objectValue ?? [:]
        guard let id = facts["task_id"]?.stringValue, AppWorldName.isTask(id) else {
            throw EvaluationError(
                .dataMalformed, "sample '\(sample.id)' names no AppWorld task", cause: .task,
                advice: "let the data set's 'preprocess' be appworld_preprocessor, or give every sample a "
                    + "metadata.appworld.task_id")
        }
        self.id = id
        self.facts = facts
        subset = facts["subset"]?.stringValue
        allowedApps = facts["allowed_apps"]?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    /// Whether what becomes of the task must not be kept.
    var isTest: Bool { DataSplit.isTest(subset) }

    /// The name under which AppWorld keeps the outputs: the sample's own, the one given, or one that follows from the run.
    ///
    /// The last ends with the subset, as the leaderboard's packing wants it.
    func experimentName(in run: RunIdentity, unless given: String? = nil) -> String {
        let names = [facts["experiment_name"]?.stringValue, given].compactMap(\.self)
        if let name = names.first(where: { !$0.isEmpty }) { return AppWorldName.path(name) }
        let words = ["gage", run.id] + (subset.map { [$0] } ?? [])
        return AppWorldName.path(words.joined(separator: "_"))
    }
}
