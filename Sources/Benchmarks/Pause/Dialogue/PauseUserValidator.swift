import Evaluation
import JSON

/// Checks whether what a simulated user says keeps to its role, and puts right what does not.
struct PauseUserValidator: Sendable {
    /// The model that checks.
    let model: any ChatModel
    /// What the user is told.
    let userPrompt: String
    /// Sampling parameters of every call.
    var parameters: JSONObject = [:]
    /// How often a text is looked at.
    var attempts = 3

    /// One finding about a text.
    struct Finding: Sendable, Hashable {
        var isValid: Bool
        var reason: String
        var rewrite: String

        /// Reads a validator's reply; one that cannot be read finds the text invalid.
        init(reply: String) {
            guard let value = PauseReply.object(in: reply) else {
                self.init(isValid: false, reason: "user_valid_parse_error")
                return
            }
            self.init(
                isValid: value["valid"]?.boolValue ?? false, reason: value["reason"]?.stringValue ?? "",
                rewrite: value["rewrite_last_user_message"]?.stringValue ?? "")
        }

        init(isValid: Bool, reason: String, rewrite: String = "") {
            self.isValid = isValid
            self.reason = reason
            self.rewrite = rewrite
        }
    }

    /// What the validator decides about a series of findings, one text after the other.
    enum Step: Sendable, Hashable {
        /// The text stands.
        case accept(String)
        /// This text takes its place and is looked at again.
        case check(String)
        /// The user cannot be made to keep to the role.
        case refuse(String)
    }

    /// What follows from a finding about a text, so many looks after the first.
    static func step(after finding: Finding, on text: String, look: Int, of attempts: Int) -> Step {
        if finding.isValid { return .accept(text) }
        let rewrite = finding.rewrite.trimmingBlanks
        guard !rewrite.isEmpty, look + 1 < attempts else { return .refuse(finding.reason) }
        return .check(rewrite)
    }

    /// The text, put right where it must be.
    ///
    /// Throws ``EvaluationError`` (`pause.user_invalid`), whose message is the last reason, when it cannot be.
    func settle(
        _ text: String, after view: [Message], in scope: EpisodeScope, notes: PauseDialogueNotes
    ) async throws -> String {
        var text = text
        for look in 0..<attempts {
            let reply = try await ask(about: text, in: view, scope, index: notes.validations.count)
            let finding = Finding(reply: reply)
            notes.addValidation([
                "valid": .bool(finding.isValid), "reason": .string(finding.reason),
                "rewrite_last_user_message": .string(finding.rewrite), "llm_raw": .string(reply),
            ])
            switch Self.step(after: finding, on: text, look: look, of: attempts) {
            case .accept(let text): return text
            case .check(let rewritten): text = rewritten
            case .refuse(let reason): throw EvaluationError(.pauseUserInvalid, reason, cause: .provider)
            }
        }
        throw EvaluationError(.pauseUserInvalid, "not_validated", cause: .provider)
    }

    private func ask(
        about text: String, in view: [Message], _ scope: EpisodeScope, index: Int
    ) async throws -> String {
        let request = ChatRequest(
            messages: PausePrompts.validation(userPrompt: userPrompt, view: view, text: text), parameters: parameters,
            responseFormat: .jsonObject)
        return try await model.respond(to: request, in: scope.call("user_validator", index: index)).message.text ?? ""
    }
}
