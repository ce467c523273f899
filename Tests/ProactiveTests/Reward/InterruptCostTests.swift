import Testing

@testable import Proactive

@Suite struct InterruptCostTests {
    @Test(arguments: [
        (MessageCostFacts(questions: 2, words: 250, reject: 1), 1.26),
        (MessageCostFacts(questions: 0, words: 10), 0.0),
        (MessageCostFacts(questions: 2, words: 201, reject: 1, offTopic: 1), 1.68),
        (MessageCostFacts(questions: 1, words: 200), 0.24),
    ])
    func theSeedFormulaGivesThePublishedValues(facts: MessageCostFacts, cost: Double) {
        #expect(abs(InterruptCost().cost(facts) - cost) < 1e-12)
    }

    @Test(arguments: [
        (MessageCostFacts(questions: 2, words: 9, answered: 1), -0.6),
        (MessageCostFacts(questions: 2, words: 9, reject: 1), 1.4),
        (MessageCostFacts(questions: 2, words: 9), 0.0),
    ])
    func theSecondFormulaGivesThePublishedValues(facts: MessageCostFacts, cost: Double) {
        var costs = InterruptCost()
        costs.formula = .v2
        #expect(abs(costs.cost(facts) - cost) < 1e-12)
    }

    @Test func withoutAlphaNothingCosts() {
        var costs = InterruptCost()
        costs.alpha = 0
        #expect(costs.cost(MessageCostFacts(questions: 5, words: 900, reject: 1, offTopic: 1)) == 0)
    }

    @Test func aTrajectoryCostsWhatItsMessagesCostNotTheJoinedText() async throws {
        let line = try await TrajectoryGenerator.testing(rule: .expected) { $0.mainlineAction = .clarify }
            .trajectories(for: .coding(), as: .busy)[0]
        #expect(line.interactions.count == 2)
        // One question that is refused: .6 (.4 + 1), and nothing for the code.
        #expect(abs(InterruptCost().cost(of: line) - 0.84) < 1e-12)
    }

    @Test func theWeightOfTheCostFollowsTheFormulaUnlessGiven() {
        var settings = RewardSettings()
        #expect(settings.reward(taskScore: 1, interruptCost: 0.5) == 0.5)
        settings.cost.formula = .v2
        #expect(settings.reward(taskScore: 1, interruptCost: 0.5) == 0.95)
        settings.interruptWeight = 0.2
        settings.taskWeight = 2
        #expect(settings.reward(taskScore: 1, interruptCost: 0.5) == 1.9)
    }
}
