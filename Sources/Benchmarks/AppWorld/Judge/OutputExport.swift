import Evaluation
import FoundationEssentials
import JSON

/// Copies a task's outputs out of its container into the run's directory.
struct OutputExport: Sendable {
    let artifacts: any ArtifactStore
    let parameters: EvaluateParameters
    let task: AppWorldTask
    let episode: EpisodeID
    let run: RunIdentity

    /// Says which attempt a directory is of, and what was found.
    private static let note = "verdict.json"

    /// The directory of this attempt: the task's name, with the trial and, where tasks of one run share a name, the task of
    /// the configuration.
    func directory() throws -> String {
        let names = ["task_id": AppWorldName.path(task.id), "experiment_name": "", "run_id": run.id]
        let base = parameters.exportDirectory.map { OutputPaths.filled($0, names) } ?? "appworld_artifacts"
        var name = AppWorldName.path(task.id)
        if episode.trial > 0 { name += "__trial_\(episode.trial)" }
        let plain = "\(base)/\(name)"
        let owner = try noted(in: plain)?["episode"]?["task"]?.stringValue
        return owner == nil || owner == episode.task ? plain : "\(plain)__\(AppWorldName.path(episode.task))"
    }

    /// Writes what was found beside the outputs; of a test split without what tells the answers.
    func write(_ verdict: JSONObject, to directory: String) throws {
        let place: JSONObject = [
            "task": .string(episode.task), "sample": .string(episode.sample), "trial": JSONValue(episode.trial),
        ]
        let note: JSONValue = ["episode": .object(place), AppWorldTask.key: .object(verdict)]
        _ = try artifacts.write(note.bytes(.pretty), to: "\(directory)/\(Self.note)")
    }

    /// Copies the files below a directory of the container, leaving out what a test split must not show.
    func copy(_ source: String, from sandbox: any CommandSandbox, to directory: String, redacting: Bool) async throws {
        let place = try artifacts.directory(directory)
        // An earlier attempt at this episode may have left files that this one does not have.
        try? FileManager.default.removeItem(atPath: place)
        _ = try artifacts.directory(directory)
        for file in try await sandbox.copyOut(source) {
            guard let bytes = file.bytes, !redacting || Redaction.keeps(file: file.path) else { continue }
            _ = try artifacts.write(bytes, to: "\(directory)/\(file.path)")
        }
    }

    /// What an earlier judging of this very attempt found; nil where there was none.
    func earlierVerdict() throws -> JSONObject? {
        let note = try noted(in: try directory())
        guard note?["episode"]?["sample"]?.stringValue == episode.sample,
            note?["episode"]?["trial"]?.intValue == episode.trial
        else { return nil }
        return note?[AppWorldTask.key]?.objectValue
    }

    private func noted(in directory: String) throws -> JSONValue? {
        let path = try artifacts.directory(directory) + "/\(Self.note)"
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return try JSONValue.parse(bytes: [UInt8](data))
    }
}
