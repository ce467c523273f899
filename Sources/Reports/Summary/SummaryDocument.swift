import Engine
import Evaluation
import GageConfiguration
import JSON
import Storage

/// The content of `summary.json`.
///
/// The keys that scripts know from the guide (`run`, `metrics`, `sample_count`, `tasks`, a section per summary
/// generator) stand where they stood; outcomes, coverage, intervals and domains are new beside them. Everything that
/// depends on the clock is below `run.timings` and `run.started_at`.
struct SummaryDocument {
    let plan: Plan
    let directory: RunDirectory
    let journal: Journal
    let metrics: [AggregatedMetric]
    let sections: JSONObject
    let pass: SummaryPass
    let environment: JSONObject

    var json: JSONValue {
        get throws {
            let outcomes = try journal.outcomes()
            let tasks = try journal.tasks()
            let planned = tasks.reduce(Int?(0)) { sum, task in
                sum.flatMap { sum in task.plannedEpisodes.map { sum + $0 } }
            }
            var object: JSONObject = ["schema_version": "gage/summary/v1"]
            object["run"] = try run()
            object["outcomes"] = try total(outcomes, planned: tasks.count == plan.tasks.count ? planned : nil)
            object["metrics"] = .array(metrics.map(\.json))
            object["sample_count"] = .int(Int64(outcomes.values.reduce(0) { $0 + $1.total }))
            for (key, section) in sections { object[key] = section }
            let domains = pass.groups.domains
            if !domains.isEmpty { object["domains"] = .object(domains) }
            let groups = pass.groups.others
            if !groups.isEmpty { object["groups"] = .object(groups) }
            object["usage"] = usage
            object["cost"] = cost
            object["usage_by_model"] = pass.figures.byModel
            object["distributions"] = .object(pass.figures.distributions)
            if pass.reliability.arrayValue?.isEmpty == false { object["reliability"] = pass.reliability }
            let fidelity = plan.summaryGenerators.compactMap(\.generator.fidelity)
            if !fidelity.isEmpty { object["fidelity"] = .array(fidelity.map(\.json)) }
            object["tasks"] = .array(try tasks.map { try section(of: $0, outcomes) })
            return .object(object)
        }
    }

    private func run() throws -> JSONValue {
        let run = try journal.run()
        let sessions = try journal.sessions()
        var object: JSONObject = [
            "run_id": .string(run.runID), "run_dir": .string(directory.path), "status": .string(run.status.rawValue),
        ]
        if let reason = run.statusReason { object["status_reason"] = .string(reason) }
        object["config_name"] = .string(run.name)
        if let text = plan.summary { object["description"] = .string(text) }
        object["plan_digest"] = .string(run.planDigest)
        object["seed"] = .number(String(run.seed))
        object["gage_version"] = .string(run.gageVersion)
        object["started_at"] = .string(TimeText.utc(run.startedAt))
        let worked = sessions.reduce(0) { $0 + max(0, ($1.endedAt ?? $1.startedAt) - $1.startedAt) }
        object["timings"] = try timings(worked: worked, sessions: sessions.count)
        object["samples_jsonl"] = .string(directory.samplesPath)
        var metadata: JSONObject = [:]
        metadata["backends"] = .array(
            plan.backends.map { ["backend_id": .string($0.id), "type": .string($0.typeKey), "config": $0.settings] })
        metadata["summary_generators"] = .array(plan.summaryGenerators.map { .string($0.id) })
        if !environment.isEmpty { metadata["environment"] = .object(environment) }
        object["metadata"] = .object(metadata)
        return .object(object)
    }

    /// All that depends on the clock, and so may differ between two runs of the same episodes.
    private func timings(worked: Double, sessions: Int) throws -> JSONValue {
        var object: JSONObject = [
            "wall_runtime_s": JSONValue(worked), "inference_s": JSONValue(census.inferenceSeconds),
            "sessions": .int(Int64(sessions)),
        ]
        for (name, value) in pass.figures.times { object[name] = value }
        object["tasks"] = pass.figures.taskTimes
        let traffic = try journal.traffic()
        if !traffic.isEmpty { object["backends"] = TrafficSummary.json(traffic) }
        if let activity = pass.activity.json { object["activity"] = activity }
        return .object(object)
    }

    private func total(_ outcomes: [String: OutcomeCounts], planned: Int?) throws -> JSONValue {
        var sum = OutcomeCounts()
        for counts in outcomes.values {
            sum.scored += counts.scored
            sum.unscorable += counts.unscorable
            sum.errored.merge(counts.errored, uniquingKeysWith: +)
        }
        var object = Self.counts(sum, planned: planned)
        object["errors_by_code"] = Self.sorted(census.codes)
        object["first_errors"] = census.errors.json
        object["retries"] = .int(Int64(census.retries))
        let dropped = try journal.dropped()
        object["dropped_records"] = .array(
            dropped.map {
                ["task_id": .string($0.task), "reason": .string($0.reason), "count": .int(Int64($0.count))]
            })
        return .object(object)
    }

    private func section(of task: TaskMetadata, _ outcomes: [String: OutcomeCounts]) throws -> JSONValue {
        let counts = outcomes[task.id] ?? OutcomeCounts()
        var object: JSONObject = [
            "task_id": .string(task.id), "dataset_id": .string(task.datasetID),
            "dataset_metadata": .object(task.datasetMetadata),
            "outcomes": .object(Self.counts(counts, planned: task.plannedEpisodes)),
            "metrics": .array(metrics.filter { $0.task == task.id }.map(\.json)),
            "sample_count": .int(Int64(counts.total)),
        ]
        for (name, value) in pass.figures.section(of: task.id) ?? [:] { object[name] = value }
        return .object(object)
    }

    private var census: EpisodeCensus { pass.census }

    private static func counts(_ counts: OutcomeCounts, planned: Int?) -> JSONObject {
        var object: JSONObject = ["planned": planned.map { .int(Int64($0)) } ?? .null]
        object["scored"] = .int(Int64(counts.scored))
        object["errored"] = .int(Int64(counts.erroredTotal))
        object["unscorable"] = .int(Int64(counts.unscorable))
        if let planned, planned > 0 {
            object["coverage"] = JSONValue(Double(counts.scored) / Double(planned))
        }
        object["errors_by_cause"] = sorted(counts.errored)
        return object
    }

    private static func sorted(_ counts: [String: Int]) -> JSONValue {
        var object: JSONObject = [:]
        for key in counts.keys.sorted() { object[key] = .int(Int64(counts[key] ?? 0)) }
        return .object(object)
    }

    private var usage: JSONValue {
        var object = census.usage.json.objectValue ?? [:]
        object["model_calls"] = .int(Int64(census.modelCalls))
        return .object(object)
    }

    /// An unknown price is not zero: the total is null as soon as nothing is known, and says how many calls it lacks.
    private var cost: JSONValue {
        let isUnknown = census.callsWithoutPrice > 0 && census.cost == 0
        return [
            "total_usd": isUnknown ? .null : JSONValue(census.cost),
            "calls_without_price": .int(Int64(census.callsWithoutPrice)),
        ]
    }
}
