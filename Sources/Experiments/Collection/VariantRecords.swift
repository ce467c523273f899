import Evaluation
import JSON

/// Writes what each worker did under each variant into a folder of its own: a summary and the conversations.
public struct VariantRecords: Sendable {
    private let directory: StudyDirectory
    private let collector: StudyCollector
    private let results: AggregatedResults

    /// Prepares to write the records of collected results.
    public init(directory: StudyDirectory, collector: StudyCollector, results: AggregatedResults) {
        self.directory = directory
        self.collector = collector
        self.results = results
    }

    /// Writes `worker_{n}/{variant}/variant_summary.json` for every worker and variant.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the disk does not allow it.
    public func writeSummaries() throws {
        let workers = Set(results.cells.map(\.worker)).sorted()
        for worker in workers where worker > 0 {
            for variant in results.design.variants {
                let cells = results.cells.filter { $0.worker == worker && $0.place.variant == variant.name }
                guard !cells.isEmpty else { continue }
                try directory.write(
                    summary(variant, cells), to: "worker_\(worker)/\(variant.name)/variant_summary.json")
            }
        }
    }

    /// Writes `worker_{n}/{variant}/{environment}_{task}_trial{k}.json` for every episode.
    ///
    /// Throws ``EvaluationError`` when a journal cannot be read or the disk does not allow it.
    public func writeTranscripts() throws {
        try collector.forEachEpisode { record, key, worker in
            let task = StudyDesign.fileName(key.environment.taskID(record.sample) ?? record.id.sample)
            let environment = StudyDesign.fileName(key.environment.name)
            let name =
                "worker_\(worker)/\(key.variant.name)/\(environment)_\(task.prefix(120))_trial\(record.id.trial).json"
            try directory.write(
                [
                    "task_id": .string(key.environment.taskID(record.sample) ?? record.id.sample),
                    "variant": .string(key.variant.name), "environment": .string(key.environment.name),
                    "trial": JSONValue(record.id.trial), "seed": .number(String(record.seed)),
                    "outcome": .string(record.outcome.name),
                    "reward": JSONValue(optional: key.environment.outcome(record)?.reward),
                    "user_variant": record.sample["metadata"]?["user_variant"] ?? .null,
                    "trajectory": record.trajectory.json,
                ], to: name)
        }
    }

    private func summary(_ variant: StudyVariant, _ cells: [StudyCell]) -> JSONValue {
        let scored = cells.filter { $0.reward != nil }
        let started = cells.map(\.startedAt).min() ?? 0
        let finished = cells.map { $0.startedAt + $0.duration }.max() ?? 0
        return [
            "variant": .string(variant.name), "selected_emotion": variant.emotion.map(JSONValue.string) ?? .null,
            "environment": .string(results.design.environments.map(\.name).joined(separator: ", ")),
            "user_strategy": .string(variant.name), "prompt_digest": .string(variant.digest),
            "tasks_requested": .array(results.design.environments.flatMap { $0.tasks.map { .string($0.id) } }),
            "started_at": JSONValue(started), "finished_at": JSONValue(finished),
            "elapsed_seconds": JSONValue(finished - started),
            "status": .string(scored.count == cells.count ? "completed" : "incomplete"),
            "exit_reason": .string(scored.isEmpty ? "no_results_returned" : "success"),
            "results_count": JSONValue(scored.count),
            "notes": .array(cells.compactMap { $0.error.map(JSONValue.string) }),
        ]
    }
}
