import Evaluation
import JSON
import Models
import Testing

@testable import Tau

@Suite("tau2 gold brain")
struct Tau2GoldBrainTests {
    private func task(_ requestors: [Requestor]) throws -> Tau2Task {
        let actions = requestors.enumerated().map { place, requestor -> JSONValue in
            [
                "action_id": .string("\(place)"), "requestor": .string(requestor.rawValue),
                "name": .string("f\(place)"),
                "arguments": [:],
            ]
        }
        return try Tau2Task(
            json: [
                "id": "1", "user_scenario": ["instructions": "x"],
                "evaluation_criteria": ["actions": .array(actions), "communicate_info": ["42"]],
            ])
    }

    @Test("Agent and user take turns along the expected actions, each counting only its own moves")
    func turns() throws {
        let task = try task([.user, .assistant, .assistant, .user, .user, .assistant])
        let script = Tau2GoldScript(task: task, actions: task.evaluationCriteria?.actions ?? [], isSolo: false)
        var played: [String] = []
        var (agent, user) = ((calls: 0, texts: 0), (calls: 0, texts: 0))
        var turn = Participant.user
        while played.count < 20 {
            let move =
                turn == .user
                ? script.userMove(calls: user.calls, texts: user.texts)
                : script.agentMove(calls: agent.calls, texts: agent.texts)
            switch move {
            case .call(let action, index: _):
                played.append(action.name)
                if turn == .user { user.calls += 1 } else { agent.calls += 1 }
            case .say(let text):
                if text.contains("###STOP###") {
                    #expect(played == ["f0", "f1", "f2", "f3", "f4", "f5"])
                    #expect(agent.texts == 3)
                    return
                }
                if turn == .user { user.texts += 1 } else { agent.texts += 1 }
                turn = turn == .user ? .agent : .user
            }
        }
        Issue.record("the dialogue does not end")
    }

    @Test("What has to be said is in the agent's last words")
    func statements() throws {
        let task = try task([])
        let script = Tau2GoldScript(task: task, actions: [], isSolo: false)
        guard case .say(let text) = script.agentMove(calls: 0, texts: 0) else {
            Issue.record("there is nothing to do")
            return
        }
        #expect(text.contains("42"))
    }

    @Test("A request that names no tau2 sample is refused with a reason")
    func strangers() async throws {
        let data = try OwnMockData()
        let brain = Tau2GoldBrain(dataDirectory: data.root)
        for sample in [nil, "mock_none", "chess_1", "telecom_x"] as [String?] {
            let context = sample.map {
                CallContext(episode: EpisodeID(task: "t", sample: $0, trial: 0), purpose: "agent")
            }
            let reply = await brain.reply(to: MockRequest(model: "m", messages: [.user("hi")], context: context))
            #expect(reply.failure?.message.isEmpty == false)
        }
    }

    @Test(
        "Official tasks end as their gold trajectories do", .enabled(if: TauReference.hasTau2),
        arguments: ["mock", "retail", "airline", "telecom"])
    func officialTasks(domain: String) async throws {
        let seed = UInt64.random(in: 0..<1000)
        print("playing official \(domain) tasks by seed \(seed)")
        let harness = EpisodeHarness(root: OfficialTau2.root, store: OfficialTau2.store)
        let gold = try TauReference.lines("tau2/cases/\(domain).traj.jsonl.gz").filter {
            $0["kind"] == "gold" && $0["solo_mode"] == false
                && $0["task_splits"]?.arrayValue?.contains("base") == true
        }
        let ranked = gold.sorted { left, right in
            sha256Hex("\(seed)\(left["case_id"] ?? .null)".utf8) < sha256Hex("\(seed)\(right["case_id"] ?? .null)".utf8)
        }
        for line in ranked.prefix(4) {
            let expected = line.at("expected.evaluations.all.reward_info.reward")?.doubleValue
            var setting = EpisodeHarness.Setting(task: line["task_id"]?.stringValue ?? "", domain: domain)
            setting.judge = ["nl_judge_backend_id": "judge"]
            let (episode, _) = try await harness.run(setting)
            #expect(episode.tau2["reward"]?.doubleValue == expected, "\(line["case_id"] ?? .null)")
        }
    }
}
