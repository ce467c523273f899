import Evaluation
import GageConfiguration
import GageTesting
import JSON
import Synchronization

@testable import Engine

/// An agent of `dut_agent` with a scripted model, run on one sample.
struct AgentBench {
    var parameters = AgentParameters()
    var force = AgentBackend.ForcedToolChoice.never
    var sampling: JSONObject = [:]
    var prompt: (any PromptRenderer)?
    var timeout: Duration?
    var hooks = Registry(kits: [])
    var sample: JSONObject = ["id": "s", "messages": [["role": "user", "content": "go"]]]
    /// What a support step does before the agent.
    var prepare: @Sendable (inout Episode) -> Void = { _ in }

    /// Runs the agent and gives the episode's record.
    func run(_ model: any ChatModel) async throws -> EpisodeRecord {
        var diagnostics = Diagnostics()
        let agent = AgentRole(parameters).resolved(in: hooks, into: &diagnostics)
        let sample = sample
        var plan = Plan.testing(
            loader: GeneratedLoader(count: 1) { _ in sample }, agent: agent, metric: ClosureMetric { _ in 1 })
        let prepare = prepare
        let support = PlannedAdapter(
            id: "prepare", role: .contextProvider, implementationKey: "test",
            implementation: ClosureAdapter { episode, _ in prepare(&episode) })
        let place = plan.tasks[0].location
        plan.tasks[0].steps.insert(PlannedStep(kind: .support, adapter: support, location: place), at: 0)
        plan.tasks[0].steps[1].adapter?.agentBackendID = "agent"
        plan.tasks[0].steps[1].adapter?.prompt = prompt
        plan.tasks[0].episodeTimeout = timeout
        plan.tasks[0].maxRetries = 0
        plan.agentBackends = [
            PlannedAgentBackend(
                id: "agent", backendID: "model", forceToolChoice: force, samplingParameters: sampling)
        ]
        let run = try TemporaryRun(plan, models: ["model": model])
        _ = try await run.run()
        guard let record = try run.records().first else {
            throw EvaluationError(.unexpected, "no record", cause: .gage)
        }
        return record
    }

    /// A bench whose agent acts in a counter.
    static func counting(_ change: (inout AgentBench) -> Void = { _ in }) -> AgentBench {
        var bench = AgentBench()
        bench.prepare = { $0.world = CounterWorld() }
        change(&bench)
        return bench
    }
}

extension ToolCall {
    /// A call with an id of its own.
    static func make(_ name: String, _ arguments: JSONObject = [:], id: String = "c") -> ToolCall {
        ToolCall(id: id, name: name, arguments: arguments)
    }
}

/// A hook that notes that it ran, and may fail.
struct NotingHook: AgentHook {
    let name: String
    let log: CallLog
    var fails = false

    func run(on episode: inout Episode, in scope: EpisodeScope) async throws {
        log.note("\(name)\(Task.isCancelled ? " cancelled" : "")")
        episode.kitState[name] = true
        if fails { throw EvaluationError(.unexpected, "\(name) failed", cause: .agent) }
    }
}

/// Notes texts from many tasks, in order.
final class CallLog: Sendable {
    /// Protects the notes.
    private let state = Mutex<[String]>([])

    var notes: [String] { state.withLock { $0 } }

    func note(_ text: String) { state.withLock { $0.append(text) } }
}
