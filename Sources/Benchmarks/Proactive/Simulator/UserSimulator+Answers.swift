import Evaluation
import JSON

extension UserSimulator {
    /// The words of an answer: the model's, or as many hidden facts as the persona's expertise can tell.
    func answer(
        to message: String, in state: ProactiveState, as persona: Persona, draw: ReactionDraw, call: CallContext
    ) async throws -> String {
        if let model { return try await modelAnswer(model, to: message, in: state, as: persona, call: call) }
        var generator = draw.generator(for: "answer")
        let unsaid = HiddenFacts(of: state).unsaid(in: state.query)
        switch persona.expertise {
        case .low:
            let vague = [
                "I am not sure, something usual I guess.", "Hmm, whatever people normally want.", "I don't know.",
            ]
            return vague.randomElement(using: &generator) ?? vague[0]
        case .mid: return unsaid.first ?? "As I said; there is nothing special about it."
        case .high: return unsaid.isEmpty ? "Everything is in the request already." : unsaid.joined(separator: " ")
        }
    }

    private func modelAnswer(
        _ model: any ChatModel, to message: String, in state: ProactiveState, as persona: Persona, call: CallContext
    ) async throws -> String {
        let clarity =
            switch persona.expertise {
            case .low: "You are new to the subject: answer vaguely, leave things out, you do not know the terms."
            case .mid: "You know what you want: give one clear fact."
            case .high: "You are an expert: answer precisely, with every detail that matters."
            }
        var system =
            "You play a person who asked an assistant for help with a \(state.domain.rawValue) task and was asked"
        system += " something back. \(clarity) Answer in one or two short sentences, as that person, and nothing else."
        let unsaid = HiddenFacts(of: state).unsaid(in: state.query)
        if !unsaid.isEmpty { system += "\nWhat you know about the task:\n- " + unsaid.joined(separator: "\n- ") }
        let user = "[Your request]\n\(state.query)\n\n[The assistant asks]\n\(message)"
        let request = ChatRequest(
            messages: [.system(system), .user(user)], parameters: ["max_tokens": 100, "temperature": 0.7])
        let reply = try await model.respond(to: request, in: call)
        return try reply.proactiveText(of: "the simulated user")
    }
}

extension ChatResponse {
    /// The text of a reply; throws ``EvaluationError``, cause `model`, when there is none.
    func proactiveText(of speaker: String) throws(EvaluationError) -> String {
        let text = (message.text ?? "").trimmed
        guard !text.isEmpty else {
            throw EvaluationError(
                .modelEmptyReply, "\(speaker) said nothing", cause: .model, retry: .worthwhile)
        }
        return text
    }
}
