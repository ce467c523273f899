import Evaluation
import JSON

/// A user of the original τ-bench whom a model plays.
///
/// To the model the roles are turned round: the user's own messages are the assistant's, the agent's are the user's, and
/// the conversation begins with a greeting that the agent never said.
struct Tau1ModelUser: DialogueParticipant {
    /// What a user is made of.
    struct Setup: Sendable {
        /// The model that plays the user.
        var model: any ChatModel
        /// How it is asked.
        var strategy: Tau1UserStrategy
        /// The whole system prompt, the instruction and a variant's text included.
        var systemPrompt: String
        /// The texts of questions about the user's messages.
        var prompts: Tau1Prompts
        /// How the agent's messages are read.
        var reader: Tau1ActionReader
        /// Sampling parameters of every call.
        var parameters: JSONObject = [:]
        /// What of the official simulators' oddities is kept.
        var habits = Tau1UserHabits.official
    }

    static let greeting = "Hi! How can I help you today?"
    private static let mostCandidates = 3

    private let setup: Setup
    private var history: [Message]
    private var calls: [String: Int] = [:]

    /// Makes a user who has said nothing yet.
    init(_ setup: Setup) {
        self.setup = setup
        history = [.system(setup.systemPrompt), .user(Self.greeting)]
    }

    mutating func receive(_ message: Message) {
        guard message.role == .assistant else { return }
        let text = setup.reader.answer(in: message).stringValue
        history.append(Message(role: .user, content: text.map { .text($0) } ?? .empty))
    }

    /// The user's next message.
    mutating func reply(in scope: EpisodeScope) async throws -> Trajectory.Entry {
        var turn = Tau1UserTurn()
        let written: String
        switch setup.strategy {
        case .llm, .react, .human, .frustrated, .anxious, .angry, .confused:
            written = try await candidate(after: history, &turn, in: scope)
            history.append(.assistant(written))
        case .verify: written = try await approvedCandidate(&turn, in: scope)
        case .reflection: written = try await reconsideredCandidate(&turn, in: scope)
        }
        let said = setup.strategy == .react ? try Tau1UserText.message(in: written, setup.habits) : written
        var message = Message.user(said)
        if said != written { message.reasoning = written }
        return turn.entry(message)
    }

    /// Samples until a message is approved; the last one is used in any case.
    private mutating func approvedCandidate(_ turn: inout Tau1UserTurn, in scope: EpisodeScope) async throws -> String {
        var written = ""
        for _ in 0..<Self.mostCandidates {
            written = try await candidate(after: history, &turn, in: scope)
            let shown = setup.habits == .official ? Tau1UserText.clientObject(saying: written) : written
            if try await isApproved(shown, after: history, &turn, in: scope) {
                history.append(.assistant(written))
                return written
            }
        }
        if setup.habits == .mended { history.append(.assistant(written)) }
        return written
    }

    /// Samples once more when a message is not approved, with the proposed text before it as if the agent had said it.
    private mutating func reconsideredCandidate(
        _ turn: inout Tau1UserTurn, in scope: EpisodeScope
    ) async throws -> String {
        let before = history
        let first = try await candidate(after: before, &turn, in: scope)
        history.append(.assistant(first))
        if try await isApproved(first, after: before, &turn, in: scope) { return first }
        let question = setup.prompts.question(.reflect, transcript: Tau1UserText.transcript(before), response: first)
        let reflection = try await ask([.user(question)], as: "user_reflection", &turn, in: scope)
        let urged = before + [.user(try Tau1UserText.proposal(in: reflection))]
        let second = try await candidate(after: urged, &turn, in: scope)
        let isBetter: Bool
        if setup.habits == .official {
            history.append(.assistant(second))
            isBetter = try await isApproved(second, after: urged, &turn, in: scope)
        } else {
            isBetter = try await isApproved(second, after: urged, &turn, in: scope)
            if isBetter { history = before + [.assistant(second)] }
        }
        return isBetter ? second : first
    }

    private mutating func candidate(
        after messages: [Message], _ turn: inout Tau1UserTurn, in scope: EpisodeScope
    ) async throws -> String {
        try await ask(messages, as: "user", &turn, in: scope)
    }

    private mutating func isApproved(
        _ response: String, after messages: [Message], _ turn: inout Tau1UserTurn, in scope: EpisodeScope
    ) async throws -> Bool {
        let question = setup.prompts.question(
            .verify, transcript: Tau1UserText.transcript(messages), response: response)
        let answer = try await ask([.user(question)], as: "user_verification", &turn, in: scope)
        return answer.lowercasedLikePython().containsText("true")
    }

    /// Asks the model for text.
    ///
    /// A user's model that fails is no fault of the agent's, and worth another attempt at the dialogue.
    private mutating func ask(
        _ messages: [Message], as purpose: String, _ turn: inout Tau1UserTurn, in scope: EpisodeScope
    ) async throws -> String {
        let index = calls[purpose, default: 0]
        calls[purpose] = index + 1
        do {
            let response = try await setup.model.respond(
                to: ChatRequest(messages: messages, parameters: setup.parameters), in: scope.call(purpose, index: index)
            )
            turn.add(response)
            if let text = response.message.text { return text }
            throw EvaluationError(.modelEmptyReply, "the user's model gave an empty reply", cause: .model)
        } catch var error as EvaluationError where error.cause == .model {
            error.cause = .provider
            if error.code != .contextWindowExceeded { error.retry = .worthwhile }
            throw error
        }
    }
}
