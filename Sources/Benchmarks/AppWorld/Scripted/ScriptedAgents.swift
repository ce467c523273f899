public import Evaluation
import FoundationEssentials
import JSON
public import Models

/// Plays agents whose every step is written down beforehand, task by task: for dry runs and tests without a model.
///
/// The file is `{agents: {NAME: {TASK: [[{name, arguments}, …], …]}}}`: for each agent and task the calls of one message
/// after the other. Which task a request serves is known from its episode.
public struct ScriptedAgents: MockBrain {
    /// A tool call of a script.
    private struct Step: Sendable {
        var calls: [ToolCall]
    }

    private let scripts: [String: [String: [Step]]]
    private let agent: String
    private let exceptions: [String: String]

    /// Reads a file of agents.
    ///
    /// `agent` plays all tasks but those that `exceptions` gives to another, by task. Throws ``EvaluationError``, cause
    /// `configuration`, when the file cannot be read or has no such agent.
    public init(path: String, agent: String, exceptions: [String: String] = [:]) throws(EvaluationError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw EvaluationError(
                .dataMissing, "the scripted agents '\(path)' cannot be read", cause: .configuration,
                advice: "docker/appworld-stand-in/agents.json is one")
        }
        self.scripts = try Self.read([UInt8](data), path)
        self.agent = agent
        self.exceptions = exceptions
        for name in [agent] + exceptions.values.sorted() where scripts[name] == nil {
            throw EvaluationError(
                .configurationInvalid, "'\(path)' has no agent '\(name)'", cause: .configuration,
                advice: NearMiss.advice(name, among: scripts.keys.sorted()))
        }
    }

    private static func read(_ bytes: [UInt8], _ path: String) throws(EvaluationError) -> [String: [String: [Step]]] {
        do {
            let agents = try JSONValue.parse(bytes: bytes)["agents"]?.objectValue ?? [:]
            var scripts: [String: [String: [Step]]] = [:]
            for (name, tasks) in agents {
                for (task, steps) in tasks.objectValue ?? [:] {
                    scripts[name, default: [:]][task] = try (steps.arrayValue ?? []).map { step in
                        Step(calls: try (step.arrayValue ?? []).map { try ToolCall(json: $0) })
                    }
                }
            }
            return scripts
        } catch {
            throw EvaluationError(
                .dataMalformed, "the scripted agents '\(path)' cannot be read", cause: .configuration,
                underlying: error)
        }
    }

    /// The next message of the episode's script; to anyone but an agent the interfaces that the script uses.
    public func reply(to request: MockRequest) async -> MockReply {
        guard let task = request.episode?.sample else {
            return MockReply(failure: .exhausted("the request does not say which episode it serves"))
        }
        guard let steps = scripts[exceptions[task] ?? agent]?[task] else {
            return MockReply(failure: .exhausted("there is no script for '\(task)'"))
        }
        guard request.purpose == nil || request.purpose == "agent" else {
            return MockReply(Self.interfaces(of: steps))
        }
        guard request.call < steps.count else { return MockReply("That is all that I can do.") }
        let calls = steps[request.call].calls
        return request.tools.isEmpty ? MockReply(ScriptedProgram(calls).reply) : MockReply(toolCalls: calls)
    }

    private static func interfaces(of steps: [Step]) -> String {
        let names = steps.flatMap(\.calls).compactMap { APIName($0.name)?.text }
        return Set(names).sorted().joined(separator: "\n")
    }
}
