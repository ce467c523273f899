import Evaluation
import JSON
import Statistics

/// `swebench_summary`: resolve rates overall, by repository and by language, and why instances were not resolved.
///
/// Two rates stand side by side: the official one, in which an instance without a verdict counts as not resolved, and the
/// one over instances that have a verdict.
struct SWEBenchSummary: SummaryGenerator {
    static let key = "swebench_summary"

    var fidelity: FidelityStatement? {
        FidelityStatement(
            benchmark: "SWE-bench Pro", comparedWith: nil,
            statement: """
                Instances are judged by the official sequence, with the official lists of tests and parsers. Where this evaluator \
                differs from the official one is listed in docs/swebench-pro.md.
                """)
    }

    func makeAccumulator(seed: UInt64) -> any SummaryAccumulator { SWEBenchSummaryAccumulator() }
}

private struct SWEBenchSummaryAccumulator: SummaryAccumulator {
    private var overall = ResolveCounts()
    private var repositories: [String: ResolveCounts] = [:]
    private var languages: [String: ResolveCounts] = [:]
    private var reasons: [String: Int] = [:]
    private var classes: [String: Int] = [:]
    private var editions: Set<String> = []
    private var lenient = 0
    private var historyPeeks = 0

    mutating func add(_ record: EpisodeRecord) {
        guard let facts = record.sample["metadata"]?["swebench"] else { return }
        let output = record.judgeOutput
        overall.add(record, output)
        repositories[facts["repo"]?.stringValue ?? "unknown", default: ResolveCounts()].add(record, output)
        languages[facts["language"]?.stringValue ?? "unknown", default: ResolveCounts()].add(record, output)
        if let edition = facts["edition"]?.stringValue { editions.insert(edition) }
        if output["resolved_lenient"]?.boolValue == true { lenient += 1 }
        if let peeks = output["history_peeks"]?.arrayValue, !peeks.isEmpty { historyPeeks += 1 }
        guard output["resolved"]?.boolValue != true else { return }
        if case .errored(let error) = record.outcome {
            reasons[output["failure_reason"]?.stringValue ?? error.code.rawValue, default: 0] += 1
            classes[FailureReason.FailureClass.infrastructure.rawValue, default: 0] += 1
        } else {
            reasons[output["failure_reason"]?.stringValue ?? "unknown", default: 0] += 1
            classes[output["failure_class"]?.stringValue ?? "unknown", default: 0] += 1
        }
    }

    func finish() throws -> JSONObject? {
        guard overall.planned > 0 else { return nil }
        return [
            "edition": .string(editions.sorted().joined(separator: ", ")), "overall": .object(overall.json),
            "by_repo": Self.json(repositories), "by_language": Self.json(languages),
            "failure_reason": Self.json(reasons), "failure_class": Self.json(classes),
            "resolved_lenient": JSONValue(lenient), "history_peeks": JSONValue(historyPeeks),
        ]
    }

    private static func json(_ groups: [String: ResolveCounts]) -> JSONValue {
        .object(JSONObject(uniqueKeysWithValues: groups.sorted { $0.key < $1.key }.map { ($0, .object($1.json)) }))
    }

    private static func json(_ counts: [String: Int]) -> JSONValue {
        .object(JSONObject(uniqueKeysWithValues: counts.sorted { $0.key < $1.key }.map { ($0, JSONValue($1)) }))
    }
}

/// Attempts that are counted together.
private struct ResolveCounts {
    private(set) var planned = 0
    private var verdicts: [Double] = []
    private var clusters: [String] = []
    private var cost = 0.0
    private var hasUnknownCost = false

    mutating func add(_ record: EpisodeRecord, _ output: JSONObject) {
        planned += 1
        // An agent that asked no model has no cost that anyone could compare.
        let hasAsked = record.trajectory.entries.contains { $0.speaker == .agent }
        if hasAsked, let cost = record.trajectory.cost(of: .agent) { self.cost += cost } else { hasUnknownCost = true }
        guard case .scored = record.outcome, let isResolved = output["resolved"]?.boolValue else { return }
        verdicts.append(isResolved ? 1 : 0)
        clusters.append(record.id.sample)
    }

    var json: JSONObject {
        let resolved = verdicts.count { $0 == 1 }
        return [
            "total": JSONValue(planned), "scored": JSONValue(verdicts.count), "resolved": JSONValue(resolved),
            "resolve_rate": planned == 0 ? .null : JSONValue(Double(resolved) / Double(planned)),
            "resolve_rate_scored": verdicts.isEmpty ? .null : JSONValue(Double(resolved) / Double(verdicts.count)),
            "resolve_rate_scored_interval": Self.json(ClusteredShare(verdicts, clusters: clusters)?.interval),
            "cost_per_resolved": resolved == 0 || hasUnknownCost ? .null : JSONValue(cost / Double(resolved)),
        ]
    }

    private static func json(_ interval: Interval?) -> JSONValue {
        interval.map { [JSONValue($0.lower), JSONValue($0.upper)] } ?? .null
    }
}
