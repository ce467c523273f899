public import Evaluation
public import JSON

extension Tau2Results {
    /// What an official result file says about its run, beside what the episodes know.
    public struct RunFacts: Sendable {
        /// The model that played the agent, and its parameters.
        public var agentModel: (name: String, parameters: JSONObject)
        /// The model that played the user, and its parameters.
        public var userModel: (name: String, parameters: JSONObject)
        /// The limits of the dialogues.
        public var limits: Tau2Rules.Limits
        /// How many attempts at each task were planned.
        public var trials: Int
        /// The seed that the trials' seeds came from.
        public var seed: Int?

        /// Takes the facts.
        public init(
            agentModel: (name: String, parameters: JSONObject), userModel: (name: String, parameters: JSONObject),
            limits: Tau2Rules.Limits = .init(), trials: Int = 1, seed: Int? = nil
        ) {
            self.agentModel = agentModel
            self.userModel = userModel
            self.limits = limits
            self.trials = trials
            self.seed = seed
        }
    }

    /// The episodes of one domain as official results.
    ///
    /// Episodes of other domains are left out. An errored episode becomes what the official command stores for a run
    /// that never took place. Throws ``EvaluationError`` when an episode is no tau2 episode of gage's.
    public init(
        exporting records: [EpisodeRecord], of domain: Tau2Domain, facts: RunFacts
    ) throws(EvaluationError) {
        var tasks: [String: Tau2Task] = [:]
        var order: [String] = []
        var runs: [Tau2SimulationRun] = []
        var isSolo = false
        for record in records {
            let sample = try Sample(json: record.sample)
            guard sample.metadata["tau2"]?["domain"]?.stringValue == domain.taskSet.domain else { continue }
            let own = try Tau2SampleFacts(sample)
            if tasks[own.task.id] == nil { order.append(own.task.id) }
            tasks[own.task.id] = own.task
            isSolo = isSolo || own.metadata["solo"]?.boolValue == true
            runs.append(try Tau2SimulationRun(record, facts: own))
        }
        let start = records.map(\.startedAt).min()
        self.init(
            timestamp: start.map { PythonTime.text(secondsSince1970: $0) },
            info: Self.info(domain, facts, isSolo: isSolo), tasks: order.compactMap { tasks[$0] }, simulations: runs)
    }

    private static func info(_ domain: Tau2Domain, _ facts: RunFacts, isSolo: Bool) -> JSONObject {
        [
            "git_commit": "gage", "num_trials": JSONValue(facts.trials), "max_steps": JSONValue(facts.limits.maxSteps),
            "max_errors": JSONValue(facts.limits.maxErrors),
            "user_info": [
                "implementation": isSolo ? "dummy_user" : "user_simulator", "llm": .string(facts.userModel.name),
                "llm_args": .object(facts.userModel.parameters),
                "global_simulation_guidelines": .string(domain.guidelines(withTools: false)),
            ],
            "agent_info": [
                "implementation": isSolo ? "llm_agent_solo" : "llm_agent", "llm": .string(facts.agentModel.name),
                "llm_args": .object(facts.agentModel.parameters),
            ],
            "environment_info": [
                "domain_name": .string(domain.taskSet.domain), "policy": .string(domain.policy(isSolo: isSolo)),
                "tool_defs": .null,
            ],
            "seed": facts.seed.map { JSONValue($0) } ?? .null,
        ]
    }

    /// The runs as episodes of gage's, ready for a journal: judged as they were, and able to be judged again.
    ///
    /// `task` is the plan task's id and `dataDirectory` where judges find the domain's data. Throws
    /// ``EvaluationError`` for a run whose task is not in the file.
    public func episodes(task: String, dataDirectory: String) throws(EvaluationError) -> [EpisodeRecord] {
        let known = Dictionary(tasks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var records: [EpisodeRecord] = []
        for run in simulations {
            guard let own = known[run.taskID] else {
                throw .malformedTau2("simulation '\(run.id)' is of task '\(run.taskID)', which is not in the file")
            }
            let id = EpisodeID(task: task, sample: "\(domainName)_\(run.taskID)", trial: run.trial ?? 0)
            var episode = Episode(id: id, seed: 0, sample: sample(of: own, run: run, dataDirectory: dataDirectory))
            episode.trajectory.entries = (run.messages ?? []).map(\.entry)
            episode.trajectory.termination = run.termination
            let outcome = run.outcome
            if outcome == .scored {
                episode.verdicts = [Verdict(judge: "imported", output: ["tau2": run.judgeOutput(domain: domainName)])]
            }
            records.append(EpisodeRecord(episode: episode, outcome: outcome, startedAt: 0, duration: run.duration))
        }
        return records
    }

    private func sample(of task: Tau2Task, run: Tau2SimulationRun, dataDirectory: String) -> Sample {
        var sample = Sample(id: "\(domainName)_\(task.id)")
        sample.taskType = "agent"
        sample.metadata["tau2"] = [
            "task_id": .string(task.id), "domain": .string(domainName), "trial": JSONValue(run.trial ?? 0),
            "seed_of_trial": run.seed.map { JSONValue($0) } ?? .null, "solo": .bool(isSolo),
            "data_dir": .string(dataDirectory),
        ]
        sample.gold["tau2_task"] = task.json
        return sample
    }
}

extension Tau2SimulationRun {
    /// A finished episode as an official run.
    init(_ record: EpisodeRecord, facts: Tau2SampleFacts) throws(EvaluationError) {
        let found = record.judgeOutput["tau2"] ?? .null
        let name = sha256Hex("\(record.id.description) \(record.seed) \(record.startedAt)".utf8)
        let messages = Tau2Message.messages(of: record.trajectory, startedAt: record.startedAt)
        let error: EvaluationError? = if case .errored(let error) = record.outcome { error } else { nil }
        let end = PythonTime.text(secondsSince1970: record.startedAt + record.duration)
        let termination =
            error != nil
            ? Self.infrastructureError.rawValue : record.trajectory.termination?.rawValue ?? "unexpected_error"
        try self.init(
            json: [
                "id": .string(Self.identifier(from: name)), "task_id": .string(facts.task.id),
                "timestamp": .string(end),
                "start_time": .string(PythonTime.text(secondsSince1970: record.startedAt)), "end_time": .string(end),
                "duration": JSONValue(record.duration), "termination_reason": .string(termination),
                "agent_cost": found["agent_cost"] ?? .null, "user_cost": found["user_cost"] ?? .null,
                "reward_info": found["reward_info"] ?? .null,
                "messages": .array(error != nil ? [] : messages.map(\.json)), "trial": JSONValue(record.id.trial),
                "seed": facts.metadata["seed_of_trial"] ?? .null, "mode": "half_duplex",
                "info": error.map { Self.info(about: $0, attempts: record.failedAttempts.count + 1) } ?? .null,
            ])
    }

    /// What the official command stores about a run that never took place.
    private static func info(about error: EvaluationError, attempts: Int) -> JSONValue {
        [
            "error": .string(error.description), "error_type": .string(error.code.rawValue),
            "failed_after_attempts": JSONValue(attempts),
        ]
    }

    /// A digest in the form of a UUID, so that exporting twice gives the same names.
    private static func identifier(from digest: String) -> String {
        let digits = Array(digest.prefix(32))
        let ends = [8, 12, 16, 20, 32]
        var start = 0
        return ends.map { end in
            defer { start = end }
            return String(digits[start..<end])
        }.joined(separator: "-")
    }

    /// How the run ended, in gage's words.
    fileprivate var outcome: Outcome {
        if termination == Self.infrastructureError {
            return .errored(
                EvaluationError(.providerFailed, "the official run never took place", cause: .provider))
        }
        return reward == nil ? .unscorable(reason: "the official run was not graded") : .scored
    }

    /// What the grader found, as `tau2_eval` would have reported it.
    fileprivate func judgeOutput(domain: String) -> JSONValue {
        [
            "task_id": .string(taskID), "domain": .string(domain), "trial": JSONValue(trial ?? 0),
            "seed": seed.map { JSONValue($0) } ?? .null, "termination_reason": .string(termination.rawValue),
            "reward": rewardInfo["reward"] ?? .null, "agent_cost": JSONValue(optional: agentCost),
            "user_cost": JSONValue(optional: userCost), "evaluation_type": "all",
            "reward_basis": rewardInfo["reward_basis"] ?? .null,
            "reward_breakdown": rewardInfo["reward_breakdown"] ?? .null, "reward_info": rewardInfo,
        ]
    }
}
