public import JSON

/// How much of a reference's tool calls a candidate made, and how many it made besides.
///
/// Calls are compared as multisets of (name, arguments as canonical JSON with sorted keys).
public struct ToolCallOverlap: Sendable, Hashable {
    /// Calls that both made, counted with their number.
    public let overlap: Int
    /// The reference's calls.
    public let reference: Int
    /// The candidate's calls.
    public let candidate: Int
    /// The larger number of each call, summed.
    public let union: Int

    /// Compares two lists of calls.
    public init(reference: [PauseGold.Call], candidate: [PauseGold.Call]) {
        let expected = Self.counts(of: reference)
        let made = Self.counts(of: candidate)
        var overlap = 0
        var union = 0
        for key in Set(expected.keys).union(made.keys) {
            let pair = (expected[key] ?? 0, made[key] ?? 0)
            overlap += min(pair.0, pair.1)
            union += max(pair.0, pair.1)
        }
        self.overlap = overlap
        self.union = union
        self.reference = reference.count
        self.candidate = candidate.count
    }

    /// The share of the candidate's calls that the reference made too; 1 when neither made any.
    public var precision: Double { share(overlap, of: candidate) }

    /// The share of the reference's calls that the candidate made; 1 when neither made any.
    public var recall: Double { share(overlap, of: reference) }

    /// The harmonic mean of precision and recall.
    public var f1: Double {
        let sum = precision + recall
        return sum == 0 ? 0 : 2 * precision * recall / sum
    }

    /// The share of the union that both made; 1 when neither made any.
    public var jaccard: Double { share(overlap, of: union) }

    /// The members `jaccard`, `precision`, `recall` and `f1`.
    public var json: JSONValue {
        [
            "jaccard": JSONValue(jaccard), "precision": JSONValue(precision), "recall": JSONValue(recall),
            "f1": JSONValue(f1),
        ]
    }

    private func share(_ part: Int, of whole: Int) -> Double {
        if union == 0 { return 1 }
        return whole == 0 ? 0 : Double(part) / Double(whole)
    }

    private static func counts(of calls: [PauseGold.Call]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for call in calls {
            let arguments = JSONValue.object(call.arguments).text(.canonical)
            counts[call.name + "\u{0}" + arguments, default: 0] += 1
        }
        return counts
    }
}
