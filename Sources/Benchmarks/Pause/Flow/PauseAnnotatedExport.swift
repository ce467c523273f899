public import Evaluation
import JSON

/// Writes annotated logs off the journal: each log with what was found about its trajectories.
public struct PauseAnnotatedExport: Sendable {
    private let directory: String

    /// Writes into a directory.
    public init(directory: String) { self.directory = directory }

    /// Writes the log of an episode; returns its name, or nil for an episode of anything else.
    ///
    /// An episode that failed is written with the reason. Throws ``EvaluationError`` when the log has gone or nothing can
    /// be written.
    public func write(_ record: EpisodeRecord) throws(EvaluationError) -> String? {
        guard let facts = record.sample["metadata"]?["pause"], let path = facts["file"]?.stringValue,
            let name = facts["log"]?.stringValue
        else { return nil }
        var log = try PauseLogFile(path: path).json
        if let result = record.judgeOutput["pause_annotation"]?.objectValue {
            log.merge(result)
        } else if case .errored(let error) = record.outcome {
            let place = PausePlaceInPipeline(file: "\(name).json", branch: log["branch"]?.stringValue ?? "")
            let failure = PausePipelineError(
                kind: .unknown, stage: error.step ?? "annotate", detail: error.message, place: place)
            log["pipeline_errors"] = [failure.json]
            log["final_selection"] = .object(PauseSelection.failed(.error, error.message).json)
            log["selection"] = log["final_selection"]
        } else {
            return nil
        }
        try PauseFiles.write(.object(log), to: "\(directory)/\(name).json")
        return name
    }
}

extension PauseAnnotatedExport {
    /// Whether a log was annotated, with whatever result but a failure to ask anybody.
    public static func isComplete(_ path: String) -> Bool {
        guard let selection = PauseFiles.objectIfReadable(path)?["final_selection"] else { return false }
        return selection["failure_category"]?.stringValue != PauseSelection.Failure.error.rawValue
    }
}
