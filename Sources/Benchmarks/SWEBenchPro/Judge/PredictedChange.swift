import Evaluation
import JSON

/// The patch of a prediction: what gage took from the agent's repository, else what the agent answered.
struct PredictedChange: Sendable {
    /// Where a patch was found.
    enum Source: String, Sendable {
        /// Taken from the agent's repository, or read from a file of predictions.
        case captured
        /// The agent's answer, which is a patch.
        case answer
        /// Nowhere.
        case none
    }

    /// Where it was found.
    let source: Source
    /// As it was found; empty when there is none.
    let original: PatchBytes
    /// As it is applied; nil when there is nothing to apply.
    let prepared: PatchBytes?
    /// Binary files that were taken out.
    let droppedBinary: [String]

    init(_ prediction: Prediction?) {
        if let captured = prediction.flatMap({ PatchBytes(artifacts: $0.artifacts) }) {
            (source, original) = (.captured, captured)
        } else if let answer = prediction?.answer, let start = Self.start(of: answer) {
            (source, original) = (.answer, PatchBytes(String(answer[start...])))
        } else {
            (source, original) = (.none, PatchBytes([]))
        }
        let (patch, dropped) = original.prepared()
        droppedBinary = dropped
        prepared = patch.isEmpty ? nil : patch
    }

    /// Where a patch begins in an answer; what stands before it is talk.
    private static func start(of answer: String) -> String.Index? {
        if answer.hasPrefix("diff --git ") || answer.hasPrefix("--- ") { return answer.startIndex }
        for mark in ["\ndiff --git ", "\n--- a/"] {
            if let range = answer.firstRange(of: mark) { return answer.index(after: range.lowerBound) }
        }
        return nil
    }
}
