public import Evaluation
public import JSON

extension Tau2Results {
    /// A model with the parameters that it was called with.
    public struct Model: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its parameters.
        public var parameters: JSONObject

        /// Names a model.
        public init(_ name: String, _ parameters: JSONObject = [:]) {
            self.name = name
            self.parameters = parameters
        }
    }

    /// The episodes of one domain as official results.
    ///
    /// Episodes of other domains are left out. An errored episode becomes what the official command stores for a run
    /// that never took place. `agent` is the model that played the agent, for episodes that do not say so themselves.
    /// Throws ``EvaluationError`` when an episode is no tau2 episode of gage's.
    public init(
        exporting records: [EpisodeRecord], of domain: Tau2Domain, agent: Model
    ) throws(EvaluationError) {
        var tasks: [String: Tau2Task] = [:]
        var order: [String] = []
        var runs: [Tau2SimulationRun] = []
        var facts: Tau2SampleFacts?
        for record in records {
            let sample = try Sample(json: record.sample)
            guard sample.metadata["tau2"]?["domain"]?.stringValue == domain.taskSet.domain else { continue }
            let own = try Tau2SampleFacts(sample)
            if tasks[own.task.id] == nil { order.append(own.task.id) }
            tasks[own.task.id] = own.task
            // An episode that failed before its dialogue began does not say how it was to be led.
            if facts == nil || facts?.metadata["run"] == nil { facts = own }
            runs.append(try Tau2SimulationRun(record, facts: own))
        }
        let start = records.map(\.startedAt).min()
        var info = Self.info(domain, facts?.metadata ?? .null, agent: agent)
        info["num_trials"] = JSONValue((runs.compactMap(\.trial).max() ?? 0) + 1)
        self.init(
            timestamp: start.map { PythonTime.text(secondsSince1970: $0) }, info: info,
            tasks: order.compactMap { tasks[$0] }, simulations: runs)
    }

    private static func info(_ domain: Tau2Domain, _ metadata: JSONValue, agent: Model) -> JSONObject {
        let run = Tau2RunSettings(json: metadata["run"] ?? .null)
        let isSolo = run.agent == .solo
        let agent = run.agentModel ?? agent
        return [
            "git_commit": "gage", "num_trials": .null, "max_steps": JSONValue(run.maxSteps),
            "max_errors": JSONValue(run.maxErrors),
            "user_info": [
                "implementation": isSolo ? "dummy_user" : "user_simulator", "llm": JSONValue(optional: run.userModel),
                "llm_args": .object(run.userParameters),
                "global_simulation_guidelines": .string(domain.guidelines(withTools: false)),
            ],
            "agent_info": [
                "implementation": .string(run.agent.rawValue), "llm": .string(agent.name),
                "llm_args": .object(agent.parameters),
            ],
            "environment_info": [
                "domain_name": .string(domain.taskSet.domain), "policy": .string(domain.policy(isSolo: isSolo)),
                "tool_defs": .null,
            ],
            "seed": metadata["seed"] ?? .null,
        ]
    }

    /// How the runs were led, as far as the file says.
    var runSettings: Tau2RunSettings {
        var settings = Tau2RunSettings(json: .object(info))
        settings.agent =
            info["agent_info"]?["implementation"]?.stringValue.flatMap(Tau2Settings.AgentKind.init) ?? .ordinary
        let agent = info["agent_info"]
        settings.agentModel = agent?["llm"]?.stringValue.map { Model($0, agent?["llm_args"]?.objectValue ?? [:]) }
        settings.userModel = info["user_info"]?["llm"]?.stringValue
        settings.userParameters = info["user_info"]?["llm_args"]?.objectValue ?? [:]
        return settings
    }

    /// The runs as episodes of gage's, ready for a journal: judged and measured as they were, able to be judged again.
    ///
    /// `task` is the plan task's id and `dataDirectory` where judges find the domain's data. A run without a trial's
    /// number, or with one that another run of its task has, gets the next free one. Scores stand under the names of
    /// the metrics that make them. Throws ``EvaluationError`` for a run whose task is not in the file.
    public func episodes(task: String, dataDirectory: String) throws -> [EpisodeRecord] {
        let known = Dictionary(tasks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var taken: [String: Set<Int>] = [:]
        var records: [EpisodeRecord] = []
        for run in simulations {
            guard let own = known[run.taskID] else {
                throw EvaluationError.malformedTau2(
                    "simulation '\(run.id)' is of task '\(run.taskID)', which is not in the file")
            }
            var trial = run.trial ?? 0
            while taken[own.id]?.contains(trial) == true || trial < 0 { trial += 1 }
            taken[own.id, default: []].insert(trial)
            records.append(try record(of: run, trial: trial, task: own, in: task, dataDirectory))
        }
        return records
    }

    private func record(
        of run: Tau2SimulationRun, trial: Int, task: Tau2Task, in planTask: String, _ dataDirectory: String
    ) throws -> EpisodeRecord {
        let id = EpisodeID(task: planTask, sample: "\(domainName)_\(run.taskID)", trial: trial)
        var episode = Episode(id: id, seed: 0, sample: sample(of: task, run: run, dataDirectory: dataDirectory))
        let start = PythonTime.seconds(run.startTime) ?? 0
        let messages = run.messages ?? []
        episode.trajectory.entries = messages.map { message in
            var entry = message.entry
            entry.time = max(0, (message.timestamp.flatMap(PythonTime.seconds) ?? start) - start)
            return entry
        }
        episode.trajectory.termination = run.termination
        let outcome = run.outcome
        if run.termination != Tau2SimulationRun.infrastructureError {
            episode.prediction = Prediction(answer: messages.last { $0.role == .assistant && $0.hasText }?.content)
        }
        if outcome == .scored {
            episode.verdicts = [Verdict(judge: "imported", output: ["tau2": run.judgeOutput(domain: domainName)])]
            episode.scores = try Tau2Metric.Quantity.allCases.compactMap { quantity in
                try Tau2Metric(quantity: quantity).score(episode, as: quantity.rawValue)
            }
        }
        return EpisodeRecord(episode: episode, outcome: outcome, startedAt: start, duration: run.duration)
    }

    private func sample(of task: Tau2Task, run: Tau2SimulationRun, dataDirectory: String) -> Sample {
        var sample = Sample(id: "\(domainName)_\(task.id)")
        sample.taskType = "agent"
        sample.metadata["tau2"] = [
            "task_id": .string(task.id), "domain": .string(domainName), "trial": JSONValue(run.trial ?? 0),
            "seed_of_trial": JSONValue(optional: run.seed), "solo": .bool(isSolo),
            "seed": info["seed"] ?? .null, "data_dir": .string(dataDirectory), "run": runSettings.json,
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
            "seed": JSONValue(optional: seed), "termination_reason": .string(termination.rawValue),
            "reward": rewardInfo["reward"] ?? .null, "agent_cost": JSONValue(optional: agentCost),
            "user_cost": JSONValue(optional: userCost), "evaluation_type": "all",
            "reward_basis": rewardInfo["reward_basis"] ?? .null,
            "reward_breakdown": rewardInfo["reward_breakdown"] ?? .null, "reward_info": rewardInfo,
        ]
    }
}
