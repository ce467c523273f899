import Evaluation
import JSON
import Testing

@testable import Proactive

@Suite struct PreferenceSetTests {
    private func line(
        _ action: ProactiveAction, score: Double, state: String = "s", point: Int = 0, persona: Persona = .novice,
        text: String? = nil
    ) -> ScoredTrajectory {
        let words = text ?? (action == .clarify ? "Which?" : "def f(): pass")
        var line = ProactiveTrajectory(
            state: .coding(state), action: action, actionPrompt: "", assistantMessage: words, persona: persona,
            reaction: UserReaction(), isMainline: true)
        line.decisionPoint = point
        return ScoredTrajectory(line, task: TaskScore(score: score, method: "tests"))
    }

    @Test func theBetterActionIsChosenAndActionsAlwaysDiffer() {
        let set = PreferenceSet(
            [
                line(.clarify, score: 1), line(.execute, score: 0), line(.execute, score: 0.1),
                line(.execute, score: 1, state: "t"), line(.clarify, score: 1, state: "t"),
            ], settings: RewardSettings())
        #expect(set.pairs.map(\.chosenAction) == [.clarify, .execute])
        for pair in set.pairs {
            #expect(pair.chosenAction != pair.rejectedAction)
            #expect((pair.rewards[pair.chosenAction] ?? 0) > (pair.rewards[pair.rejectedAction] ?? 0))
        }
        #expect(set.pairs[0].rewards[.execute] == 0.1)
        #expect(set.pairs[0].taskScores == [.clarify: 1, .execute: 0.1])
        #expect(abs((set.pairs[0].interruptCosts[.clarify] ?? 0) - 0.24) < 1e-12)
        #expect(set.pairs[0].chosenText == "Which?")
    }

    @Test func anActionIsRankedByItsBestOrItsMean() {
        let lines = [line(.clarify, score: 0.5, text: "one"), line(.execute, score: 1), line(.execute, score: 0)]
        #expect(PreferenceSet(lines, settings: RewardSettings()).pairs.map(\.chosenAction) == [.execute])
        var settings = RewardSettings()
        settings.rank = .mean
        #expect(PreferenceSet(lines, settings: settings).ties == 1)
    }

    @Test func tiesAndSingleActionsMakeNoPairAndAreCounted() {
        let lines = [
            line(.clarify, score: 0.5, state: "a", text: "same"), line(.execute, score: 0.5, state: "a"),
            line(.execute, score: 1, state: "b"), line(.execute, score: 0, state: "b"),
            line(.clarify, score: 0.7, state: "c", text: "near"), line(.execute, score: 0.6, state: "c"),
        ]
        var settings = RewardSettings()
        let set = PreferenceSet(lines, settings: settings)
        #expect((set.groups, set.pairs.count, set.ties, set.singleActionGroups) == (3, 1, 1, 1))
        settings.minimumGap = 0.2
        #expect(PreferenceSet(lines, settings: settings).ties == 2)
    }

    @Test func decisionPointsAndUsersAreGroupedApart() {
        let lines = [
            line(.clarify, score: 1, point: 0), line(.execute, score: 0, point: 0),
            line(.clarify, score: 0, point: 1), line(.execute, score: 1, point: 1),
            line(.clarify, score: 0, point: 0, persona: .busy), line(.execute, score: 1, point: 0, persona: .busy),
        ]
        let set = PreferenceSet(lines, settings: RewardSettings())
        #expect(set.pairs.map(\.chosenAction) == [.clarify, .execute, .execute])
        #expect(set.pairs.map(\.decisionPoint) == [0, 1, 0])
        // Without the user the three prompts are one, and it has pairs in both directions.
        #expect(set.conflicts == 1)
        #expect(set.statistics["chosen"] == ["Clarify": 1, "Execute": 2])
    }

    @Test func otherWeightsNeedNothingButTheTrajectories() {
        let lines = [line(.clarify, score: 1, text: "A? B? C?"), line(.execute, score: 0.5)]
        var settings = RewardSettings()
        #expect(PreferenceSet(lines, settings: settings).pairs[0].chosenAction == .execute)
        settings.cost.alpha = 0.1
        #expect(PreferenceSet(lines, settings: settings).pairs[0].chosenAction == .clarify)
    }

    @Test func aPairHasThePublishedKeysAndSurvivesItsFile() throws {
        let pair = try #require(
            PreferenceSet([line(.clarify, score: 1), line(.execute, score: 0)], settings: RewardSettings()).pairs.first)
        for key in [
            "state", "chosen_action", "rejected_action", "chosen_text", "rejected_text", "rewards", "task_scores",
            "interrupt_costs", "state_id", "decision_point", "persona",
        ] { #expect(pair.json[key] != nil) }
        #expect(try PreferencePair(json: .object(pair.json)) == pair)
    }

    @Test func pairsWithFlatKeysAreRead() throws {
        let pair = try PreferencePair(json: [
            "state": ["id": "a", "domain": "coding", "query": "q", "task_uncertainty": 0.3],
            "chosen_action": "Execute", "rejected_action": "Clarify", "chosen_assistant_msg": "x",
            "rejected_assistant_msg": "y?", "chosen_reward": 1.0, "rejected_reward": -0.2, "chosen_task_score": 1.0,
            "rejected_task_score": 0.0, "chosen_interrupt_cost": 0.0, "rejected_interrupt_cost": 0.2,
        ])
        #expect(pair.rewards == [.execute: 1, .clarify: -0.2])
        #expect(pair.interruptCosts == [.execute: 0, .clarify: 0.2])
        #expect((pair.chosenText, pair.rejectedText, pair.persona) == ("x", "y?", nil))
    }

    @Test func aPairOfOneActionIsRefused() {
        #expect(throws: EvaluationError.self) {
            try PreferencePair(json: [
                "state": ["id": "a", "domain": "coding", "query": "q"], "chosen_action": "Execute",
                "rejected_action": "Execute", "chosen_text": "", "rejected_text": "",
            ])
        }
    }
}
