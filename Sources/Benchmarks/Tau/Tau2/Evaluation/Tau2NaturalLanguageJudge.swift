import Evaluation
import JSON

/// Asks a model whether statements about a dialogue are true.
///
/// One question for all statements, answered by one JSON object, as officially; the wording is gage's own.
struct Tau2NaturalLanguageJudge: Sendable {
    let model: any ChatModel
    /// Sampling parameters of the call.
    let parameters: JSONObject

    /// What the model found, with what asking it cost.
    struct Answer: Sendable {
        var findings: [Tau2RewardInfo.StatementCheck]
        var response: ChatResponse
    }

    /// Asks about a dialogue; throws ``EvaluationError`` (`judge.failed`) when the reply is not of the form asked for.
    func ask(
        about statements: [String], in messages: [Tau2Message], context: CallContext
    ) async throws -> Answer {
        let request = ChatRequest(
            messages: [.system(Self.instructions), .user(Self.question(statements, messages))],
            parameters: parameters)
        let response = try await model.respond(to: request, in: context)
        return Answer(findings: try Self.findings(in: response.message.text ?? ""), response: response)
    }

    static let instructions = """
        # Task
        You are shown a conversation between a customer service agent and a customer, and a list of expected outcomes. \
        Decide for each expected outcome, by itself, whether the agent satisfied it.

        # Format
        Answer with one JSON object and nothing else:
        {
            "results": [
                {
                    "expectedOutcome": "<the expected outcome, repeated>",
                    "reasoning": "<why, in short>",
                    "metExpectation": <true or false>
                }
            ]
        }
        """

    static func question(_ statements: [String], _ messages: [Tau2Message]) -> String {
        let conversation = messages.map { "\($0.role.rawValue): \($0.content ?? "None")" }.joined(separator: "\n")
        let outcomes = JSONValue.array(statements.map(JSONValue.string)).pythonRepresentation
        return "conversation:\n\(conversation)\n\nexpectedOutcomes:\n\(outcomes)\n"
    }

    /// Reads the reply, which may stand in a code fence.
    ///
    /// A reply without any finding is refused: it says nothing about the agent.
    static func findings(in reply: String) throws(EvaluationError) -> [Tau2RewardInfo.StatementCheck] {
        guard let start = reply.utf8.firstIndex(of: UInt8(ascii: "{")),
            let end = reply.utf8.lastIndex(of: UInt8(ascii: "}")), start < end
        else { throw malformed("there is no JSON object in it") }
        let json: JSONValue
        do {
            json = try JSONValue.parse(String(reply[start...end]))
        } catch {
            throw malformed(error.description)
        }
        var findings: [Tau2RewardInfo.StatementCheck] = []
        for item in json["results"]?.arrayValue ?? [] {
            guard let statement = item["expectedOutcome"]?.stringValue, let isMet = item["metExpectation"]?.boolValue
            else { throw malformed("a result lacks 'expectedOutcome' or 'metExpectation'") }
            findings.append(
                .init(
                    statement: statement, isMet: isMet, justification: item["reasoning"]?.stringValue ?? ""))
        }
        guard !findings.isEmpty else { throw malformed("'results' is empty") }
        return findings
    }

    private static func malformed(_ problem: String) -> EvaluationError {
        EvaluationError(
            .judgeFailed, "the judge's reply about natural-language assertions cannot be read: \(problem)",
            cause: .provider, retry: .worthwhile)
    }
}
