import Evaluation
import JSON
import Testing

@testable import Models

@Suite("Token counts of compatible servers")
struct OpenAIUsageTests {
    @Test("a count that no reply has is bounded, so that sums of it do not overflow")
    func hugeCounts() throws {
        let usage = OpenAIUsage.read(["prompt_tokens": .int(.max), "completion_tokens": .int(.max)])
        let input = try #require(usage?.inputTokens)
        let output = try #require(usage?.outputTokens)
        #expect(input == 1_000_000_000_000)
        #expect(output == 1_000_000_000_000)
    }
}
