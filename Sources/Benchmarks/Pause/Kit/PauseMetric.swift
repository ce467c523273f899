import Evaluation
import JSON

/// A metric that reads what PAUSE's judges found.
struct PauseMetric: Metric {
    /// Which number it gives.
    enum Quantity: String, CaseIterable {
        case taskCompletion = "pause_task_completion"
        case targetsAchieved = "pause_targets_achieved"
        case toolPrecision = "pause_tool_precision"
        case toolRecall = "pause_tool_recall"
        case toolF1 = "pause_tool_f1"
        case toolJaccard = "pause_tool_jaccard"
        case shoppingScore = "pause_shopping_score"
        case shoppingProducts = "pause_shopping_pid"
        case shoppingQuantities = "pause_shopping_qty_size"
        case shoppingVoucher = "pause_shopping_voucher"
        case shoppingBalance = "pause_shopping_balance"
        case cutOff = "pause_cut_off"
        case judgeCoverage = "pause_judge_coverage"
        case rounds = "pause_rounds"
        case assistantToolCalls = "pause_assistant_tool_calls"
        case userToolCalls = "pause_user_tool_calls"
        case permissionMistakes = "pause_permission_mistakes"

        /// What it is, in one sentence.
        var summary: String {
            switch self {
            case .taskCompletion: "TC: whether every target of the task that a judge decided was reached."
            case .targetsAchieved: "TA: the share of the task's targets that were reached."
            case .toolPrecision: "The share of the assistant's tool calls that the reference made too."
            case .toolRecall: "The share of the reference's tool calls that the assistant made too."
            case .toolF1: "The harmonic mean of precision and recall of the tool calls."
            case .toolJaccard: "The overlap of both sides' tool calls in their union."
            case .shoppingScore: "The points of a shopping task as a share of those possible; other tasks have none."
            case .shoppingProducts: "The share of the products of an order that were bought."
            case .shoppingQuantities: "Whether an order has the right quantities and sizes."
            case .shoppingVoucher: "Whether an order was paid with the best voucher."
            case .shoppingBalance: "Whether an order left no more in the wallet than it should."
            case .cutOff: "Whether the dialogue was cut off and not ended by the user."
            case .judgeCoverage: "The share of the task's targets that the judge could decide."
            case .rounds: "How often the assistant spoke, the greeting left out."
            case .assistantToolCalls: "How many tools the assistant called."
            case .userToolCalls: "How many tools the user called."
            case .permissionMistakes:
                "User tools that the assistant called, and refusals by a permission that were repeated or left at that."
            }
        }

        fileprivate func value(in found: JSONValue) -> Double? {
            switch self {
            case .taskCompletion: found["task_completion"]?.doubleValue
            case .targetsAchieved: found["targets_share"]?.doubleValue
            case .toolPrecision: found["tool_call_metrics"]?["precision"]?.doubleValue
            case .toolRecall: found["tool_call_metrics"]?["recall"]?.doubleValue
            case .toolF1: found["tool_call_metrics"]?["f1"]?.doubleValue
            case .toolJaccard: found["tool_call_metrics"]?["jaccard"]?.doubleValue
            case .shoppingScore: found["shopping"]?["score_ratio"]?.doubleValue
            case .shoppingProducts: PauseFigures.productRate(in: found)
            case .shoppingQuantities: found.at("shopping.details.quantity_size_match.score")?.doubleValue
            case .shoppingVoucher: found.at("shopping.details.voucher_ids_match.score")?.doubleValue
            case .shoppingBalance: found.at("shopping.details.balance_check.score")?.doubleValue
            case .cutOff: found["terminated"]?.boolValue.map { $0 ? 1 : 0 }
            case .judgeCoverage: found["judge_coverage"]?.doubleValue
            case .rounds: found["rounds"]?.doubleValue
            case .assistantToolCalls: found["assistant_tool_calls"]?.doubleValue
            case .userToolCalls: found["user_tool_calls"]?.doubleValue
            case .permissionMistakes: found["permission_mistakes"]?.doubleValue
            }
        }
    }

    let quantity: Quantity

    var defaultAggregation: String { "mean" }

    var scale: MetricScale {
        switch quantity {
        case .rounds, .assistantToolCalls, .userToolCalls, .permissionMistakes: .amount
        default: .score
        }
    }

    func score(_ episode: Episode, as id: String) throws -> Score? {
        let output = episode.judgeOutput
        guard var found = output["pause"] else {
            throw EvaluationError(
                .judgeFailed, "metric '\(id)' finds nothing that a judge of PAUSE left", cause: .configuration,
                advice: "let a judge with 'implementation: pause_rules' or 'pause_semantic' run before it")
        }
        if let shopping = output["pause_shopping"], var object = found.objectValue {
            object["shopping"] = shopping
            found = .object(object)
        }
        guard let value = quantity.value(in: found) else { return nil }
        let model = found["assistant_model"]?.stringValue ?? ""
        let branch = found["branch"]?.stringValue ?? ""
        return Score(
            metric: id, values: [quantity.rawValue.replacingPrefix("pause_"): value],
            metadata: [
                "domain": .string("\(model) \(branch)"), "branch": .string(branch), "assistant_model": .string(model),
                "difficulty": found["difficulty"] ?? .null, "task_id": found["log"] ?? .null,
                "termination_reason": found["termination_reason"] ?? .null,
            ],
            explanation: quantity == .taskCompletion ? Self.explanation(of: found) : nil)
    }

    /// Why a task was not completed.
    private static func explanation(of found: JSONValue) -> String? {
        let issues = (found["issues"]?.arrayValue ?? []).compactMap(\.stringValue)
        if !issues.isEmpty { return issues.prefix(6).joined(separator: "\n") }
        let analysis = found["error_analysis"]?.stringValue ?? ""
        return analysis.isEmpty ? nil : analysis
    }
}

extension String {
    /// The text without what it begins with.
    func replacingPrefix(_ prefix: String) -> String { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self }
}
