import Evaluation
import JSON
import Testing

@testable import Tau

@Suite("Replies about failed τ-bench dialogues")
struct Tau1ErrorReplyTests {
    @Test(
        "A choice is read out of JSON wherever it stands",
        arguments: [
            (#"{"classification": "B"}"#, 1), ("```json\n{\" classification \": \"B. The agent\"}\n```", 1),
            ("```\n{\"classification\": \"C\"}\n```", 2),
            ("I think so:\n{\n  \"classification\": \"A\"\n}\nThat is all.", 0),
            ("First this:\n```python\nprint(1)\n```\nthen {\n\"classification\": \"C\"}", nil),
            ("First this:\n```python\nprint(1)\n```\nthen\n{\"classification\":\n\"C\"}", 2),
            (#"{"classification": "the agent"}"#, 1), (#"{"classification": "A) The user"}"#, 0),
            (#"{"classification": "Agent"}"#, nil), (#"{"classification": "b"}"#, nil),
            (#"{"classification": "D"}"#, nil), (#"{"classification": 1}"#, nil), (#"{"class": "A"}"#, nil),
            ("B", nil), ("", nil), ("null", nil), ("[]", nil),
        ] as [(String, Int?)])
    func choice(reply: String, place: Int?) throws {
        if let place {
            #expect(try Tau1ErrorQuestion.author.choice(in: reply) == place)
        } else {
            let error = #expect(throws: EvaluationError.self) { try Tau1ErrorQuestion.author.choice(in: reply) }
            #expect(error?.code == .judgeFailed)
        }
    }

    @Test func aLongReplyWithoutAnObjectIsGivenUpSoon() {
        let reply = String(repeating: "{ and }\n", count: 5000)
        #expect(Tau1ErrorReply.object(in: reply) == nil)
    }
}
