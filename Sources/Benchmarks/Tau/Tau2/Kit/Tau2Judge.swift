import Evaluation
import JSON

/// The parameters of `tau2_eval`.
struct Tau2JudgeParameters: Tau2JudgeChoosing {
    var dataDirectory: String?
    var evaluationType = Tau2EvaluationType.all
    var isStrict = true
    var judge = Tau2JudgeChoice()

    static var fields: [ParameterField<Self>] {
        [
            .init("data_dir", \.dataDirectory, "The data directory, where it is not that of the dialogue.") {
                $0.aliases = ["tau2_data_dir"]
            },
            .init("evaluation_type", \.evaluationType, "Which parts are judged, by the official names."),
            .init(
                "strict_replay", \.isStrict,
                "Whether a recorded result that the tools do not give any more is an error."),
        ] + judgeFields
    }
}

/// `tau2_eval`: judges a dialogue by the official rules, from the sample and the trajectory alone.
struct Tau2Judge: RoleAdapter {
    let parameters: Tau2JudgeParameters
    let store: Tau2DataStore

    let contract = StepContract(reads: [.sample, .trajectory], writes: [.verdicts])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let facts = try Tau2SampleFacts(episode.sample)
        let configured = parameters.dataDirectory.map {
            Tau2DataDirectory.resolve($0, environment: [:], baseDirectory: scope.run.baseDirectory)
        }
        let domain = try await facts.load(from: store, configured: configured)
        guard let termination = episode.trajectory.termination else {
            throw EvaluationError(
                .judgeFailed, "the episode has no finished dialogue to judge", cause: .configuration,
                advice: "run 'tau2_bootstrap' and an agent before 'tau2_eval'")
        }
        let simulation = Tau2Simulation(
            messages: Tau2Message.messages(of: episode.trajectory), termination: termination,
            isSolo: facts.metadata["solo"]?.boolValue ?? false)
        var output = report(on: simulation, facts: facts, episode: episode)
        let evaluator = Tau2Evaluator(
            domain: domain, timestamp: PythonTime.text(secondsSince1970: scope.clock.wallSeconds))
        let verdict = try await judge(simulation, facts, evaluator, in: scope)
        output.merge(verdict.output)
        episode.verdicts.append(
            Verdict(
                judge: scope.adapter.id, output: ["tau2": .object(output)],
                unscorableReason: verdict.unscorableReason))
    }

    /// What was found, or why nothing can be.
    private struct Finding {
        var output: JSONObject = [:]
        var unscorableReason: String?
    }

    private func judge(
        _ simulation: Tau2Simulation, _ facts: Tau2SampleFacts, _ evaluator: Tau2Evaluator, in scope: EpisodeScope
    ) async throws -> Finding {
        let (task, type) = (facts.task, parameters.evaluationType)
        if let early = Tau2Evaluator.verdictWithoutJudging(simulation, of: task) {
            return Finding(output: Self.output(of: early))
        }
        let environment = try Self.mapped(task) { () throws(PythonException) in
            guard type.needsEnvironment else { return nil as Tau2RewardInfo? }
            return try evaluator.judgeEnvironment(
                simulation, of: task, replay: evaluator.strictness(isLenient: !parameters.isStrict))
        }
        let statements = evaluator.statementsForJudge(of: task, after: simulation, as: type)
        guard !statements.isEmpty else {
            return Finding(output: Self.output(of: evaluator.combine(environment, simulation, task, type, nil)))
        }
        let choice = parameters.judge.completed(by: Tau2JudgeChoice(json: facts.metadata["judge"] ?? .null))
        guard let judge = try naturalLanguageJudge(choice, in: scope) else {
            let reason =
                choice.mode == .off
                ? "the task counts natural-language assertions, and nl_judge is off"
                : "the task counts natural-language assertions, and no model judges them: "
                    + "set nl_judge_backend_id or nl_judge_model"
            return Finding(unscorableReason: reason)
        }
        let answer = try await judge.ask(
            about: statements, in: simulation.messages, context: scope.call(scope.adapter.id, index: 0))
        var output = Self.output(of: evaluator.combine(environment, simulation, task, type, answer.findings))
        output["nl_judge"] = [
            "model": .string(answer.response.model), "usage": answer.response.usage?.json ?? .null,
            "cost": JSONValue(optional: answer.response.cost),
        ]
        return Finding(output: output)
    }

    /// An exception of the grader aborts the official run, which is then tried again; it is no zero.
    private static func mapped<Result>(
        _ task: Tau2Task, _ body: () throws(PythonException) -> Result
    ) throws(EvaluationError) -> Result {
        do {
            return try body()
        } catch {
            throw EvaluationError(
                .judgeFailed, "task '\(task.id)' cannot be judged after this dialogue", cause: .task,
                retry: .worthwhile, underlying: error)
        }
    }

    private func naturalLanguageJudge(
        _ choice: Tau2JudgeChoice, in scope: EpisodeScope
    ) throws -> Tau2NaturalLanguageJudge? {
        guard choice.mode == .on else { return nil }
        let cold: JSONObject = ["temperature": 0.0]
        if let backend = choice.backend {
            return .init(model: try scope.models.model(backend: backend), parameters: choice.modelArguments ?? cold)
        }
        if let name = choice.model {
            let model = try scope.models.model(named: name, parameters: choice.modelArguments ?? cold)
            return .init(model: model, parameters: [:])
        }
        return scope.adapter.model.map { .init(model: $0, parameters: choice.modelArguments ?? cold) }
    }

    private func report(
        on simulation: Tau2Simulation, facts: Tau2SampleFacts, episode: Episode
    ) -> JSONObject {
        [
            "task_id": .string(facts.task.id), "domain": .string(facts.domain),
            "trial": JSONValue(episode.id.trial), "seed": facts.metadata["seed_of_trial"] ?? .null,
            "termination_reason": .string(simulation.termination.rawValue), "reward": .null,
            "agent_cost": JSONValue(optional: Tau2Message.cost(of: .assistant, in: simulation.messages)),
            "user_cost": JSONValue(optional: Tau2Message.cost(of: .user, in: simulation.messages)),
            "evaluation_type": .string(parameters.evaluationType.rawValue),
        ]
    }

    private static func output(of info: Tau2RewardInfo) -> JSONObject {
        let json = info.json
        var output: JSONObject = [
            "reward": json["reward"] ?? .null, "reward_basis": json["reward_basis"] ?? .null,
            "reward_breakdown": json["reward_breakdown"] ?? .null, "reward_info": json,
        ]
        if !info.worldDifference.isEmpty { output[WorldDifference.key] = .array(info.worldDifference) }
        return output
    }
}
