import Evaluation
import JSON
import Models
import Testing

@testable import Tau

@Suite("tau2 episodes")
struct Tau2EpisodeTests {
    private typealias Setting = EpisodeHarness.Setting

    private func run(_ setting: Setting, in root: String) async throws -> (Episode, RecordingBrain) {
        try await EpisodeHarness(root: root).run(setting)
    }

    private func tau2(_ episode: Episode) -> JSONValue { episode.tau2 }

    @Test(
        "A perfect agent gets the whole reward, one that leaves something out gets none", arguments: ["water", "both"])
    func goldAndDropped(task: String) async throws {
        let data = try OwnMockData()
        let (gold, _) = try await run(Setting(task: task), in: data.root)
        #expect(gold.trajectory.termination == .userStop)
        #expect(tau2(gold)["reward"]?.doubleValue == 1)
        let (dropped, _) = try await run(Setting(task: task, variant: .dropWrite), in: data.root)
        #expect(tau2(dropped)["reward"]?.doubleValue == 0)
        #expect(tau2(dropped)["termination_reason"] == "user_stop")
    }

    @Test("Through the respond tool the dialogue is the same, message by message")
    func respondTool() async throws {
        let data = try OwnMockData()
        let (plain, _) = try await run(Setting(task: "both"), in: data.root)
        var setting = Setting(task: "both")
        setting.profile["respond_tool_name"] = "respond"
        let (responding, brain) = try await run(setting, in: data.root)
        let said = [plain, responding].map { Tau2Message.messages(of: $0.trajectory).map { $0.content ?? "" } }
        #expect(said[0] == said[1])
        #expect(tau2(responding)["reward"]?.doubleValue == 1)
        let last = try #require(brain.requests(of: "agent").last)
        #expect(last.tools.contains { $0.name == "respond" })
        let results = last.messages.filter { $0.role == .tool }.compactMap(\.text)
        #expect(results.contains { $0.hasPrefix(#"{"user_message": "#) })
        let instruction = responding.sample.metadata["tau2"]?["gage_instruction"]?.stringValue ?? ""
        #expect(instruction.contains("`respond`"))
    }

    @Test("An adapter's own prompt takes the place of the official one, and sees the policy")
    func ownPrompt() async throws {
        let data = try OwnMockData()
        let (episode, brain) = try await run(Setting(prompt: PolicyPrompt()), in: data.root)
        #expect(tau2(episode)["reward"]?.doubleValue == 1)
        let requests = brain.requests(of: "agent")
        #expect(requests.allSatisfy { $0.messages.count { $0.role == .system } == 1 })
        #expect(requests.first?.messages.first?.text?.hasPrefix("P: # Task list") == true)
        #expect(requests.allSatisfy { $0.parameters["top_p"]?.doubleValue == 0.5 })
    }

    @Test("The policy is for prompts: it is not kept with the episode")
    func policyIsNotKept() async throws {
        let data = try OwnMockData()
        let (episode, _) = try await run(Setting(), in: data.root)
        #expect(episode.sample.metadata["tau2"]?["policy"] == nil)
        #expect(!JSONValue.object(episode.sample.judgedJSON).text().contains("# Task list"))
    }

    @Test("The toolchain's wording of a tool is what the agent sees, and it adds no tool that nobody could run")
    func configuredTools() async throws {
        let data = try OwnMockData()
        var setting = Setting(task: "both")
        setting.profile["respond_tool_name"] = "respond"
        let own: JSONObject = [
            "type": "object", "properties": ["message": ["type": "string"], "mood": ["type": "string"]],
        ]
        setting.toolchain = [
            "tools": [
                [
                    "type": "function",
                    "function": ["name": "respond", "description": "Speak.", "parameters": .object(own)],
                ],
                ["type": "function", "function": ["name": "fly", "parameters": ["type": "object"]]],
                ["type": "function", "function": ["name": "get_users", "description": "Who is there?"]],
            ]
        ]
        let (episode, brain) = try await run(setting, in: data.root)
        #expect(tau2(episode)["reward"]?.doubleValue == 1)
        let tools = try #require(brain.requests(of: "agent").first).tools
        #expect(tools.first { $0.name == "respond" }?.description == "Speak.")
        #expect(tools.first { $0.name == "respond" }?.parameters == own)
        #expect(tools.first { $0.name == "get_users" }?.description == "Who is there?")
        #expect(!tools.contains { $0.name == "fly" })
        let (plain, unconfigured) = try await run(Setting(task: "both"), in: data.root)
        #expect(tau2(plain)["reward"]?.doubleValue == 1)
        #expect(unconfigured.requests(of: "agent").first?.tools.count == tools.count - 1)
    }

    @Test("The adapter's sampling parameters go over the backend's, and the trial's seed over both")
    func samplingParameters() async throws {
        let data = try OwnMockData()
        var setting = Setting(loader: ["seed": 300])
        setting.agentParameters = ["sampling_params": ["top_p": 0.25, "temperature": 0.5, "seed": 7]]
        let (_, brain) = try await run(setting, in: data.root)
        let requests = brain.requests(of: "agent")
        #expect(!requests.isEmpty)
        for request in requests {
            #expect(request.parameters["top_p"]?.doubleValue == 0.25)
            #expect(request.parameters["temperature"]?.doubleValue == 0.5)
            #expect(request.parameters["seed"] == 373_753)
        }
        #expect(brain.requests(of: "user").allSatisfy { $0.parameters["top_p"] == nil })
    }

    @Test("A reply that cannot be used is worth another attempt at the whole dialogue, and no zero")
    func unusableReply() async throws {
        let data = try OwnMockData()
        let error = await #expect(throws: EvaluationError.self) {
            _ = try await run(Setting(agentBrain: FixedBrain("")), in: data.root)
        }
        #expect(error?.code == .modelEmptyReply)
        #expect(error?.retry == .worthwhile)
    }

    @Test("An agent that works alone makes the user's calls too and says that it is done")
    func solo() async throws {
        let data = try OwnMockData()
        let (episode, brain) = try await run(Setting(task: "both", profile: ["solo": true]), in: data.root)
        #expect(episode.trajectory.termination == .agentStop)
        #expect(tau2(episode)["reward"]?.doubleValue == 1)
        #expect(brain.requests(of: "user").isEmpty)
    }

    @Test("The judge needs nothing but the sample and the trajectory as the journal keeps them")
    func judgingAgain() async throws {
        let data = try OwnMockData()
        let (episode, _) = try await run(Setting(task: "both"), in: data.root)
        let first = tau2(episode)
        var again = Episode(id: episode.id, seed: 1, sample: try Sample(json: episode.sample.judgedJSON))
        again.trajectory = try Trajectory(json: JSONValue.parse(episode.trajectory.json.text()))
        let registry = Registry(kits: [TauKit()])
        let judge = try EpisodeHarness.make(registry.roles["tau2_eval"], [:])
        let leases = StubLeases { throw EvaluationError(.sandboxUnavailable, "none", cause: .sandbox) }
        try await judge.perform(
            on: &again,
            in: .stub(
                again, adapter: AdapterBinding(id: "judge", role: .judgeExtend),
                models: StubModels(brain: EchoBrain()), leases: leases))
        #expect(tau2(again) == first)
    }

    @Test("Statements for a judge need one: without it the episode is unscorable, not zero")
    func naturalLanguage() async throws {
        let data = try OwnMockData()
        let (unjudged, _) = try await run(Setting(task: "judged"), in: data.root)
        #expect(unjudged.verdicts.last?.unscorableReason?.contains("nl_judge_backend_id") == true)
        #expect(tau2(unjudged)["reward"] == .null)
        let (off, _) = try await run(
            Setting(task: "judged", judge: ["nl_judge": "off"], judgeHasModel: true), in: data.root)
        #expect(off.verdicts.last?.unscorableReason?.contains("nl_judge is off") == true)
        let settings = [
            Setting(task: "judged", judge: ["nl_judge_backend_id": "judge"]),
            Setting(task: "judged", judge: ["nl_judge_model": "gpt-4.1"]), Setting(task: "judged", judgeHasModel: true),
            Setting(task: "judged", profile: ["user_backend_id": "user", "nl_judge_backend_id": "judge"]),
        ]
        for setting in settings {
            let (judged, brain) = try await run(setting, in: data.root)
            #expect(tau2(judged)["reward"]?.doubleValue == 1)
            #expect(brain.requests(of: "judge").count == 1)
        }
    }

    @Test("A grader's exception is an error of the task, never a zero")
    func gradersException() async throws {
        let data = try OwnMockData()
        let error = await #expect(throws: EvaluationError.self) {
            _ = try await run(Setting(task: "asserted", variant: .dropWrite), in: data.root)
        }
        #expect(error?.code == .judgeFailed)
        #expect(error?.underlying == "ValueError: Task task_2 not found")
    }

    @Test("A profile without a model for the user is refused with the keys to set")
    func missingUser() async throws {
        let data = try OwnMockData()
        let error = await #expect(throws: EvaluationError.self) {
            _ = try await run(Setting(profile: [:]), in: data.root)
        }
        #expect(error?.advice?.contains("user_backend_id") == true)
    }

    @Test("Seeds of trials are the official ones unless consecutive ones are wanted")
    func seeds() async throws {
        let data = try OwnMockData()
        let (official, brain) = try await run(Setting(loader: ["seed": 300]), in: data.root)
        #expect(tau2(official)["seed"] == 373_753)
        for purpose in ["agent", "user"] {
            let seeds = brain.requests(of: purpose).map { $0.parameters["seed"] }
            #expect(!seeds.isEmpty && seeds.allSatisfy { $0 == 373_753 })
        }
        let (consecutive, _) = try await run(
            Setting(loader: ["seed": 300, "trial_seeds": "consecutive"]), in: data.root)
        #expect(tau2(consecutive)["seed"] == 301)
        let (none, unseeded) = try await run(Setting(), in: data.root)
        #expect(tau2(none)["seed"] == .null)
        #expect(unseeded.requests(of: "agent").allSatisfy { $0.parameters["seed"] == nil })
    }
}

/// A prompt that shows the policy.
private struct PolicyPrompt: PromptRenderer {
    func render(_ variables: JSONObject, over messages: [Message]) throws -> [Message] {
        let policy = variables["sample"]?["metadata"]?["tau2"]?["policy"]?.stringValue ?? ""
        return [.system("P: \(policy)")] + messages
    }
}
