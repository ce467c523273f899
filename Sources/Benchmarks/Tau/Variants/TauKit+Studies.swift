public import Evaluation
import JSON

extension TauKit {
    /// The environments in which studies of user variants can be made: the original τ-bench's by their plain names,
    /// τ²-bench's after `tau2:`.
    ///
    /// `environment` holds the variables that say where data are.
    public static func studyEnvironments(environment: [String: String]) -> [StudyEnvironment] {
        ["retail", "airline"].map { tau1Study(name: $0, environment: environment) }
            + ["mock", "retail", "airline", "telecom"].map { tau2Study(domain: $0, environment: environment) }
    }

    private static func tau1Study(name: String, environment: [String: String]) -> StudyEnvironment {
        let directory = environment["TAU_BENCH_DATA_DIR"] ?? "./local-datasets/official/tau-bench"
        var components = StudyEnvironment.Components(
            loader: "tau_bench_tasks", bootstrap: "tau_bench_bootstrap", runtime: "tau_bench", judge: "tau_bench_eval"
        ) { selection in
            var parameters: JSONObject = [
                "env": .string(name), "split": "test", "data_dir": .string(directory),
                "num_trials": JSONValue(selection.trials), "seed": JSONValue(selection.seed),
                "preprocess": "tau_bench_preprocessor",
            ]
            if let ids = selection.taskIDs {
                parameters["task_ids"] = .array(ids.map { Int($0).map { JSONValue($0) } ?? .string($0) })
            }
            return parameters
        }
        components.runtimeSettings = ["data_dir": .string(directory), "user_seeds": true]
        components.metrics = metrics(prefix: "tau_bench")
        components.summaryGenerators = ["tau_bench_summary"]
        return StudyEnvironment(
            name: name, summary: "The \(name) environment of the original τ-bench, test split.", components: components,
            taskID: { $0["metadata"]?["tau_bench"]?["task_id"]?.intValue.map { String($0) } },
            instruction: { $0["gold"]?["tau_bench_task"]?["instruction"]?.stringValue ?? "" },
            outcome: { record in
                studyOutcome(of: record, reward: record.judgeOutput["tau_bench"]?["reward"]?.doubleValue)
            })
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
        components.metrics = metrics(prefix: "tau2")
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

    private static func metrics(prefix: String) -> [JSONObject] {
        ["reward", "pass"].map { name in
            ["metric_id": .string("\(prefix)_\(name)"), "implementation": .string("\(prefix)_\(name)")]
        } + [
            [
                "metric_id": .string("\(prefix)_pass_hat_k"), "implementation": .string("\(prefix)_pass_hat_k"),
                "aggregation": .string("\(prefix)_pass_hat"),
            ]
        ]
    }

    /// What both benchmarks' episodes say in the same words: how they ended, and whether a person took over.
    private static func studyOutcome(of record: EpisodeRecord, reward: Double?) -> StudyOutcome? {
        guard case .scored = record.outcome, let reward else { return nil }
        let transferred = record.trajectory.entries.contains { entry in
            entry.speaker == .agent && entry.message.toolCalls.contains { $0.name == "transfer_to_human_agents" }
        }
        let end: StudyOutcome.End =
            switch record.trajectory.termination {
            case .maxSteps?, .maxTurns?, .timeout?, .budget?, .contextWindowExceeded?: .turnLimit
            case .tooManyErrors?, .agentError?, .userError?, nil: .error
            case .transfer?: .transfer
            default: transferred ? .transfer : .stop
            }
        return StudyOutcome(reward: reward, isSuccess: Tau2RewardInfo.isSuccess(reward), end: end)
    }
}
