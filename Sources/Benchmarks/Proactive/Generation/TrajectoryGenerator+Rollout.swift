import Evaluation

extension TrajectoryGenerator {
    /// Which message of a state this is.
    struct Place {
        var branch: Int
        var turn: Int
        var message = 0

        /// Its place among the draws of a branch: dialogues have one message a turn, rollouts up to some hundreds.
        var index: Int { turn * 1000 + message }
    }

    /// One decision with what follows from it within the turn.
    func rollout(
        _ action: ProactiveAction, at state: ProactiveState, branch: Int, turn: Int = 0, _ job: Job
    ) async throws -> ProactiveTrajectory {
        let place = Place(branch: branch, turn: turn)
        guard settings.rollsOutClarify, settings.maximumInteractions > 1 || action == .execute else {
            return try await bare(action, at: state, place, job)
        }
        let interactions = try await interactions(action, at: state, place, job)
        var line = ProactiveTrajectory(
            state: state, action: action, actionPrompt: try prompts.text(state.domain, action),
            assistantMessage: interactions.map(\.assistantMessage).joined(separator: "\n\n"), persona: job.persona,
            reaction: interactions.last?.reaction ?? UserReaction(), isMainline: false)
        line.interactions = interactions
        return line
    }

    /// One message and the reaction to it.
    func bare(
        _ action: ProactiveAction, at state: ProactiveState, _ place: Place, _ job: Job
    ) async throws -> ProactiveTrajectory {
        let (text, reaction) = try await exchange(action, deciding: action, at: state, place, job)
        return ProactiveTrajectory(
            state: state, action: action, actionPrompt: try prompts.text(state.domain, action),
            assistantMessage: text, persona: job.persona, reaction: reaction, isMainline: false)
    }

    /// Up to two questions, then the task; a refusal goes to the task at once.
    private func interactions(
        _ action: ProactiveAction, at start: ProactiveState, _ place: Place, _ job: Job
    ) async throws -> [Interaction] {
        var place = place
        var state = start
        var found: [Interaction] = []
        func add(_ step: ProactiveAction) async throws -> Interaction {
            let (text, reaction) = try await exchange(step, deciding: action, at: state, place, job)
            let interaction = Interaction(
                number: found.count + 1, action: step, assistantMessage: text, reaction: reaction, state: state)
            found.append(interaction)
            place.message += 1
            state = state.after(
                text, reaction, endsTurn: false, update: settings.uncertaintyUpdate,
                remembersReject: settings.remembersReject)
            return interaction
        }
        if action == .clarify {
            for _ in 0..<min(2, settings.maximumInteractions - 1) where found.isEmpty || writer.hasQuestions(in: state)
            {
                let asked = try await add(.clarify)
                let facts = MessageFacts(asked.assistantMessage)
                // An assistant that gives code when it was to ask has done the task.
                if facts.hasCode { return found }
                if facts.questions == 0 || asked.reaction.rejectSignal > 0 { break }
            }
        }
        _ = try await add(.execute)
        return found
    }

    private func exchange(
        _ step: ProactiveAction, deciding action: ProactiveAction, at state: ProactiveState, _ place: Place, _ job: Job
    ) async throws -> (String, UserReaction) {
        let draw = ReactionDraw(
            seed: seed, state: state.id, persona: job.persona.name, action: action, branch: place.branch,
            turn: place.index)
        let purpose = "branch\(place.branch)/\(place.index)"
        let written = try await writer.message(
            for: AssistantRequest(
                state: state, action: step, prompt: try prompts.text(state.domain, step), draw: draw,
                call: job.calls.context("assistant/\(purpose)", draw: draw)))
        let reaction = try await user.react(
            to: written.text, in: state, as: job.persona, draw: draw,
            call: job.calls.context("user/\(purpose)", draw: draw))
        job.calls.record(written, reaction)
        return (written.text, reaction)
    }
}
