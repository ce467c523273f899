import Evaluation
import JSON
import Statistics
import Synchronization
import Testing

@testable import Proactive

@Suite("Evaluation of policies")
struct PolicyEvaluationTests {
    private let pairs = PolicyFixtures.pairs(40).map { pair in
        var pair = pair
        pair.state.mbppTests = "assert f() == 1"
        return pair
    }
    private var cases: [DecisionCase] { pairs.map { DecisionCase(pair: $0) } }

    @Test func theOracleIsAlwaysRight() async throws {
        let report = try await PolicyEvaluation().evaluate(OraclePolicy(), on: cases)
        #expect(report.policy.json["action_accuracy"]?.doubleValue == 100)
        #expect(report.policy.json["task_success_rate"]?.doubleValue == 100)
    }

    @Test func theSummaryHasThePublishedKeysAndMore() async throws {
        let json = try await PolicyEvaluation().evaluate(ConstantPolicy(.clarify), on: cases).json
        let summary = try #require(json["summary"])
        for key in [
            "task_success_rate", "avg_reward", "avg_task_score", "action_accuracy", "total_samples",
            "task_evaluated_samples", "task_success_count", "avg_interrupt_cost", "avg_questions", "reject_rate",
            "clarify_rate", "intervals",
        ] { #expect(summary[key] != nil, "no \(key)") }
        let detail = try #require(json["detailed_results"]?[0])
        for key in [
            "state_id", "predicted_action", "chosen_action", "task_score", "interrupt_cost", "total_reward",
            "response_length", "n_questions",
        ] { #expect(detail[key] != nil, "no \(key)") }
        #expect(json["per_persona"]?["Novice-Learner"]?["total_samples"]?.intValue == 40)
    }

    @Test func baselinesStandBesideIt() async throws {
        let report = try await PolicyEvaluation().evaluate(OraclePolicy(), on: cases)
        #expect(
            report.baselines.map(\.policy) == [
                "always_execute", "always_clarify", "mainline_rule", "untrained", "oracle",
            ])
        let execute = try #require(report.baselines[0].interruptCost?.value)
        let clarify = try #require(report.baselines[1].interruptCost?.value)
        #expect(clarify > execute)
        #expect(execute == 0)
        #expect(report.baselines[2].actionAccuracy?.value == 1)
        #expect(report.baselines[3].clarifyRate?.value == 0)
    }

    @Test func countsByHand() async throws {
        let all = try await PolicyEvaluation().evaluate(ConstantPolicy(.clarify), on: cases).policy
        let clarify = pairs.count { $0.chosenAction == .clarify }
        let share = Double(clarify) / 40
        #expect(all.json["action_accuracy"]?.doubleValue == 100 * share)
        #expect(all.json["task_success_count"]?.intValue == clarify)
        #expect(abs((all.reward?.value ?? 0) - (share - 0.24)) < 1e-12)
        #expect(all.questions?.value == 1)
        #expect(all.confusionJSON["Clarify"]?["Clarify"]?.intValue == clarify)
        #expect(all.confusionJSON["Execute"]?["Clarify"]?.intValue == 40 - clarify)
        #expect(all.confusionJSON["Execute"]?["Execute"]?.intValue == 0)
        let interval = try #require(all.actionAccuracy?.interval)
        #expect(interval.contains(share))
    }

    @Test func nothingTestedIsNoRateOfZero() async throws {
        let cases = PolicyFixtures.pairs(10).map { DecisionCase(pair: $0) }
        let summary = try await PolicyEvaluation().evaluate(OraclePolicy(), on: cases).policy.json
        #expect(summary["task_success_rate"]?.isNull == true)
        #expect(summary["task_evaluated_samples"]?.intValue == 0)
        #expect(summary["reject_rate"]?.isNull == true)
    }

    @Test func testingOnTrainingStatesIsALeak() async throws {
        let evaluation = PolicyEvaluation()
        let leaky = try await evaluation.evaluate(OraclePolicy(), on: cases, trainedOn: ["s-1", "s-2", "other"])
        #expect(leaky.leaked == ["s-1", "s-2"])
        #expect(leaky.warning?.contains("2 of the 40 states") == true)
        #expect(leaky.json["leak"]?["states"] == ["s-1", "s-2"])
        #expect(try await evaluation.evaluate(OraclePolicy(), on: cases, trainedOn: ["other"]).warning == nil)
        #expect(try await evaluation.evaluate(OraclePolicy(), on: cases).warning?.contains("not known") == true)
    }

    @Test func noCasesAreAnError() async {
        await #expect(throws: EvaluationError.self) { try await PolicyEvaluation().evaluate(OraclePolicy(), on: []) }
    }

    @Test func aPairWithoutFiguresIsAnErrorAndNoZero() async {
        let bare = PreferencePair(
            state: PolicyFixtures.state("a"), chosen: .clarify, chosenText: "?", rejectedText: "x")
        await #expect(throws: EvaluationError.self) {
            try await PolicyEvaluation().evaluate(OraclePolicy(), on: [DecisionCase(pair: bare)])
        }
    }

    /// Counts how often it is asked.
    private final class Counting: OutcomeSource {
        let name = "counting"
        // Protects the count.
        let count = Mutex(0)

        func outcome(of action: ProactiveAction, in item: DecisionCase) throws -> ActionOutcome {
            count.withLock { $0 += 1 }
            return try StoredOutcomes().outcome(of: action, in: item)
        }
    }

    @Test func anOutcomeIsFoundOnceForAllPolicies() async throws {
        let source = Counting()
        _ = try await PolicyEvaluation(outcomes: source).evaluate(OraclePolicy(), on: cases)
        #expect(source.count.withLock { $0 } == 80)
    }
}
