import Evaluation
import Testing

@Suite struct ChatResponseTests {
    private static func response(usage: Usage? = nil, cost: Double? = nil) -> ChatResponse {
        ChatResponse(message: .assistant("a"), finishReason: .stop, model: "m", usage: usage, cost: cost)
    }

    @Test(
        arguments: [
            (0.25, 0.25), (0, 0), (1e308, 1e12), (.infinity, 1e12), (-0.25, nil), (.nan, nil), (nil, nil),
        ] as [(Double?, Double?)])
    func aPriceThatCannotBeAddedUpIsNotTakenOver(cost: Double?, expected: Double?) {
        #expect(Self.response(cost: cost).cost == expected)
    }

    @Test func countsThatCannotBeAddedUpAreNotTakenOver() {
        let usage = Usage(inputTokens: .max, outputTokens: -1, cachedInputTokens: 7)
        let taken = Self.response(usage: usage).usage
        #expect(taken == Usage(inputTokens: 1_000_000_000_000, cachedInputTokens: 7))
        #expect(Self.response().usage == nil)
    }
}
