import Evaluation
import JSON
import Models
import Testing

@testable import Tau

@Suite("tau2 modes: oracle plan and no user")
struct Tau2ModeTests {
    private typealias Setting = EpisodeHarness.Setting

    private static let oracle: JSONObject = ["user_backend_id": "user", "agent": "llm_agent_gt"]

    /// What stands between two tags of a prompt.
    private func section(_ tag: String, of prompt: String) throws -> String {
        let start = try #require(prompt.firstRange(of: "<\(tag)>\n")?.upperBound)
        let end = try #require(prompt.firstRange(of: "\n</\(tag)>")?.lowerBound)
        return String(prompt[start..<end])
    }

    @Test("The plan is the expected actions as steps, the user's as something to ask for")
    func plan() async throws {
        let data = try OwnMockData()
        let (episode, brain) = try await EpisodeHarness(root: data.root).run(
            Setting(task: "both", profile: Self.oracle))
        #expect(episode.tau2["reward"]?.doubleValue == 1)
        let request = try #require(brain.requests(of: "agent").first)
        let prompt = try #require(request.messages.first?.text)
        #expect(
            try section("resolution_steps", of: prompt) == """
                [Step 1] Perform the following action: update_task_status(task_id=task_1, status=completed).
                [Step 2] Instruct the user to perform the following action: dismiss_notification(notification_id=n1).
                """)
        #expect(try section("policy", of: prompt).hasPrefix("# Task list"))
        #expect(try !section("instructions", of: prompt).isEmpty)
        #expect(prompt.hasSuffix("</resolution_steps>"))
        let (_, ordinary) = try await EpisodeHarness(root: data.root).run(Setting(task: "both"))
        #expect(ordinary.requests(of: "agent").first?.tools == request.tools)
        #expect(ordinary.requests(of: "user").map(\.messages) == brain.requests(of: "user").map(\.messages))
        #expect(!ordinary.requests(of: "agent").contains { $0.messages.first?.text?.contains("[Step 1]") == true })
    }

    @Test(
        "Arguments stand in a step as Python writes them",
        arguments: [
            (#"{"a": "x", "b": 1}"#, "a=x, b=1"), (#"{"a": true, "b": null}"#, "a=True, b=None"),
            (#"{"a": ["x", 1.0]}"#, "a=['x', 1.0]"), (#"{"a": {"k": "it's"}}"#, #"a={'k': "it's"}"#), ("{}", ""),
        ])
    func arguments(json: String, expected: String) throws {
        let task = try Tau2Task(
            json: [
                "id": "1", "user_scenario": ["instructions": "x"],
                "evaluation_criteria": [
                    "actions": [["action_id": "1", "name": "f", "arguments": try JSONValue.parse(json)]]
                ],
            ])
        let steps = Tau2Prompts.resolutionSteps(task.evaluationCriteria?.actions ?? [])
        #expect(steps == "[Step 1] Perform the following action: f(\(expected)).")
    }

    @Test("A task without expected actions has no plan to give away, and is refused as officially")
    func nothingToPlan() async throws {
        let data = try OwnMockData()
        let harness = EpisodeHarness(root: data.root)
        let domain = try await harness.store.domain(named: "mock", dataDirectory: data.root)
        var task = try #require(domain.task("water"))
        for actions in [nil, []] as [[Tau2Action]?] {
            task.evaluationCriteria?.actions = actions
            #expect(throws: EvaluationError.self) { try prepare(task, in: domain, agent: .groundTruth) }
            #expect(throws: Never.self) { try prepare(task, in: domain, agent: .ordinary) }
        }
        task.evaluationCriteria = nil
        let error = #expect(throws: EvaluationError.self) { try prepare(task, in: domain, agent: .groundTruth) }
        #expect(error?.underlying == "AssertionError: Task water is not valid. Cannot run GT agent.")
    }

    private func prepare(
        _ task: Tau2Task, in domain: Tau2Domain, agent: Tau2Settings.AgentKind
    ) throws -> Tau2Preparation {
        var sample = Sample(id: "mock_\(task.id)")
        sample.metadata["tau2"] = ["domain": "mock"]
        sample.gold["tau2_task"] = task.json
        var settings = Tau2Settings()
        settings.agentKind = agent
        let plan = Tau2Bootstrap.Plan(
            facts: try Tau2SampleFacts(sample), domain: domain, settings: settings, seed: nil)
        return try plan.prepare(timestamp: "2026-01-01T00:00:00")
    }

    @Test("A prompt of the adapter's own may show the plan, and the ticket of an agent without a user")
    func ownPrompt() async throws {
        let data = try OwnMockData()
        let harness = EpisodeHarness(root: data.root)
        var setting = Setting(task: "both", profile: Self.oracle, prompt: FactPrompt(key: "resolution_steps"))
        let (_, planned) = try await harness.run(setting)
        #expect(planned.requests(of: "agent").first?.messages.first?.text?.hasPrefix("[Step 1] Perform") == true)
        setting = Setting(task: "both", profile: ["solo": true], prompt: FactPrompt(key: "ticket"))
        let (_, alone) = try await harness.run(setting)
        #expect(alone.requests(of: "agent").first?.messages.first?.text == "Complete task_1 and dismiss n1.")
        let (_, ordinary) = try await harness.run(Setting(task: "both", prompt: FactPrompt(key: "resolution_steps")))
        #expect(ordinary.requests(of: "agent").first?.messages.first?.text == "nothing")
    }

    @Test("Exported runs say which of the official agents was imitated", arguments: ["llm_agent_gt", "llm_agent_solo"])
    func implementation(agent: String) async throws {
        let data = try OwnMockData()
        let harness = EpisodeHarness(root: data.root)
        let (episode, _) = try await harness.run(
            Setting(task: "both", profile: ["user_backend_id": "user", "agent": .string(agent)]))
        let domain = try await harness.store.domain(named: "mock", dataDirectory: data.root)
        let record = EpisodeRecord(episode: episode, outcome: .scored, startedAt: 0, duration: 1)
        let results = try Tau2Results(exporting: [record], of: domain, agent: .init("a"))
        #expect(results.info["agent_info"]?["implementation"]?.stringValue == agent)
        #expect(results.isSolo == (agent == "llm_agent_solo"))
        let outcome = try await Tau2Regrading(domain: domain).grade(results)
        #expect(outcome.changed == 0)
        #expect(outcome.failures.isEmpty)
    }

    @Test(
        "Domains without a user's side refuse an agent that works alone, with the official text",
        .enabled(if: TauReference.hasTau2), arguments: [("retail", "Retail"), ("airline", "Airline")])
    func refusals(domain: String, title: String) async throws {
        let harness = EpisodeHarness(root: OfficialTau2.root, store: OfficialTau2.store)
        let error = await #expect(throws: EvaluationError.self) {
            _ = try await harness.run(Setting(task: "0", domain: domain, profile: ["agent": "llm_agent_solo"]))
        }
        #expect(error?.underlying?.contains("\(title) domain does not support solo mode") == true)
    }

    @Test(
        "Official tasks are solved alone and by the plan", .enabled(if: TauReference.hasTau2),
        arguments: ["mock", "telecom"], ["llm_agent_solo", "llm_agent_gt"])
    func officialTasks(domain name: String, agent: String) async throws {
        let harness = EpisodeHarness(root: OfficialTau2.root, store: OfficialTau2.store)
        let domain = try await OfficialTau2.domain(name)
        let isSolo = agent == "llm_agent_solo"
        let tasks = try domain.tasks(inSplit: "base").filter { task in
            let hasPlan = task.evaluationCriteria?.actions?.isEmpty == false
            // Who works alone has nobody to say anything to.
            let canBeAlone = Tau2SoloAgent.canSolve(task) && task.evaluationCriteria?.communicateInfo?.isEmpty != false
            return hasPlan && (!isSolo || canBeAlone)
        }
        try #require(tasks.count > 3)
        for task in tasks.prefix(4) {
            let (episode, brain) = try await harness.run(
                Setting(
                    task: task.id, domain: name, profile: ["user_backend_id": "user", "agent": .string(agent)]))
            #expect(episode.tau2["reward"]?.doubleValue == 1, "\(task.id)")
            #expect(episode.trajectory.termination == (isSolo ? .agentStop : .userStop))
            let request = try #require(brain.requests(of: "agent").first)
            #expect(brain.requests(of: "user").isEmpty == isSolo)
            let own = domain.agentTools(isSolo: false).map(\.name)
            #expect(request.tools.map(\.name).starts(with: own))
            #expect(request.tools.contains { $0.name == "done" } == isSolo)
            let prompt = request.messages.first?.text ?? ""
            #expect(prompt.contains("<ticket>\n\(task.ticket ?? "None")\n</ticket>") == isSolo)
            #expect(prompt.contains("<resolution_steps>\n[Step 1] ") != isSolo)
        }
    }
}

/// A prompt that shows one thing that only prompts see.
private struct FactPrompt: PromptRenderer {
    let key: String

    func render(_ variables: JSONObject, over messages: [Message]) throws -> [Message] {
        [.system(variables["sample"]?["metadata"]?["tau2"]?[key]?.stringValue ?? "nothing")]
    }
}
