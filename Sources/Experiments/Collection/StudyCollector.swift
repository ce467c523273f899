public import Evaluation
import JSON
import Storage

/// Reads the episodes of an experiment, whole or half, from its workers' journals.
public struct StudyCollector: Sendable {
    private let directory: StudyDirectory
    private let design: StudyDesign
    private let environments: [StudyEnvironment]

    /// Prepares to read an experiment.
    public init(directory: StudyDirectory, design: StudyDesign, environments: [StudyEnvironment]) {
        self.directory = directory
        self.design = design
        self.environments = environments
    }

    /// Says which environment and variant a gage task runs.
    struct TaskKey: Sendable {
        var environment: StudyEnvironment
        var variant: StudyVariant
    }

    private var keys: [String: TaskKey] {
        var keys: [String: TaskKey] = [:]
        for planned in design.environments {
            guard let environment = environments.first(where: { $0.name == planned.name }) else { continue }
            for variant in design.variants {
                keys[StudyDesign.taskID(environment: planned.name, variant: variant.name)] = TaskKey(
                    environment: environment, variant: variant)
            }
        }
        return keys
    }

    /// Goes through all episodes of the experiment's tasks, with the worker that did each.
    ///
    /// Throws what `body` throws, and ``EvaluationError`` when a journal cannot be read.
    func forEachEpisode(
        detail: Journal.Detail = .full, _ body: (EpisodeRecord, TaskKey, _ worker: Int) throws -> Void
    ) throws {
        let keys = keys
        for (worker, path) in directory.runs {
            guard let journal = try RunDirectory.begunJournal(in: path) else { continue }
            try journal.forEachEpisode(detail: detail) { stored in
                guard let key = keys[stored.record.id.task] else { return }
                try body(stored.record, key, worker)
            }
        }
    }

    /// Reads all episodes into one table.
    ///
    /// Throws ``EvaluationError`` when a journal cannot be read.
    public func collect() throws -> AggregatedResults {
        var results = AggregatedResults(design: design)
        var checks: [String: PromptCheck] = [:]
        for variant in design.variants { checks[variant.name] = PromptCheck(variant, among: design.variants) }
        try forEachEpisode { record, key, worker in
            var cell = StudyCell(
                place: .init(
                    environment: key.environment.name, variant: key.variant.name,
                    task: key.environment.taskID(record.sample) ?? record.id.sample, trial: record.id.trial))
            cell.worker = worker
            cell.read(record, outcome: key.environment.outcome(record))
            if record.outcome.name == "scored" {
                let found = checks[key.variant.name]?.examine(record.sample["metadata"]?["user_variant"])
                cell.promptFault = found?.fault
                cell.basePrompt = found?.basePrompt
            }
            results.add(cell)
        }
        results.finish()
        return results
    }
}

extension StudyCell {
    /// Takes what an episode says.
    mutating func read(_ record: EpisodeRecord, outcome found: StudyOutcome?) {
        sample = record.id.sample
        seed = record.seed
        outcome = record.outcome.name
        startedAt = record.startedAt
        duration = record.duration
        let usage = record.trajectory.usage()
        tokens = (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0)
        if let agent = record.trajectory.cost(of: .agent), let user = record.trajectory.cost(of: .user) {
            cost = agent + user
        }
        turns = record.trajectory.turns(of: .agent) + record.trajectory.turns(of: .user)
        for entry in record.trajectory.entries {
            if let model = entry.model { models[entry.speaker.rawValue] = model }
        }
        switch record.outcome {
        case .scored:
            reward = found?.reward
            isSuccess = found?.isSuccess
            end = found?.end.rawValue
        case .errored(let error): self.error = error.message
        case .unscorable(let reason): error = reason
        }
    }
}
