import Evaluation
import JSON
import Storage

/// Something that makes two runs less comparable than they look, or that explains why they differ.
struct ComparisonWarning: Sendable, Hashable {
    /// What kind of thing it is.
    enum Kind: String, Sendable {
        case sameRun = "same_run"
        case incomplete
        case plan
        case seed
        case version
        case data
        case sample
        case task
        case trials
        case coverage
        case noPairs = "no_pairs"
    }

    let kind: Kind
    let text: String
    var details: [String] = []

    var json: JSONValue {
        ["kind": .string(kind.rawValue), "text": .string(text), "details": .array(details.map(JSONValue.string))]
    }
}

/// Finds what two runs differ in besides their results.
struct RunDifferences {
    /// The most details that are named of anything.
    private static let detailLimit = 20

    let pairing: RunPairing
    private var first: ComparedRun { pairing.first }
    private var second: ComparedRun { pairing.second }

    init(_ pairing: RunPairing) { self.pairing = pairing }

    func warnings(_ coverage: [TaskCoverage]) -> [ComparisonWarning] {
        guard first.path != second.path else {
            return [ComparisonWarning(kind: .sameRun, text: "\(first.name) is compared with itself")]
        }
        return [status(first), status(second)].compactMap { $0 } + metadata + data(coverage) + unevenness(coverage)
    }

    private func status(_ run: ComparedRun) -> ComparisonWarning? {
        guard run.metadata.status != .completed else { return nil }
        return ComparisonWarning(
            kind: .incomplete, text: "\(run.name) is not complete: \(run.metadata.status.rawValue)",
            details: run.metadata.statusReason.map { [$0] } ?? [])
    }

    private var metadata: [ComparisonWarning] {
        var warnings: [ComparisonWarning] = []
        if first.metadata.gageVersion != second.metadata.gageVersion {
            warnings.append(
                ComparisonWarning(
                    kind: .version,
                    text: "made by gage \(first.metadata.gageVersion) and \(second.metadata.gageVersion)"))
        }
        if first.metadata.planDigest != second.metadata.planDigest {
            let differences = first.metadata.configuration.differences(to: second.metadata.configuration)
            warnings.append(
                ComparisonWarning(
                    kind: .plan, text: "the configurations differ in \(Self.places(differences.count))",
                    details: Self.cut(differences.map(Self.text))))
        }
        if first.metadata.seed != second.metadata.seed {
            warnings.append(
                ComparisonWarning(
                    kind: .seed, text: "the seeds differ: \(first.metadata.seed) and \(second.metadata.seed)"))
        }
        return warnings
    }

    private static func places(_ count: Int) -> String { "\(count) place\(count == 1 ? "" : "s")" }

    private static func text(_ difference: JSONDifference) -> String {
        func short(_ value: JSONValue?) -> String {
            let text = VisibleText.oneLine(value?.text() ?? "–")
            return text.count > 60 ? String(text.prefix(59)) + "…" : text
        }
        let place = difference.path.tokens.joined(separator: ".")
        return "\(place): \(short(difference.old)) → \(short(difference.new))"
    }

    private static func cut(_ details: [String]) -> [String] {
        details.count <= detailLimit
            ? details : Array(details.prefix(detailLimit)) + ["and \(details.count - detailLimit) more"]
    }

    private func data(_ coverage: [TaskCoverage]) -> [ComparisonWarning] {
        var warnings: [ComparisonWarning] = []
        for task in first.tasks {
            guard let other = second.tasks.first(where: { $0.id == task.id }) else { continue }
            let differences = Self.identifying(task.datasetMetadata).differences(
                to: Self.identifying(other.datasetMetadata))
            guard !differences.isEmpty else { continue }
            warnings.append(
                ComparisonWarning(
                    kind: .data, text: "the data of task '\(task.id)' differ",
                    details: Self.cut(differences.map(Self.text))))
        }
        let others = pairing.pairs.filter { pair in
            first.episodes[pair.first].fingerprint != second.episodes[pair.second].fingerprint
        }
        if !others.isEmpty {
            warnings.append(
                ComparisonWarning(
                    kind: .sample,
                    text: "\(others.count) of \(pairing.pairs.count) pairs have the same name and another sample",
                    details: Self.cut(others.map { first.episodes[$0.first].id.description })))
        }
        return warnings
    }

    /// What a loader says about its data, without where they lie on this machine.
    private static func identifying(_ metadata: JSONObject) -> JSONValue {
        var kept: JSONObject = [:]
        for (key, value) in metadata where !["path", "dir", "directory", "file"].contains(where: key.hasSuffix) {
            kept[key] = value
        }
        return .object(kept)
    }

    private func unevenness(_ coverage: [TaskCoverage]) -> [ComparisonWarning] {
        var warnings: [ComparisonWarning] = []
        for (run, other) in [(first, second), (second, first)] {
            let alone = run.tasks.map(\.id).filter { id in !other.tasks.contains { $0.id == id } }
            guard !alone.isEmpty else { continue }
            warnings.append(
                ComparisonWarning(kind: .task, text: "only \(run.name) has the tasks \(alone.joined(separator: ", "))"))
        }
        let total = TaskCoverage.total(coverage)
        if total.both == 0 {
            warnings.append(
                ComparisonWarning(
                    kind: .noPairs, text: "no episode of \(first.name) and \(second.name) is scored in both"))
        } else if total.firstOnly + total.secondOnly > 0 {
            warnings.append(
                ComparisonWarning(
                    kind: .coverage,
                    text: "\(total.firstOnly + total.secondOnly) episodes are scored in one run only and left out: "
                        + "what is left may be the easier part",
                    details: Self.reasons(total.missingInSecond, second.name)
                        + Self.reasons(total.missingInFirst, first.name)))
        }
        return warnings
    }

    private static func reasons(_ counts: [String: Int], _ run: String) -> [String] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) in \(run): \($0.key)" }
    }
}
