import Evaluation
import JSON

/// Has a language model write a task: up to three attempts, each followed by up to two rounds of validation.
struct TaskWriter {
    static let attempts = 3
    static let validationRounds = 2
    static let examplesPerAttempt = 3

    let model: any ChatModel
    let parameters: JSONObject
    let prompts: BranchPrompts
    private var calls = 0

    init(model: any ChatModel, parameters: JSONObject, prompts: BranchPrompts) {
        self.model = model
        self.parameters = parameters
        self.prompts = prompts
    }

    /// A task that the validator accepted; nil when no attempt gave one.
    ///
    /// Throws what the model throws: a provider that cannot be reached is no bad task.
    mutating func draft(examples: [TaskDraft], from stream: inout PauseStream) async throws -> TaskDraft? {
        for _ in 0..<Self.attempts {
            let chosen = stream.sample(Self.examplesPerAttempt, of: examples)
            let answer = try await ask(prompts.generation(examples: chosen))
            guard let draft = TaskDraft(text: answer) else { continue }
            if let accepted = try await validated(draft) { return accepted }
        }
        return nil
    }

    /// The draft, or what the validator made of it, once it is valid and its targets fit the instruction.
    private mutating func validated(_ draft: TaskDraft) async throws -> TaskDraft? {
        var draft = draft
        for _ in 0..<Self.validationRounds {
            let answer = try await ask(prompts.validation(of: draft))
            guard let object = ModelJSON.object(in: answer), let isValid = object["task_valid"]?.boolValue,
                let isAligned = object["alignment"]?.boolValue
            else { return nil }
            if isValid, isAligned { return draft }
            if let text = object["task_instruction"]?.stringValue, !text.isEmpty { draft.instruction = text }
            if let targets = object["targets"]?.arrayValue?.compactMap(\.stringValue), !targets.isEmpty {
                draft.targets = targets
            }
            guard draft.isWellFormed else { return nil }
        }
        return nil
    }

    private mutating func ask(_ prompt: String) async throws -> String {
        defer { calls += 1 }
        return try await Self.ask(model, parameters: parameters, prompt, index: calls)
    }

    /// One question; the answer's text.
    static func ask(
        _ model: any ChatModel, parameters: JSONObject, _ prompt: String, index: Int
    ) async throws -> String {
        let request = ChatRequest(messages: [.system(prompt)], parameters: parameters)
        let context = CallContext(
            episode: EpisodeID(task: "pause_generate_tasks", sample: "generation", trial: 0), purpose: "generator",
            index: index)
        return try await model.respond(to: request, in: context).message.text ?? ""
    }
}
