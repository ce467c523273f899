public import Evaluation
import JSON

extension TauKit {
    /// The environments in which studies of user variants can be made.
    ///
    /// `environment` holds the variables that say where data are.
    public static func studyEnvironments(environment: [String: String]) -> [StudyEnvironment] {
        ["mock", "retail", "airline", "telecom"].map { tau2Study(domain: $0, environment: environment) }
    }

    private static func tau2Study(domain: String, environment: [String: String]) -> StudyEnvironment {
        let directory = environment["TAU2_DATA_DIR"] ?? "./local-datasets/official/tau2"
        var components = StudyEnvironment.Components(
            loader: "tau2_tasks", bootstrap: "tau2_bootstrap", runtime: "tau2", judge: "tau2_eval"
        ) { selection in
            var parameters: JSONObject = [
                "domain": .string(domain), "data_dir": .string(directory), "num_trials": JSONValue(selection.trials),
                "seed": JSONValue(selection.seed), "preprocess": "tau2_preprocessor",
            ]
            if let ids = selection.taskIDs { parameters["task_ids"] = .array(ids.map(JSONValue.string)) }
            return parameters
        }
        components.runtimeSettings = ["data_dir": .string(directory), "nl_judge_backend_id": "user_model"]
        components.metrics = [
            ["metric_id": "tau2_reward", "implementation": "tau2_reward"],
            ["metric_id": "tau2_pass", "implementation": "tau2_pass"],
            ["metric_id": "tau2_pass_hat_k", "implementation": "tau2_pass_hat_k", "aggregation": "tau2_pass_hat"],
        ]
        components.summaryGenerators = ["tau2_summary"]
        return StudyEnvironment(
            name: "tau2:\(domain)", summary: "The \(domain) domain of τ²-bench.", components: components,
            taskID: { $0["metadata"]?["tau2"]?["task_id"]?.stringValue },
            instruction: { sample in
                // A task that cannot be read was refused before the episode began.
                guard let json = sample["gold"]?["tau2_task"], let task = try? Tau2Task(json: json) else { return "" }
                return task.userScenario.text
            },
            outcome: { record in
                studyOutcome(of: record, reward: record.judgeOutput["tau2"]?["reward"]?.doubleValue)
            })
    }

    /// What both benchmarks' episodes say in the same words: how they ended, and whether a person took over.
    static func studyOutcome(of record: EpisodeRecord, reward: Double?) -> StudyOutcome? {
        guard case .scored = record.outcome, let reward else { return nil }
        let transferred = record.trajectory.entries.contains { entry in
            entry.speaker == .agent && entry.message.toolCalls.contains { $0.name == "transfer_to_human_agents" }
        }
        let end: StudyOutcome.End =
            switch record.trajectory.termination {
            case .maxSteps?, .maxTurns?, .timeout?, .budget?, .contextWindowExceeded?: .turnLimit
            case .tooManyErrors?, .agentError?, .userError?, nil: .error
            default: transferred ? .transfer : .stop
            }
        return StudyOutcome(reward: reward, isSuccess: Tau2RewardInfo.isSuccess(reward), end: end)
    }
}
