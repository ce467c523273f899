import Evaluation
import JSON

/// `tau_bench_error_summary`: who caused the faults of failed dialogues and what they were, in the original's shape.
struct Tau1ErrorSummary: SummaryGenerator {
    static let key = "tau_bench_error_summary"

    func makeAccumulator(seed: UInt64) -> any SummaryAccumulator { Tau1ErrorSummaryAccumulator() }
}

private struct Tau1ErrorSummaryAccumulator: SummaryAccumulator {
    private var assignments: [JSONValue] = []
    private var types: [JSONValue] = []
    private var skipped = 0

    mutating func add(_ record: EpisodeRecord) {
        guard let found = record.judgeOutput["tau_bench_errors"] else { return }
        guard let assignment = found["fault_assignment"] else {
            skipped += 1
            return
        }
        assignments.append(assignment)
        if let type = found["fault_type"], !type.isNull { types.append(type) }
    }

    func finish() throws -> JSONObject? {
        guard !assignments.isEmpty || skipped > 0 else { return nil }
        return [
            "reviewed": JSONValue(assignments.count), "not_analysed": JSONValue(skipped),
            "authors": Self.distribution(of: "author", in: assignments, Tau1FaultAuthor.allCases.map(\.rawValue)),
            "fault_types": Self.distribution(of: "fault_type", in: types, Tau1FaultType.allCases.map(\.rawValue)),
            "fault_assignment_analysis": .array(assignments), "fault_type_analysis": .array(types),
        ]
    }

    /// How often each value occurs, and in how many of a hundred; without entries there is no share.
    private static func distribution(of key: String, in entries: [JSONValue], _ values: [String]) -> JSONValue {
        var counts = JSONObject()
        for value in values {
            let count = entries.count { $0[key] == .string(value) }
            let percentage = pythonRoundedToCents(Double(count) / Double(max(1, entries.count)) * 100)
            counts[value] = [
                "count": JSONValue(count), "percent": entries.isEmpty ? .null : JSONValue(percentage),
            ]
        }
        return .object(counts)
    }
}
