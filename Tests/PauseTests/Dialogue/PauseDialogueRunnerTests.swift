import Evaluation
import GageTesting
import JSON
import Testing

@testable import Pause

/// Whole dialogues on a real platform, with scripted models.
@Suite("Leading PAUSE's dialogues")
struct PauseDialogueRunnerTests {
    private static let store = Result { try PauseStore.build(StoreSettings(seed: 46, connectsOneSource: true)) }

    private static func route(_ client: String, user: String = "user") -> PauseRoute {
        var route = PauseRoute()
        (route.assistantClient, route.assistantModel) = (client, client)
        (route.userClient, route.userModel) = (user, user)
        return route
    }

    /// Leads dialogues and gives their entries in a log.
    private static func run(
        _ routes: [PauseRoute], models: [String: any ChatModel], inference: Bool = false,
        branch: String = "wearable_data_casual"
    ) async throws -> [JSONObject] {
        var request = PauseDialoguePreparation.Request(
            task: PauseTestLog.task(targets: 1), branch: branch, store: try store.get(), route: PauseRoute())
        request.isInference = inference
        let scope = EpisodeScope.pauseTest(models: models)
        return try await PauseDialogueRunner(scope: scope, stream: "").run(request, routes: routes).map(\.json)
    }

    private static let talker = ScriptedModel("Tell me more.")

    /// A model that calls this tool, and then speaks.
    private static func caller(_ name: String, _ arguments: JSONObject = [:], of speaker: Message.Role = .assistant)
        -> ScriptedModel
    {
        ScriptedModel { request, _ in
            request.messages.last?.role == .tool
                ? .text("Done.")
                : .calls([ToolCall(id: "c\(request.messages.count)", name: name, arguments: arguments)])
        }
    }

    private static let stopper = ScriptedModel { request, _ in
        .text(request.messages.count < 4 ? "My steps?" : "Thanks. ###STOP###")
    }

    // MARK: Limits

    @Test func twoWhoNeverStopAreCutOffAfterTwelveRounds() async throws {
        let log = try await Self.run([Self.route("agent")], models: ["agent": Self.talker, "user": Self.talker])[0]
        #expect(log["termination_reason"] == "max_rounds_exceeded")
        #expect(PauseConduct(PauseTrajectoryReader(log).log(initialProfile: [:])).rounds == 12)
    }

    @Test func anAssistantThatCallsToolsWithoutEndIsCutOff() async throws {
        let endless = ScriptedModel { request, _ in
            .calls([ToolCall(id: "c\(request.messages.count)", name: "get_system_settings", arguments: [:])])
        }
        let models: [String: any ChatModel] = ["agent": endless, "user": Self.talker]
        let log = try await Self.run([Self.route("agent")], models: models, inference: true)[0]
        #expect(log["termination_reason"] == "max_tool_hops_exceeded")
    }

    @Test func aLogThatGetsTooLongIsCutOff() async throws {
        let busy = ScriptedModel { request, _ in
            let calls = request.messages.reversed().prefix { $0.role != .user }.count
            return calls >= 18
                ? .text("So far.")
                : .calls([ToolCall(id: "c\(request.messages.count)", name: "get_system_settings", arguments: [:])])
        }
        let models: [String: any ChatModel] = ["agent": busy, "user": Self.talker]
        let log = try await Self.run([Self.route("agent")], models: models, inference: true)[0]
        #expect(log["termination_reason"] == "max_full_messages_exceeded")
        #expect(log["full_messages"]?.arrayValue?.count == 101)
    }

    // MARK: Branches

    @Test func aToolOutsideTheBranchRaisesInPreparationAndWorksInInference() async throws {
        let models: [String: any ChatModel] = ["agent": Self.caller("get_wallet"), "user": Self.stopper]
        let prepared = try await Self.run([Self.route("agent")], models: models)[0]
        #expect(prepared["termination_reason"] == "assistant_tool_error:get_wallet")
        #expect(prepared["terminated"] == true)
        let inferred = try await Self.run([Self.route("agent")], models: models, inference: true)[0]
        #expect(inferred["terminated"] == false)
        #expect(inferred["assistant_traj"]?.text().contains("balance") == true)
    }

    @Test(arguments: [false, true]) func theBranchsPolicyIsToldInPreparationAlone(inference: Bool) async throws {
        let agent = ScriptedModel("Hello.")
        _ = try await Self.run(
            [Self.route("agent")], models: ["agent": agent, "user": Self.stopper], inference: inference)
        let told = try #require(agent.calls.first?.request.messages.first?.text)
        let policy = PauseBranch.wearableDataCasual.assistantPolicy
        #expect(told.contains(policy) == !inference)
    }

    @Test func theShopForgivesACheckoutAndOtherUserToolsEndIt() async throws {
        let checkout = Self.caller("authorize_checkout", ["transaction_id": "txn_1"])
        let models: [String: any ChatModel] = ["agent": checkout, "user": Self.stopper]
        let log = try await Self.run([Self.route("agent")], models: models, branch: "shopping")[0]
        #expect(log["terminated"] == false)
        #expect(log["assistant_traj"]?.text().contains("UserToolRequired") == true)
        let topUp: [String: any ChatModel] = [
            "agent": Self.caller("top_up_wallet", ["amount": 5]), "user": Self.stopper,
        ]
        let ended = try await Self.run([Self.route("agent")], models: topUp, branch: "shopping")[0]
        #expect(ended["termination_reason"] == "assistant_tool_error:top_up_wallet")
    }

    // MARK: Failures

    @Test func aModelThatThrowsLeavesAnErrorTrajectoryBesideTheOthers() async throws {
        let broken = ScriptedModel { _, _ in throw EvaluationError(.providerFailed, "down", cause: .provider) }
        let logs = try await Self.run(
            [Self.route("broken"), Self.route("agent")],
            models: ["broken": broken, "agent": ScriptedModel("Hello."), "user": Self.stopper])
        #expect(logs[0]["termination_reason"] == "traj_generation_failed:provider.failed: down")
        #expect(logs[0]["error"]?["cause"] == "provider")
        #expect(logs[1]["terminated"] == false)
    }

    @Test func aUserWhoCannotKeepToTheRoleIsNoFaultOfTheAssistants() async throws {
        let judge = ScriptedModel(#"{"valid": false, "reason": "made up", "rewrite_last_user_message": "x"}"#)
        var route = Self.route("agent")
        (route.validatorClient, route.validatorModel) = ("judge", "judge")
        let log = try await Self.run(
            [route], models: ["agent": Self.talker, "user": Self.talker, "judge": judge])[0]
        #expect(log["termination_reason"] == "user_invalid:made up")
        #expect(log["user_validation_log"]?.arrayValue?.count == 3)
        #expect(PauseTrajectoryReader(log).isInfrastructureFailure)
    }

    // MARK: Routes

    @Test func clientsRunBesideEachOtherAndTheirLogsKeepTheOrderOfTheRoutes() async throws {
        // Each of four assistants waits until all four have been asked: one after another they would wait forever.
        let meeting = Meeting(size: 4)
        let attendant = { (name: String) in
            ScriptedModel(name: name) { _, _ in
                await meeting.attend()
                return .text("Hello.")
            }
        }
        let names = ["d", "b", "a", "c"]
        var models: [String: any ChatModel] = ["user": Self.stopper]
        for name in names { models[name] = attendant(name) }
        let logs = try await Self.run(names.map { Self.route($0) }, models: models)
        #expect(logs.map { $0["assistant_model"]?.stringValue } == names)
    }
}

/// Where nobody leaves before all are there.
private actor Meeting {
    private let size: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isComplete = false

    init(size: Int) { self.size = size }

    func attend() async {
        if isComplete { return }
        if waiting.count + 1 == size {
            isComplete = true
            for guest in waiting { guest.resume() }
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}
