import Evaluation
import GageTesting
import JSON
import Testing

@testable import Engine

/// Time that is used up is a limit that the agent ran into: a verdict, not a failure.
@Suite struct AgentTimeTests {
    /// Answers once, then never.
    private static let hanging = ScriptedModel { _, call in
        if call.index > 0 { try await Task.sleep(for: .seconds(3600)) }
        return .calls([.make("read")])
    }

    @Test func theEpisodesTimeEndsTheDialogue() async throws {
        let record = try await AgentBench.counting { $0.timeout = .milliseconds(200) }.run(Self.hanging)
        #expect(record.outcome == .scored)
        #expect(record.trajectory.termination == .timeout)
        #expect(record.trajectory.entries.first?.speaker == .user)
        #expect(record.prediction == Prediction(answer: nil))
    }

    @Test func whatTheAgentLeftIsKeptWhenTimeIsUsedUp() async throws {
        struct LeavingWorld: ArtifactWorld {
            func tools(for participant: Participant) -> [ToolDefinition] { [] }
            mutating func execute(_ call: ToolCall, by participant: Participant) async throws -> ToolResult {
                ToolResult(content: "ok")
            }
            func artifacts() async throws -> JSONObject { ["patch": Task.isCancelled ? "cancelled" : "diff"] }
        }
        let bench = AgentBench.counting {
            $0.timeout = .milliseconds(200)
            $0.prepare = { $0.world = LeavingWorld() }
        }
        let record = try await bench.run(Self.hanging)
        #expect(record.trajectory.termination == .timeout)
        #expect(record.prediction?.artifacts == ["patch": "diff"])
    }

    @Test func theDialoguesOwnTimeEndsItToo() async throws {
        let bench = AgentBench.counting {
            $0.timeout = .seconds(600)
            $0.prepare = { episode in
                episode.world = CounterWorld()
                episode.dialogue = DialogueSetup(
                    rules: AgentRules(maxTurns: 8, tools: []), opening: [.init(.user("go"), by: .user)],
                    timeLimit: .milliseconds(200))
            }
        }
        let record = try await bench.run(Self.hanging)
        #expect(record.outcome == .scored)
        #expect(record.trajectory.termination == .timeout)
        #expect(record.trajectory.entries.first?.speaker == .user)
    }

    @Test func rulesThatWantToGoOnAreNotFollowed() async throws {
        struct Stubborn: DialogueRules {
            var finalAnswer: String? { "kept" }
            mutating func start(with opening: [Trajectory.Entry]) -> DialogueAction { .ask(.agent) }
            mutating func next(after event: DialogueEvent) -> DialogueAction { .ask(.agent) }
        }
        let bench = AgentBench.counting {
            $0.prepare = { episode in
                episode.dialogue = DialogueSetup(rules: Stubborn(), timeLimit: .milliseconds(200))
            }
        }
        let record = try await bench.run(
            ScriptedModel { _, _ in
                try await Task.sleep(for: .seconds(3600))
                return .text("late")
            })
        #expect(record.trajectory.termination == .timeout)
        #expect(record.prediction?.answer == "kept")
    }

    @Test func postHooksRunUndisturbedWhenTimeIsUsedUp() async throws {
        let log = CallLog()
        let bench = AgentBench.counting {
            $0.timeout = .milliseconds(200)
            $0.hooks.hooks.register(Registration("save", summary: "s") { NotingHook(name: "save", log: log) })
            $0.parameters.postHooks = OneOrMany([HookReference.named("save")])
        }
        let record = try await bench.run(Self.hanging)
        #expect(record.outcome == .scored)
        #expect(log.notes == ["save"])
    }
}

extension HookReference {
    /// A reference by key alone.
    static func named(_ key: String) -> HookReference {
        let place = SourceLocation(file: "test.yaml", line: 1, column: 1)
        var diagnostics = Diagnostics()
        let node = ConfigNode(json: .string(key), location: place, path: "hooks")
        return decode(node, into: &diagnostics)
            ?? HookReference(key: key, parameters: .empty(at: place, path: "hooks"), node: node)
    }
}
