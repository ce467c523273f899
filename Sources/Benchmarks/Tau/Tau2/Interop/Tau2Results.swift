public import Evaluation
public import JSON

/// A file of results of the official command: settings, tasks, and the runs of them.
public struct Tau2Results: Sendable {
    /// When the run was started, in local ISO form.
    public var timestamp: String?
    /// The settings of the run, in the official shape.
    public var info: JSONObject
    /// The tasks, as they were when the run took place.
    public var tasks: [Tau2Task]
    /// The runs.
    public var simulations: [Tau2SimulationRun]

    /// Puts results together.
    public init(
        timestamp: String? = nil, info: JSONObject, tasks: [Tau2Task], simulations: [Tau2SimulationRun]
    ) {
        self.timestamp = timestamp
        self.info = info
        self.tasks = tasks
        self.simulations = simulations
    }

    /// The domain; empty where the file does not say.
    public var domainName: String { info["environment_info"]?["domain_name"]?.stringValue ?? "" }

    /// How many attempts at each task were planned.
    public var plannedTrials: Int { info["num_trials"]?.intValue ?? 1 }

    /// Whether the agent worked alone, as the official grader tells it.
    public var isSolo: Bool {
        info["agent_info"]?["implementation"]?.stringValue == "llm_agent_solo"
            && info["user_info"]?["implementation"]?.stringValue == "dummy_user"
    }

    /// The official figures of the graded runs.
    public var figures: Tau2Figures {
        let rows = simulations.compactMap { run -> Tau2RunRow? in
            let isInfrastructureError = run.termination == Tau2SimulationRun.infrastructureError
            guard let reward = run.reward ?? (isInfrastructureError ? 0 : nil) else { return nil }
            return Tau2RunRow(
                task: run.taskID, reward: reward, agentCost: run.agentCost,
                isInfrastructureError: isInfrastructureError)
        }
        return Tau2Figures(rows, plannedTrials: plannedTrials)
    }

    /// Reads results in the official shape, the runs in them.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) otherwise.
    public init(json: JSONValue) throws(EvaluationError) {
        guard let object = json.objectValue, let info = object["info"]?.objectValue else {
            throw .malformedTau2("results need an 'info'")
        }
        self.init(timestamp: object["timestamp"]?.stringValue, info: info, tasks: [], simulations: [])
        for item in object["tasks"]?.arrayValue ?? [] { tasks.append(try Tau2Task(json: item)) }
        for item in object["simulations"]?.arrayValue ?? [] {
            simulations.append(try Tau2SimulationRun(json: item))
        }
    }

    /// The results in the official shape, everything in one value.
    public var json: JSONValue {
        var object = head
        object["simulations"] = .array(simulations.map(\.json))
        object["simulation_index"] = .null
        return .object(object)
    }

    /// Everything but the runs.
    var head: JSONObject {
        [
            "timestamp": JSONValue(optional: timestamp), "info": .object(info), "tasks": .array(tasks.map(\.json)),
        ]
    }
}
