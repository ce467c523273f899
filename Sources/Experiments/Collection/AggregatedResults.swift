public import Evaluation
public import JSON
import Statistics

/// All cells of an experiment as one table: `aggregated_results.json`.
public struct AggregatedResults: Sendable {
    /// The design.
    public let design: StudyDesign
    /// The cells, by environment, task, trial and variant in the design's order.
    public private(set) var cells: [StudyCell] = []
    /// The planned cells that have no episode.
    public private(set) var missing: [StudyCell.Place] = []
    /// How many episodes were left out because a better one of the same cell was there.
    public private(set) var duplicates = 0
    private var byPlace: [StudyCell.Place: StudyCell] = [:]

    /// An empty table.
    public init(design: StudyDesign) { self.design = design }

    /// Whether every planned cell is scored.
    public var isComplete: Bool { missing.isEmpty && cells.allSatisfy { $0.reward != nil } }

    /// Adds a cell; of two of one place the scored one counts, and of two scored ones the later.
    public mutating func add(_ cell: StudyCell) {
        guard let held = byPlace[cell.place] else {
            byPlace[cell.place] = cell
            return
        }
        duplicates += 1
        let isBetter =
            (held.reward == nil) != (cell.reward == nil) ? cell.reward != nil : cell.startedAt > held.startedAt
        if isBetter { byPlace[cell.place] = cell }
    }

    /// Puts the cells in order and lists the missing ones.
    public mutating func finish() {
        cells = []
        missing = []
        for environment in design.environments {
            for task in environment.tasks {
                for trial in 0..<design.trials {
                    for variant in design.variants {
                        let place = StudyCell.Place(
                            environment: environment.name, variant: variant.name, task: task.id, trial: trial)
                        if let cell = byPlace[place] { cells.append(cell) } else { missing.append(place) }
                    }
                }
            }
        }
    }

    /// The table as the file holds it.
    ///
    /// `name, timestamp, total_tasks, variants, environment, summary_stats, task_results` are the older program's keys.
    public var json: JSONValue {
        let rows = JSONValue.array(cells.map(\.json))
        return [
            "experiment_name": .string(design.name), "timestamp": .string(design.timestamp),
            "total_tasks": JSONValue(design.environments.reduce(0) { $0 + $1.tasks.count }),
            "variants": .array(design.variants.map { .string($0.name) }),
            "environment": .string(design.environments.map(\.name).joined(separator: ", ")),
            "trials": JSONValue(design.trials), "complete": .bool(isComplete),
            "planned_cells": JSONValue(design.cellCount), "duplicates_resolved": JSONValue(duplicates),
            "missing_cells": .array(missing.map(\.json)),
            "errored_cells": .array(cells.filter { $0.reward == nil }.map(\.place.json)),
            "summary_stats": ["overall": stats(of: cells), "by_variant": .object(byVariant)],
            "task_results": rows, "task_results_sha256": .string(sha256Hex(rows.text().utf8)),
        ]
    }

    private var byVariant: JSONObject {
        var object: JSONObject = [:]
        for variant in design.variants {
            object[variant.name] = stats(of: cells.filter { $0.place.variant == variant.name })
        }
        return object
    }

    private func stats(of cells: [StudyCell]) -> JSONValue {
        let rewards = cells.compactMap(\.reward)
        let successes = cells.compactMap(\.isSuccess)
        let rate = successes.isEmpty ? nil : Double(successes.count { $0 }) / Double(successes.count)
        return [
            "count": JSONValue(rewards.count), "mean_reward": JSONValue(optional: rewards.mean),
            "success_rate": JSONValue(optional: rate), "max_reward": JSONValue(optional: rewards.max()),
            "min_reward": JSONValue(optional: rewards.min()),
            "errored": JSONValue(cells.count { $0.outcome == "errored" }),
            "unscorable": JSONValue(cells.count { $0.outcome == "unscorable" }),
        ]
    }
}

extension StudyCell.Place {
    var json: JSONValue {
        [
            "environment": .string(environment), "variant": .string(variant), "task_id": .string(task),
            "trial": JSONValue(trial),
        ]
    }
}

extension AggregatedResults {
    /// Reads what ``json`` writes, or an older program's file, which says less.
    ///
    /// `design` is the experiment's where it is known; without it, what the rows show is taken for the design. Throws
    /// ``EvaluationError``, cause `configuration`, when the file has no rows.
    public init(json: JSONValue, design known: StudyDesign?) throws(EvaluationError) {
        let cells = (json["task_results"]?.arrayValue ?? []).compactMap(StudyCell.init(json:))
        guard !cells.isEmpty || known != nil else {
            throw EvaluationError(
                .dataMalformed, "the aggregated results have no 'task_results'", cause: .configuration)
        }
        self.init(design: known ?? Self.design(of: cells, file: json))
        for cell in cells { add(cell) }
        duplicates = max(duplicates, json["duplicates_resolved"]?.intValue ?? 0)
        finish()
    }

    private static func design(of cells: [StudyCell], file: JSONValue) -> StudyDesign {
        var environments: [StudyDesign.Environment] = []
        for cell in cells {
            let task = StudyDesign.Task(id: cell.place.task, sample: cell.sample)
            guard let place = environments.firstIndex(where: { $0.name == cell.place.environment }) else {
                environments.append(.init(name: cell.place.environment, tasks: [task]))
                continue
            }
            if !environments[place].tasks.contains(where: { $0.id == task.id }) {
                environments[place].tasks.append(task)
            }
        }
        var names = (file["variants"]?.arrayValue ?? []).compactMap(\.stringValue)
        for cell in cells where !names.contains(cell.place.variant) { names.append(cell.place.variant) }
        var design = StudyDesign(
            name: file["experiment_name"]?.stringValue ?? "experiment", timestamp: file["timestamp"]?.stringValue ?? "",
            environments: environments,
            variants: names.map { StudyVariant(name: $0, emotion: nil, suffix: "", phrases: [], digest: "") })
        design.trials = (cells.map(\.place.trial).max() ?? 0) + 1
        return design
    }
}
