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
    /// When the dialogue's time or the scope's is used up, what is under way is cut off, and the rules decide what that
    /// means: for an agent it is a limit that it ran into, not a failure. The trajectory is there up to the failure when
    /// this throws. Throws ``EvaluationError`` and cancellation.
    public mutating func run(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let start = scope.clock.monotonicSeconds
        let own = timeLimit.map { start + $0.inSeconds }
        let end = [own, scope.deadline].compactMap { $0 }.min()
        guard let timeLimit, own == end else { return try await lead(&episode, in: scope, since: start, until: end) }
        // The scope's deadline is seen to by whoever set it; the dialogue's own is seen to here.
        let (loop, begun) = (self, episode)
        let result = await TimeLimit.run(timeLimit) {
            var (loop, episode) = (loop, begun)
            do {
                try await loop.lead(&episode, in: scope, since: start, until: end)
                return (loop, episode, nil as (any Error)?)
            } catch {
                return (loop, episode, error)
            }
        }
        let failure: (any Error)?
        switch result {
        case .ended(let ended), .cutOff(let ended): (self, episode, failure) = ended
        }
        if let failure { throw failure }
    }

    private mutating func lead(
        _ episode: inout Episode, in scope: EpisodeScope, since start: Double, until end: Double?
    ) async throws {
        for entry in opening {
            episode.trajectory.entries.append(entry)
            try deliver(entry, includingOwn: true)
        }
        var action = rules.start(with: opening)
        var hasExpired = false
        while true {
            if case .finish(let termination) = action {
                try await finish(&episode, termination)
                return
            }
            if let end, scope.clock.monotonicSeconds >= end {
                // Nothing more can be asked; rules that want to go on are not followed.
                action = hasExpired ? .finish(.timeout) : rules.next(after: .timeExpired)
                hasExpired = true
                continue
            }
            try Task.checkCancellation()
            if exceedsBudget(episode.trajectory) {
                action = .finish(.budget)
                continue
            }
            do {
                action = try await follow(action, on: &episode, in: scope, since: start)
            } catch {
                // What fails because its time is over has not failed otherwise.
                guard let end, scope.clock.monotonicSeconds >= end else { throw error }
            }
        }
    }

    private mutating func follow(
        _ action: DialogueAction, on episode: inout Episode, in scope: EpisodeScope, since start: Double
    ) async throws -> DialogueAction {
        switch action {
        case .ask(let participant): return try await ask(participant, on: &episode, in: scope, since: start)
        case .execute(let calls, let participant):
            let results = try await execute(calls, for: participant, on: &episode, in: scope, since: start)
            return rules.next(after: .results(results, for: participant))
        case .finish: return action
        }
    }

    private func finish(_ episode: inout Episode, _ termination: Termination) async throws {
        episode.trajectory.termination = termination
        episode.prediction = Prediction(answer: rules.finalAnswer)
        guard let world = episode.world as? any ArtifactWorld else { return }
        // Shielded, because a dialogue that used up its time has been cancelled, and what it left counts.
        let left = await Task.shielded { () async -> Result<JSONObject, any Error> in
            do { return .success(try await world.artifacts()) } catch { return .failure(error) }
        }
        episode.prediction?.artifacts = try left.get()
    }

    private mutating func ask(
        _ participant: Participant, on episode: inout Episode, in scope: EpisodeScope, since start: Double
    ) async throws -> DialogueAction {
        let began = scope.clock.monotonicSeconds
        if participant == .agent, let remark = rules.remark() {
            let entry = Trajectory.Entry(remark, by: .environment, time: began - start)
            episode.trajectory.entries.append(entry)
            try deliver(entry, includingOwn: false)
        }
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
        var heard = entry.message
        // What a participant thinks is its own.
        heard.reasoning = nil
        switch entry.speaker {
        case .agent:
            if includingOwn { try agent.receive(entry.message) }
            if isOpen { try user?.receive(heard) }
        case .user:
            if isOpen { try agent.receive(heard) }
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
