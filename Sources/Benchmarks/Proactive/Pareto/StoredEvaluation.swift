public import Evaluation
import JSON
import Statistics

/// A report of an evaluation, read back for a plot.
public struct StoredEvaluation: Sendable {
    /// One policy's figures.
    struct Row: Sendable {
        var name: String
        var summary: JSONValue
    }

    let policy: Row
    let baselines: [Row]

    /// Reads a report, or all of a directory that are reports, in the order of their names.
    ///
    /// A report is called after its file. Throws ``EvaluationError``, cause `configuration` where there is none, and
    /// `task` where a named file is no report.
    public static func read(_ path: String) throws(EvaluationError) -> [StoredEvaluation] {
        guard let names = ProactiveFiles.names(in: path) else {
            guard let report = try read(file: path) else {
                throw EvaluationError(
                    .dataMalformed, "'\(path)' is no report of an evaluation: it has no 'summary'", cause: .task,
                    advice: "make one with `gage proactive evaluate`")
            }
            return [report]
        }
        var reports: [StoredEvaluation] = []
        for name in names where name.hasSuffix(".json") {
            if let report = try read(file: "\(path)/\(name)") { reports.append(report) }
        }
        guard !reports.isEmpty else {
            throw EvaluationError(
                .dataMissing, "there is no report of an evaluation in '\(path)'", cause: .configuration,
                advice: "make one with `gage proactive evaluate --output \(path)/NAME.json`")
        }
        return reports
    }

    /// Nil where the file is something else.
    private static func read(file: String) throws(EvaluationError) -> StoredEvaluation? {
        let json = try ProactiveFiles.json(file)
        guard let summary = json["summary"], summary["avg_interrupt_cost"] != nil else { return nil }
        let name = String((file.split(separator: "/").last ?? "policy").dropLast(5))
        let baselines = (json["baselines"]?.objectValue ?? [:]).map { Row(name: $0.key, summary: $0.value) }
        return StoredEvaluation(policy: Row(name: name, summary: summary), baselines: baselines)
    }
}

extension ParetoPoint {
    /// The point of a stored summary; nil where the measure was not taken.
    init?(_ row: StoredEvaluation.Row, kind: Kind, measure: SuccessMeasure) {
        guard let cost = row.summary["avg_interrupt_cost"]?.doubleValue,
            let success = row.summary[measure.rawValue]?.doubleValue
        else { return nil }
        let scale = measure.storedScale
        self.init(name: row.name, kind: kind, cost: cost, success: scale * success)
        func interval(_ key: String, times factor: Double) -> Interval? {
            guard let ends = row.summary["intervals"]?[key]?.arrayValue?.compactMap(\.doubleValue), ends.count == 2
            else { return nil }
            return Interval(factor * ends[0], factor * ends[1])
        }
        costInterval = interval("avg_interrupt_cost", times: 1)
        successInterval = interval(measure.rawValue, times: scale)
        clarifyRate = row.summary["clarify_rate"]?.doubleValue
    }
}

extension SuccessMeasure {
    /// Reports have rates in percent and scores from 0 to 1.
    fileprivate var storedScale: Double { self == .taskSuccess ? 1 : 100 }
}

extension ParetoFront {
    /// The front of stored reports with their baselines, and of what a sweep measured.
    ///
    /// Baselines that several reports agree on are one point. Success is what all have: tests passed where every policy
    /// was tested, else the mean task score.
    public init(reports: [StoredEvaluation], baselines: [PolicyScores], sweep: [AlphaSweep.Entry]) {
        let rows = reports.flatMap { [$0.policy] + $0.baselines }
        let isTested = rows.allSatisfy { $0.summary[SuccessMeasure.taskSuccess.rawValue]?.doubleValue != nil }
        let measure: SuccessMeasure =
            isTested && SuccessMeasure.fitting(baselines + sweep.map(\.scores)) == .taskSuccess
            ? .taskSuccess : .taskScore
        var points = ParetoFront(baselines: baselines, sweep: sweep, measure: measure).points
        for report in reports {
            if let point = ParetoPoint(report.policy, kind: .policy, measure: measure) { points.append(point) }
            for row in report.baselines {
                guard var point = ParetoPoint(row, kind: .baseline, measure: measure) else { continue }
                if let known = points.first(where: { $0.kind == .baseline && $0.name == point.name }) {
                    if known.cost == point.cost, known.success == point.success { continue }
                    point.name += " (\(report.policy.name))"
                }
                points.append(point)
            }
        }
        self.init(points, measure: measure)
    }
}
