import Evaluation
import JSON
import Testing

@testable import Tau

/// Recorded official runs, gone through again request by request.
@Suite("Official τ-bench runs", .enabled(if: TauReference.hasTau1))
struct Tau1WireTests {
    private func replay(_ wire: Tau1WireCase) async throws -> (attempts: [Tau1Harness.Attempt], model: Tau1WireModel) {
        let root = try #require(Tau1WirePrompts.root)
        let model = Tau1WireModel(wire)
        var setting = Tau1Harness.Setting(agent: model, user: model)
        setting.loader = wire.loader
        setting.profile = wire.profile
        setting.trials = wire.trials
        let attempts = try await Tau1Harness(root: root, store: Tau1WirePrompts.store).run(setting)
        return (attempts, model)
    }

    @Test(
        "Requests, messages and verdicts are the official ones",
        arguments: [
            "tool_calling_retail", "tool_calling_airline", "tool_calling_range", "half_wrong_3_trials",
            "shuffle_seed_10", "act", "react", "few_shot", "act_not_json", "two_tool_calls", "thirty_steps",
            "stop_inside_sentence", "concurrency_4", "negative_task_id", "unknown_model_no_price", "user_react",
            "user_verify", "user_verify_never_ok", "user_reflection", "user_reflection_never_ok",
        ])
    func wholeRuns(name: String) async throws {
        let wire = try Tau1WireCase(name)
        #expect(!wire.exchanges.isEmpty)
        let (attempts, model) = try await replay(wire)
        #expect(model.strangers == [], "requests that the official run has not made")
        #expect(model.unmade == [], "requests of the official run that were not made")
        #expect(
            attempts.allSatisfy { $0.error == nil }, "\(attempts.compactMap(\.error).first.map(\.description) ?? "")")
        let official = try #require(try wire.results)
        let own = try Tau1Results.export(attempts.map(\.record))
        #expect(own.leftOut == 0)
        #expect(own.files.count == 1)
        let results = own.files.first?.results.results ?? []
        #expect(results.count == official.results.count)
        for result in official.results {
            let id = result.taskID < 0 ? 115 + result.taskID : result.taskID
            let mine = results.first { $0.taskID == id && $0.trial == result.trial }
            #expect(mine?.reward == result.reward, "task \(id)")
            #expect(essence(mine?.info) == essence(result.info), "task \(id)")
            #expect(mine?.trajectory.map(Tau1WireMessage.essence) == result.trajectory.map(Tau1WireMessage.essence))
        }
        #expect(Tau1Results(results).averageReward == wire.printed(after: "Average reward: "))
        for (place, value) in Tau1Results(results).passHat.enumerated() {
            #expect(value == wire.printed(after: "k=\(place + 1): "))
        }
    }

    /// What the official record says about a verdict, the price of the user's last call left out.
    private func essence(_ info: JSONValue?) -> JSONValue {
        var object = info?.objectValue ?? [:]
        object["user_cost"] = nil
        return .object(object)
    }

    @Test(
        "The price of the user's last call is the official one, and all calls are counted",
        arguments: ["tool_calling_range", "user_react"])
    func userCost(name: String) async throws {
        let wire = try Tau1WireCase(name)
        let (attempts, _) = try await replay(wire)
        let official = try #require(try wire.results).results
        for attempt in attempts {
            let calls = attempt.episode.trajectory.entries.filter { $0.speaker == .user }.compactMap(\.cost)
            let result = official.first { .int(Int64($0.taskID)) == attempt.found["task_id"] }
            let last = try #require(result?.info["user_cost"]?.doubleValue)
            #expect(abs((calls.last ?? 0) - last) < 1e-12)
            #expect(abs((attempt.found["user_cost"]?.doubleValue ?? 0) - calls.reduce(0, +)) < 1e-12)
        }
    }

    @Test("Arguments that are not JSON are the agent's failure, with the reward 0")
    func badArguments() async throws {
        let (attempts, model) = try await replay(try Tau1WireCase("bad_tool_json"))
        #expect(model.strangers == [] && model.unmade == [])
        let attempt = try #require(attempts.first)
        #expect(attempt.error == nil)
        #expect(attempt.found["reward"] == 0.0)
        #expect(attempt.found["termination_reason"] == "agent_error")
        #expect(attempt.found["reward_info"] == .null)
    }

    @Test("A provider's refusal is an error of the episode, and no zero")
    func refusal() async throws {
        let (attempts, model) = try await replay(try Tau1WireCase("agent_http_400"))
        #expect(model.strangers == [] && model.unmade == [])
        #expect(attempts.count == 2)
        #expect(attempts.allSatisfy { $0.error?.code == .providerBadRequest })
        #expect(try Tau1Results.export(attempts.map(\.record)).leftOut == 2)
        let all = try Tau1Results.export(attempts.map(\.record), includesErrored: true)
        #expect(all.files.first?.results.results.map(\.reward) == [0, 0])
    }

    @Test("An answer without text says nothing, where the official command breaks off")
    func emptyAnswer() async throws {
        let wire = try Tau1WireCase("null_content_with_outputs")
        let (attempts, model) = try await replay(wire)
        #expect(model.strangers == [] && model.unmade == [])
        #expect(try wire.results?.results.first?.error == "'NoneType' object has no attribute 'lower'")
        #expect(attempts.first?.found["reward"] == 1.0)
    }

    @Test("A model's name with a slash ends no run")
    func slash() async throws {
        let wire = try Tau1WireCase("user_model_with_slash")
        let (attempts, model) = try await replay(wire)
        #expect(model.strangers == [] && model.unmade == [])
        #expect(try wire.results == nil)
        #expect(attempts.first?.found["reward"] == 1.0)
    }

    @Test(
        "What the official command breaks off at is refused before anything runs",
        arguments: ["task_id_out_of_range", "empty_range", "airline_train_split", "bad_env"])
    func refusals(name: String) async throws {
        let wire = try Tau1WireCase(name)
        #expect(wire.json["raised"]?.stringValue != nil)
        let error = await #expect(throws: EvaluationError.self) { _ = try await replay(wire) }
        #expect(error?.cause == .configuration)
        #expect(error?.advice?.isEmpty == false)
    }
}
