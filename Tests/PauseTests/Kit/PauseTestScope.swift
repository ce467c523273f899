import Engine
import Evaluation
import GageTesting
import JSON

@testable import Pause

extension EpisodeScope {
    /// A scope outside a run, with these models.
    static func pauseTest(models: [String: any ChatModel] = [:]) -> EpisodeScope {
        EpisodeScope(
            run: RunIdentity(id: "r", seed: 1, baseDirectory: "/"),
            episode: EpisodeID(task: "t", sample: "s", trial: 0), seeds: SeedDerivation(root: 1),
            adapter: AdapterBinding(id: "a", role: .dutAgent), models: FixedModels(models), sandboxes: NoSandboxes(),
            events: NoEvents(), artifacts: NoArtifacts(), clock: SystemClock())
    }
}

private struct NoSandboxes: SandboxLeases {
    func sandbox() async throws -> any Sandbox { throw EvaluationError(.sandboxUnavailable, "none", cause: .sandbox) }
    func fresh(profile: String) async throws -> any Sandbox { try await sandbox() }
}

private struct NoEvents: EventSink {
    func report(_ event: RunEvent) {}
}

private struct NoArtifacts: ArtifactStore {
    func write(_ bytes: [UInt8], to path: String) throws -> String { path }
    func directory(_ path: String) throws -> String { path }
}

/// Trajectories as logs have them.
enum PauseTestLog {
    /// A trajectory of a model that called tools, one message each, and then said something.
    static func trajectory(
        model: String, calls: [(name: String, arguments: JSONObject)] = [], terminated: Bool = false,
        turns: Int? = nil
    ) -> JSONObject {
        var messages: [JSONValue] = [
            ["role": "system", "content": "rules"], ["role": "assistant", "content": "Hello"],
            ["role": "user", "content": "I want something."],
        ]
        for (number, call) in calls.enumerated() {
            messages.append([
                "role": "assistant", "content": .null,
                "tool_calls": [
                    [
                        "id": .string("c\(number)"), "type": "function",
                        "function": [
                            "name": .string(call.name), "arguments": .string(JSONValue.object(call.arguments).text()),
                        ],
                    ]
                ],
            ])
            messages.append([
                "role": "tool", "tool_call_id": .string("c\(number)"), "name": .string(call.name), "result": [:],
                "content": "{}",
            ])
        }
        for _ in 0..<((turns ?? calls.count + 2) - calls.count - 1) {
            messages.append(["role": "assistant", "content": "Done."])
        }
        return [
            "assistant_traj": .array(messages),
            "user_traj": [
                ["role": "system", "content": "role"], ["role": "user", "content": "Hello"],
                ["role": "assistant", "content": "I want something."],
            ],
            "full_messages": ["[ASSISTANT] Hello", "[USER] I want something.", "[ASSISTANT] Done."],
            "assistant_model": .string(model), "terminated": .bool(terminated),
            "termination_reason": terminated ? "max_rounds_exceeded" : "",
        ]
    }

    static func task(targets: Int) -> PauseTask {
        PauseTask(
            instruction: "You want to know.", label: "l",
            targets: (0..<targets).map { .string("target \($0)") }, difficulty: .easy)
    }
}

/// A directory of its own for one test.
typealias TemporaryFolder = GageTesting.TemporaryDirectory
