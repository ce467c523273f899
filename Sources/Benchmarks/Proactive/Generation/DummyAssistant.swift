public import Evaluation
import JSON

/// Writes messages without a model, by the action alone.
public struct DummyAssistant: AssistantWriter {
    /// How much it knows.
    public enum Knowledge: String, Sendable, Hashable, CaseIterable, ParameterChoice {
        /// Nothing: stock questions, and code or plans that do nothing.
        case plain
        /// The reference solution, which it gives once it was told every hidden fact; before, the obvious wrong guess.
        case oracle
    }

    private let knowledge: Knowledge

    /// Makes a writer.
    public init(_ knowledge: Knowledge = .plain) { self.knowledge = knowledge }

    /// Writes a question for Clarify, and code or a plan without a question for Execute.
    public func message(for request: AssistantRequest) async throws -> AssistantMessage {
        switch (request.action, request.state.domain) {
        case (.clarify, let domain): AssistantMessage(question(domain, draw: request.draw))
        case (.execute, .coding): AssistantMessage("```python\n\(program(for: request.state))\n```")
        case (.execute, .planning): AssistantMessage(plan(for: request.state))
        }
    }

    /// For an oracle: whether the user knows something that was not said yet.
    public func hasQuestions(in state: ProactiveState) -> Bool {
        guard knowledge == .oracle else { return true }
        // Everybody asks once: what is known about the request is only known after having asked.
        return !state.query.contains("\n[User]: ") || !HiddenFacts(of: state).isEnoughSaid(in: state.query)
    }

    private func question(_ domain: ProactiveDomain, draw: ReactionDraw) -> String {
        let coding = [
            "Which inputs have to be handled, and how?", "What exactly should come out in the unusual cases?",
            "Is there an example of what you expect?",
        ]
        let planning = [
            "Which of these things matters most to you?", "What is fixed already, and at what time?",
            "How much time and money can the plan use?",
        ]
        var generator = draw.generator(for: "question")
        let questions = domain == .coding ? coding : planning
        return "Before I begin: " + (questions.randomElement(using: &generator) ?? questions[0])
    }

    private func program(for state: ProactiveState) -> String {
        if knowledge == .oracle {
            let isTold = HiddenFacts(of: state).isEnoughSaid(in: state.query)
            let wanted = isTold ? state.extras["solution"] : state.extras["naive_solution"]
            if let text = wanted?.stringValue { return text.trimmed }
        }
        let name = state.extras["entry_point"]?.stringValue ?? "solution"
        return "def \(name)(*arguments):\n    # Nothing is known about what to do here.\n    return None"
    }

    private func plan(for state: ProactiveState) -> String {
        var steps = [
            "First write down everything that has to be done, and how long each item will take.",
            "Do what is important and urgent before noon, one thing at a time, without interruptions.",
            "After a break, take what others are waiting for, and tell them when it will be ready.",
            "Finally go through the list, move what is left to another day, and note what was learned.",
        ]
        if knowledge == .oracle {
            let facts = HiddenFacts(of: state)
            let unsaid = Set(facts.unsaid(in: state.query))
            let told = facts.facts.filter { !unsaid.contains($0) }
            if !told.isEmpty { steps.insert("Mind what was said: " + told.joined(separator: " "), at: 1) }
        }
        return steps.enumerated().map { "\($0.offset + 1). \($0.element)" }.joined(separator: "\n")
    }
}
