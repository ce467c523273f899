import Evaluation
import Models
import Testing

@Suite struct BudgetTests {
    private func model(_ budget: ModelBudget, cost: Double?, tokens: Int = 10) -> BudgetedModel {
        let usage = Usage(inputTokens: tokens - 1, outputTokens: 1)
        return BudgetedModel(StubModel { _, _, _ in .text("a", usage: usage, cost: cost) }, budget: budget)
    }

    private func ask(_ model: BudgetedModel) async throws -> ChatResponse {
        try await model.respond(to: Fixtures.request(), in: Fixtures.context())
    }

    @Test func callsEndWhenTheDollarsAreSpent() async throws {
        let budget = ModelBudget(maximumDollars: 0.25)
        let model = model(budget, cost: 0.1)
        for _ in 0..<3 { _ = try await ask(model) }
        let error = try await evaluationError { try await ask(model) }
        #expect(error.code == .budgetExhausted)
        #expect(error.retry == .never)
        #expect(budget.spent.calls == 3)
    }

    @Test func callsEndWhenTheTokensAreSpentAndModelsShareABudget() async throws {
        let budget = ModelBudget(maximumTokens: 20)
        _ = try await ask(model(budget, cost: nil))
        _ = try await ask(model(budget, cost: nil))
        #expect(try await evaluationError { try await ask(model(budget, cost: nil)) }.code == .budgetExhausted)
        #expect(budget.spent.tokens == 20)
    }

    @Test func aBudgetInDollarsNeedsPrices() async throws {
        let error = try await evaluationError { try await ask(model(ModelBudget(maximumDollars: 1), cost: nil)) }
        #expect(error.code == .configurationInvalid)
        #expect(error.advice?.contains("price") == true)
    }

    @Test func replayedAnswersCostNothing() async throws {
        let budget = ModelBudget(maximumTokens: 1)
        let model = BudgetedModel(
            StubModel { _, _, _ in
                var response = ChatResponse.text("a", usage: Usage(inputTokens: 5, outputTokens: 5))
                response.isReplayed = true
                return response
            }, budget: budget)
        for _ in 0..<3 { _ = try await ask(model) }
        #expect(budget.spent == ModelBudget.Spending())
    }

    @Test(arguments: [
        (Usage(inputTokens: 1_000_000, outputTokens: 0), 2.0), (Usage(inputTokens: 0, outputTokens: 500_000), 4.0),
        (Usage(inputTokens: 1_000_000, outputTokens: 0, cachedInputTokens: 400_000), 1.4),
        (Usage(inputTokens: 100, outputTokens: 0, cachedInputTokens: 1_000_000), 0.00005),
    ])
    func pricesAreDollarsPerMillionTokens(usage: Usage, dollars: Double) throws {
        let price = ModelPrice(input: 2, output: 8, cachedInput: 0.5)
        #expect(abs(try #require(price.cost(of: usage)) - dollars) < 1e-12)
    }

    @Test func unknownTokensHaveNoCost() {
        #expect(ModelPrice(input: 1, output: 1).cost(of: Usage(outputTokens: 4)) == nil)
    }

    @Test(
        arguments: [
            ("gpt-4.1", "openai", 2.0), ("gpt-4.1-2025-04-14", "openai", 2.0),
            ("gpt-4o-mini-2024-07-18", "openai", 0.15),
            ("gpt-4.1", "openrouter", nil), ("gpt-99", "openai", nil), ("gpt-4.1-2025", "openai", nil),
        ] as [(String, String, Double?)])
    func theBuiltInTableKnowsModelsAndTheirSnapshots(model: String, provider: String, input: Double?) {
        #expect(PriceTable.builtIn.price(of: model, provider: provider)?.input == input)
    }
}
