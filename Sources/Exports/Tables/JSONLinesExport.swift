import Evaluation
import JSON
import Reports
import Storage

/// A run as JSON lines: each episode as in `samples.jsonl`, with what people said about it.
public struct JSONLinesExport: Sendable {
    private let run: ExportedRun
    private let includesTrajectories: Bool

    /// Prepares an export; dialogues are the largest part by far.
    public init(_ run: ExportedRun, includesTrajectories: Bool = true) {
        self.run = run
        self.includesTrajectories = includesTrajectories
    }

    /// Writes the lines, in plan order.
    ///
    /// Throws what `write` throws, and ``EvaluationError`` when the journal cannot be read.
    public func write(_ write: ([UInt8]) throws -> Void) throws {
        var sequence = 0
        try run.journal.forEachEpisode(detail: includesTrajectories ? .full : .withoutTrajectory) { stored in
            var line = SampleLine.json(of: stored, sequence: sequence).objectValue ?? [:]
            if !includesTrajectories {
                line["trajectory"] = nil
                line["usage"] = nil
            }
            let said = run.annotations[stored.record.id] ?? EpisodeAnnotations()
            if !said.tags.isEmpty { line["tags"] = .array(said.tags.map(JSONValue.string)) }
            if !said.notes.isEmpty { line["notes"] = .array(said.notes.map(\.json)) }
            if said.isAmended { line["amended"] = .array(said.verdicts.map(\.json)) }
            var bytes = JSONValue.object(line).bytes(.compact)
            bytes.append(UInt8(ascii: "\n"))
            try write(bytes)
            sequence += 1
        }
    }
}
