public import Evaluation
import JSON

/// Performs what a dialogue's rules decide: asks participants, runs calls in the world, keeps the trajectory.
///
/// The one loop of every benchmark. It decides nothing itself: who speaks next and when it is over is the rules', what
/// a call does is the world's, what a participant says is the participant's.
public struct DialogueLoop: Sendable {
    /// What bounds an agent's spending in one dialogue.
    public struct Budget: Sendable, Hashable {
        /// The largest number of tokens of all calls together; nil for no bound.
        public var tokens: Int?
        /// The largest price of all calls together in US dollars; nil for no bound.
        public var cost: Double?

        /// No bounds.
        public init(tokens: Int? = nil, cost: Double? = nil) {
            self.tokens = tokens
            self.cost = cost
        }
    }

    private var rules: any DialogueRules
    private var agent: any DialogueParticipant
    private var user: (any DialogueParticipant)?
    private let opening: [Trajectory.Entry]
    private let timeLimit: Duration?
    private let budget: Budget

    /// Prepares a dialogue; `agent` speaks where the setup brings no agent of its own.
    public init(setup: DialogueSetup, agent: any DialogueParticipant, budget: Budget = Budget()) {
        rules = setup.rules
        self.agent = setup.agent ?? agent
        user = setup.user
        opening = setup.opening
        timeLimit = setup.timeLimit
        self.budget = budget
    }

    /// Leads the dialogue to its end, in the episode's world; its trajectory and prediction are there afterwards.
    ///
    /// The trajectory is there up to the failure when this throws. Throws ``EvaluationError`` and cancellation.
    public mutating func run(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let start = scope.clock.monotonicSeconds
        let end = timeLimit.map { start + $0.inSeconds }
        for entry in opening {
            episode.trajectory.entries.append(entry)
            try deliver(entry, includingOwn: true)
        }
        var action = rules.start(with: opening)
        var hasExpired = false
        while true {
            try Task.checkCancellation()
            if case .finish(let termination) = action {
                finish(&episode, termination)
                return
            }
            if let end, !hasExpired, scope.clock.monotonicSeconds >= end {
                hasExpired = true
                action = rules.next(after: .timeExpired)
                continue
            }
            if exceedsBudget(episode.trajectory) {
                action = .finish(.budget)
                continue
            }
            switch action {
            case .ask(let participant):
                action = try await ask(participant, on: &episode, in: scope, since: start)
            case .execute(let calls, let participant):
                let results = try await execute(calls, for: participant, on: &episode, in: scope, since: start)
                action = rules.next(after: .results(results, for: participant))
            case .finish:
                continue
            }
        }
    }

    private func finish(_ episode: inout Episode, _ termination: Termination) {
        episode.trajectory.termination = termination
        episode.prediction = Prediction(answer: rules.finalAnswer)
    }

    private mutating func ask(
        _ participant: Participant, on episode: inout Episode, in scope: EpisodeScope, since start: Double
    ) async throws -> DialogueAction {
        let began = scope.clock.monotonicSeconds
        var entry: Trajectory.Entry
        do {
            entry = try await reply(of: participant, in: scope)
        } catch let error as EvaluationError {
            guard let action = rules.next(afterFailureOf: participant, error) else { throw error }
            scope.events.report(
                RunEvent(
                    "reply_failed", episode: episode.id,
                    payload: ["participant": .string(participant.rawValue), "error": .string(error.message)]))
            return action
        }
        entry.time = scope.clock.monotonicSeconds - start
        entry.duration = scope.clock.monotonicSeconds - began
        episode.trajectory.entries.append(entry)
        try deliver(entry, includingOwn: false)
        return rules.next(after: .message(entry.message, from: participant))
    }

    private mutating func reply(of participant: Participant, in scope: EpisodeScope) async throws -> Trajectory.Entry {
        switch participant {
        case .agent: return try await agent.reply(in: scope)
        case .user:
            if let entry = try await user?.reply(in: scope) { return entry }
            fallthrough
        case .environment:
            throw EvaluationError(
                .unexpected, "the dialogue's rules ask a \(participant.rawValue) that there is not", cause: .gage)
        }
    }

    private mutating func execute(
        _ calls: [ToolCall], for participant: Participant, on episode: inout Episode, in scope: EpisodeScope,
        since start: Double
    ) async throws -> [ToolResult] {
        var results: [ToolResult] = []
        for call in calls {
            let began = scope.clock.monotonicSeconds
            let result = try await run(call, for: participant, on: &episode)
            results.append(result)
            var entry = Trajectory.Entry(
                .tool(result, answering: call), by: .environment, requester: participant,
                time: scope.clock.monotonicSeconds - start)
            entry.duration = scope.clock.monotonicSeconds - began
            episode.trajectory.entries.append(entry)
            try deliver(entry, includingOwn: false)
        }
        return results
    }

    private func run(
        _ call: ToolCall, for participant: Participant, on episode: inout Episode
    ) async throws -> ToolResult {
        guard episode.world != nil else {
            return ToolResult(content: "Error: Tool '\(call.name)' not found.", isError: true)
        }
        return try await episode.world?.execute(call, by: participant) ?? ToolResult(content: "", isError: true)
    }

    /// Hands an entry to those whom it reaches, as ``DialogueParticipant`` says.
    private mutating func deliver(_ entry: Trajectory.Entry, includingOwn: Bool) throws {
        let isOpen = entry.message.toolCalls.isEmpty
        switch entry.speaker {
        case .agent:
            if includingOwn { try agent.receive(entry.message) }
            if isOpen { try user?.receive(entry.message) }
        case .user:
            if isOpen { try agent.receive(entry.message) }
            if includingOwn { try user?.receive(entry.message) }
        case .environment:
            if entry.requester == .user {
                try user?.receive(entry.message)
            } else {
                try agent.receive(entry.message)
            }
        }
    }

    private func exceedsBudget(_ trajectory: Trajectory) -> Bool {
        if let tokens = budget.tokens {
            let usage = trajectory.usage()
            if (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0) > tokens { return true }
        }
        if let limit = budget.cost {
            return trajectory.entries.reduce(0) { $0 + ($1.cost ?? 0) } > limit
        }
        return false
    }
}

extension Duration {
    /// The duration in seconds.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
