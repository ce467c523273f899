import Evaluation
import JSON
import Models
import Testing

@testable import Tau

@Suite("τ-bench episodes")
struct Tau1EpisodeTests {
    private func run(
        _ profile: JSONObject, in root: String, variant: Tau1GoldBrain.Variant = .gold,
        change: (inout Tau1Harness.Setting) -> Void = { _ in }
    ) async throws -> (attempts: [Tau1Harness.Attempt], brain: RecordingBrain) {
        let brain = RecordingBrain(Tau1GoldBrain(dataDirectory: root, variant: variant))
        var setting = Tau1Harness.Setting(brain: brain)
        setting.profile = profile.merging(["user_backend_id": "user"])
        change(&setting)
        return (try await Tau1Harness(root: root).run(setting), brain)
    }

    @Test(
        "Perfect participants get the reward, whichever way they are driven",
        arguments: ["tool-calling", "act", "react"], ["llm", "react", "verify", "reflection"])
    func strategies(agent: String, user: String) async throws {
        let data = try OwnTau1Data()
        let (attempts, _) = try await run(
            ["agent_strategy": .string(agent), "user_strategy": .string(user)], in: data.root)
        #expect(attempts.map { $0.found["reward"] } == [1.0, 1.0])
        #expect(attempts.allSatisfy { $0.episode.trajectory.termination == .userStop })
        #expect(attempts.allSatisfy { $0.episode.sample.metadata["tau_bench"]?["prompt_source"] == "own" })
    }

    @Test("An agent that leaves a change out gets nothing, and is told why")
    func droppedWrite() async throws {
        let data = try OwnTau1Data()
        let (attempts, _) = try await run([:], in: data.root, variant: .dropWrite)
        #expect(attempts.map { $0.found["reward"] } == [0.0, 1.0])
        #expect(attempts[0].found["checks"]?["actions_match"] == false)
        #expect(Tau1Explanation.text(of: attempts[0].found)?.contains("expected actions") == true)
        #expect(attempts[0].found["reward_info"]?["info"]?["r_actions"] == 0.0)
    }

    @Test("The few-shot agent is shown examples, as many as are wanted, and refuses to do with fewer")
    func fewShot() async throws {
        let data = try OwnTau1Data()
        let lines = (0..<7).map { "{\"messages_display\": \"display \($0)\"}" }.joined(separator: "\n")
        try data.write(text: lines, to: "retail/few_shot.jsonl")
        let (attempts, _) = try await run(["agent_strategy": "few-shot"], in: data.root)
        #expect(attempts.map { $0.found["reward"] } == [1.0, 1.0])
        let prompts = attempts.map { $0.episode.trajectory.entries[0].message.text ?? "" }
        #expect(prompts.allSatisfy { $0.contains("Example 5:\ndisplay ") && !$0.contains("Example 6") })
        #expect(prompts[0] != prompts[1])
        let (refused, _) = try await run(["agent_strategy": "few-shot", "num_few_shots": 8], in: data.root)
        #expect(refused.allSatisfy { $0.error?.cause == .configuration })
    }

    @Test("An agent that goes on for ever has failed after its turns, without being graded")
    func turnLimit() async throws {
        let data = try OwnTau1Data()
        let (attempts, brain) = try await run(["max_num_steps": 3], in: data.root) { setting in
            setting.loader["task_ids"] = [0]
            setting.agent = BrainModel(
                name: "a",
                brain: FixedBrain(MockReply(toolCalls: [ToolCall(id: "", name: "calculate", arguments: [:])])))
        }
        #expect(attempts[0].episode.trajectory.termination == .maxTurns)
        #expect(attempts[0].found["reward"] == 0.0)
        #expect(attempts[0].found["reward_info"] == .null)
        #expect(attempts[0].found["info"]?["source"] == "calculate")
        #expect(attempts[0].episode.trajectory.entries.count { $0.speaker == .agent } == 3)
        #expect(brain.requests(of: "user").count == 1)
    }

    @Test("A user variant's text ends the user's prompt, and every episode says which it was")
    func variants() async throws {
        let data = try OwnTau1Data()
        let (attempts, brain) = try await run(["user_variant": "anger"], in: data.root)
        let prompt = try #require(brain.requests(of: "user").first?.messages.first?.text)
        let variant = try UserVariantCatalog.standard.variant(named: "anger")
        #expect(prompt.hasSuffix(variant.suffix))
        for attempt in attempts {
            let facts = attempt.episode.sample.metadata["user_variant"]
            #expect(facts?["name"] == "anger")
            #expect(facts?["digest"]?.stringValue == variant.digest)
        }
        #expect(attempts[0].episode.sample.metadata["user_variant"]?["system_prompt"]?.stringValue == prompt)
        let (plain, _) = try await run([:], in: data.root)
        #expect(plain[0].episode.sample.metadata["user_variant"]?["name"] == "control")
    }

    @Test("A user's model that fails is no failure of the agent's")
    func brokenUser() async throws {
        let data = try OwnTau1Data()
        let (attempts, _) = try await run(["user_strategy": "react"], in: data.root) { setting in
            setting.user = BrainModel(name: "u", brain: FixedBrain("no marks at all"))
        }
        #expect(attempts.allSatisfy { $0.error?.cause == .provider && $0.error?.retry == .worthwhile })
    }

    @Test("The judge needs nothing but the sample and the trajectory as the journal keeps them")
    func judgingAgain() async throws {
        let data = try OwnTau1Data()
        for strategy in ["tool-calling", "act"] {
            let (attempts, _) = try await run(["agent_strategy": .string(strategy)], in: data.root)
            let first = attempts[0].episode
            var again = Episode(id: first.id, seed: 1, sample: try Sample(json: first.sample.judgedJSON))
            again.trajectory = try Trajectory(json: JSONValue.parse(first.trajectory.json.text()))
            let judge = try EpisodeHarness.make(Registry(kits: [TauKit()]).roles["tau_bench_eval"], [:])
            let leases = StubLeases { throw EvaluationError(.sandboxUnavailable, "none", cause: .sandbox) }
            try await judge.perform(
                on: &again,
                in: .stub(
                    again, adapter: AdapterBinding(id: "judge", role: .judgeExtend),
                    models: StubModels(brain: EchoBrain()), leases: leases))
            #expect(again.judgeOutput["tau_bench"] == attempts[0].found)
        }
    }

    @Test("An adapter's own prompt takes the place of the official instructions, and sees the policy")
    func ownPrompt() async throws {
        let data = try OwnTau1Data()
        let (attempts, brain) = try await run([:], in: data.root) { $0.prompt = PolicyPrompt() }
        #expect(attempts.map { $0.found["reward"] } == [1.0, 1.0])
        for request in brain.requests(of: "agent") {
            #expect(request.messages.first?.text == "P: Be helpful, and follow the rules of retail.")
            #expect(request.messages.count { $0.role == .system } == 1)
        }
    }

    @Test("A profile without a model for the user is refused with the keys to set")
    func missingUser() async throws {
        let data = try OwnTau1Data()
        let (attempts, _) = try await run([:], in: data.root) { $0.profile = [:] }
        #expect(attempts[0].error?.advice?.contains("user_backend_id") == true)
    }

    @Test("Results are exported trial by trial, as Python writes them")
    func export() async throws {
        let data = try OwnTau1Data()
        let (attempts, _) = try await run([:], in: data.root, variant: .dropWrite) { $0.trials = 2 }
        let export = try Tau1Results.export(attempts.reversed().map(\.record))
        let results = try #require(export.files.first)
        #expect(results.environment == "retail" && results.split == "test")
        #expect(results.results.results.map { [$0.trial, $0.taskID] } == [[0, 0], [0, 1], [1, 0], [1, 1]])
        #expect(results.results.averageReward == 0.5)
        #expect(results.results.passHat == [0.5, 0.5])
        let text = results.results.text
        #expect(text.hasPrefix("[\n  {\n    \"task_id\": 0,\n    \"reward\": 0.0,\n    \"info\": {\n"))
        #expect(try Tau1Results(json: JSONValue.parse(text)) == results.results)
        #expect(throws: EvaluationError.self) { try Tau1Results(json: ["task_id": 1]) }
        #expect(throws: EvaluationError.self) { try Tau1Results(json: [["task_id": 1]]) }
    }
}

@Suite("Official τ-bench tasks", .enabled(if: TauReference.hasTau1))
struct Tau1GoldReplayTests {
    @Test("A perfect agent gets the reward on every test task", arguments: ["retail", "airline"])
    func gold(environment: String) async throws {
        let brain = Tau1GoldBrain(dataDirectory: OfficialTau1.root, store: OfficialTau1.store)
        var setting = Tau1Harness.Setting(brain: brain)
        setting.loader = ["env": .string(environment)]
        let attempts = try await Tau1Harness(root: OfficialTau1.root, store: OfficialTau1.store).run(setting)
        #expect(attempts.count == (environment == "retail" ? 115 : 50))
        let failed = attempts.filter { $0.found["reward"] != 1.0 }
        #expect(failed.map { $0.found["task_id"] ?? .null } == [])
        let transfers = attempts.count { $0.episode.trajectory.termination == .transfer }
        #expect(transfers == 4)
    }
}

/// A prompt that shows the policy.
private struct PolicyPrompt: PromptRenderer {
    func render(_ variables: JSONObject, over messages: [Message]) throws -> [Message] {
        [.system("P: \(variables["sample"]?["metadata"]?["tau_bench"]?["policy"]?.stringValue ?? "")")] + messages
    }
}
