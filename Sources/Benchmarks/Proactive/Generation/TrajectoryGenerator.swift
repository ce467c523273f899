/// Generates what an assistant says and how users take it: for a state, the mainline and what else could be done.
///
/// The command line and runs use the same one. Every random choice has a stream of its own, so that neither the order of
/// states nor what runs beside them changes anything.
public struct TrajectoryGenerator: Sendable {
    /// How trajectories are generated.
    public var settings: GenerationSettings
    /// The assistant.
    public var writer: any AssistantWriter
    /// The user.
    public var user: UserSimulator
    /// The assistant's instructions.
    public var prompts: ActionPrompts
    /// Says whether a dialogue's task is done.
    public var reward: TaskReward
    /// The seed of all choices.
    public var seed: UInt64

    /// Makes a generator.
    public init(
        settings: GenerationSettings, writer: any AssistantWriter, user: UserSimulator, prompts: ActionPrompts,
        reward: TaskReward, seed: UInt64
    ) {
        self.settings = settings
        self.writer = writer
        self.user = user
        self.prompts = prompts
        self.reward = reward
        self.seed = seed
    }

    /// The trajectories of a state: three, two, or one for each turn of a dialogue.
    ///
    /// Throws what models and sandboxes throw.
    public func trajectories(
        for state: ProactiveState, as persona: Persona, calls: CallRecorder = CallRecorder()
    ) async throws -> [ProactiveTrajectory] {
        let job = Job(persona: persona, calls: calls)
        return settings.isMultiTurn
            ? try await dialogue(from: state, job) : try await branches(at: state, job)
    }

    /// What stays the same within a state.
    struct Job {
        let persona: Persona
        let calls: CallRecorder
    }

    private func mainline(_ state: ProactiveState, _ persona: Persona) -> (action: ProactiveAction, by: String) {
        if let chosen = settings.mainlineAction { return (chosen, "manual") }
        return (MainlineRule.action(for: persona, in: state), "persona+state")
    }

    private func branches(at state: ProactiveState, _ job: Job) async throws -> [ProactiveTrajectory] {
        let (action, chooser) = mainline(state, job.persona)
        var first = try await rollout(action, at: state, branch: 0, job)
        first.isMainline = true
        first.mainlineSelectedBy = chooser
        var lines = [first]
        if settings.branches >= 1 {
            lines.append(try await rollout(action.other, at: state, branch: 1, job))
        }
        if settings.branches >= 2 {
            lines.append(try await rollout(action, at: state, branch: 2, job))
            lines[2].isVariant = true
        }
        for index in lines.indices.dropFirst() { lines[index].mainlineAction = action }
        return lines
    }

    private func dialogue(from start: ProactiveState, _ job: Job) async throws -> [ProactiveTrajectory] {
        var state = start
        var lines: [ProactiveTrajectory] = []
        for turn in 0..<max(1, settings.maximumTurns) {
            let (action, chooser) = mainline(state, job.persona)
            var line = try await bare(action, at: state, Place(branch: 0, turn: turn), job)
            line.isMainline = true
            line.mainlineSelectedBy = chooser
            let isDone = try await isCompleted(line)
            if isDone { line.taskCompleted = true }
            let isRefused = line.reaction.rejectSignal > 0
            line.userStopped = !isDone && isRefused && settings.stopsOnReject
            let place = lines.count
            lines.append(line)
            if settings.branchesEachTurn { lines += try await alternatives(to: action, at: state, turn: turn, job) }
            for index in place..<lines.count {
                lines[index].turn = turn + 1
                lines[index].decisionPoint = turn
            }
            if isDone || line.userStopped { break }
            state = state.after(
                line.assistantMessage, line.reaction, endsTurn: true, update: settings.uncertaintyUpdate,
                remembersReject: settings.remembersReject)
        }
        return lines
    }

    /// The other action at a turn, and the turn's own where it asked: what came of asking shows later only.
    private func alternatives(
        to action: ProactiveAction, at state: ProactiveState, turn: Int, _ job: Job
    ) async throws -> [ProactiveTrajectory] {
        var lines = [try await rollout(action.other, at: state, branch: 1, turn: turn, job)]
        if action == .clarify, settings.rollsOutClarify {
            var variant = try await rollout(action, at: state, branch: 2, turn: turn, job)
            variant.isVariant = true
            lines.append(variant)
        }
        for index in lines.indices { lines[index].mainlineAction = action }
        return lines
    }

    private func isCompleted(_ line: ProactiveTrajectory) async throws -> Bool {
        switch line.state.domain {
        case .planning: return line.action == .execute && MessageFacts(line.assistantMessage).words > 50
        case .coding:
            guard MessageFacts(line.assistantMessage).hasCode else { return false }
            guard line.state.mbppTests != nil, reward.settings.runsTests else { return true }
            return try await reward.score(line.assistantMessage, for: line.state).score > 0.5
        }
    }
}
