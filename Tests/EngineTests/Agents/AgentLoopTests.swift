import Evaluation
import GageTesting
import JSON
import Testing

@testable import Engine

/// The agent's loop in a world, through whole runs.
@Suite struct AgentLoopTests {
    @Test func textIsTheFinalAnswer() async throws {
        let record = try await AgentBench.counting().run(ScriptedModel("42"))
        #expect(record.outcome == .scored)
        #expect(record.prediction?.answer == "42")
        #expect(record.trajectory.termination == .finalAnswer)
        #expect(record.trajectory.entries.map(\.speaker) == [.user, .agent])
    }

    @Test func callsAreRunInTheWorldAndTheirResultsAreSeen() async throws {
        let model = ScriptedModel { request, call in
            switch call.index {
            case 0: .calls([.make("add", ["amount": 2], id: "1"), .make("add", ["amount": 3], id: "2")])
            case 1: .text(request.messages.suffix(2).compactMap(\.text).joined(separator: "+"))
            default: .text("too far")
            }
        }
        let record = try await AgentBench.counting().run(model)
        #expect(record.prediction?.answer == "2+5")
        let results = record.trajectory.entries.filter { $0.speaker == .environment }
        #expect(results.map(\.message.toolCallID) == ["1", "2"])
        #expect(results.allSatisfy { $0.requester == .agent })
        #expect(model.calls[1].request.messages.map(\.role) == [.user, .assistant, .tool, .tool])
    }

    @Test func aToolThatFailsIsDataForTheAgent() async throws {
        let model = ScriptedModel { request, call in
            call.index == 0 ? .calls([.make("add", ["amount": "x"])]) : .text(request.messages.last?.text ?? "")
        }
        let record = try await AgentBench.counting().run(model)
        #expect(record.outcome == .scored)
        #expect(record.prediction?.answer == "amount must be a whole number")
        #expect(record.trajectory.entries.contains { $0.message.isError })
    }

    @Test func aWorldThatBreaksIsAnError() async throws {
        let record = try await AgentBench.counting().run(ScriptedModel { _, _ in .calls([.make("break")]) })
        guard case .errored(let error) = record.outcome else {
            Issue.record("not errored")
            return
        }
        #expect(error.cause == .sandbox)
        #expect(record.trajectory.entries.last?.message.toolCalls.isEmpty == false)
    }

    @Test func aFinalAnswerToolEndsTheTurnAndItsOtherCallsAreDropped() async throws {
        let calls: [ToolCall] = [.make("add", ["amount": 7]), .make("submit"), .make("add", ["amount": 1])]
        let model = ScriptedModel { _, _ in .calls(calls) }
        let bench = AgentBench.counting { $0.sample["tools"] = .array([]) }
        let record = try await bench.run(model)
        #expect(record.prediction?.answer == "7")
        #expect(record.trajectory.termination == .finalAnswer)
        #expect(record.trajectory.entries.filter { $0.speaker == .environment }.count == 2)
        #expect(model.calls.count == 1)
    }

    @Test(arguments: [1, 3, 8]) func turnsAreLimitedAndTheLimitIsRecorded(turns: Int) async throws {
        let model = ScriptedModel { _, _ in .calls([.make("read")]) }
        let record = try await AgentBench.counting { $0.parameters.maxTurns = turns }.run(model)
        #expect(record.outcome == .scored)
        #expect(record.prediction?.answer == nil)
        #expect(record.trajectory.termination == .maxTurns)
        #expect(model.calls.count == turns)
    }

    @Test func usageIsSummedOverAllTurns() async throws {
        let model = ScriptedModel(usage: Usage(inputTokens: 10, outputTokens: 1), cost: 0.5) { _, call in
            call.index < 3 ? .calls([.make("read")]) : .text("x")
        }
        let record = try await AgentBench.counting().run(model)
        #expect(record.trajectory.usage(of: .agent) == Usage(inputTokens: 40, outputTokens: 4))
        #expect(record.trajectory.cost(of: .agent) == 2)
    }

    @Test func reasoningGoesBackToItsOwnModel() async throws {
        let model = ScriptedModel { _, call in
            guard call.index == 0 else { return .text("done") }
            var message = Message.assistant(nil, toolCalls: [.make("read")])
            message.reasoning = "I think"
            return .response(ChatResponse(message: message, finishReason: .toolCalls, model: "m"))
        }
        let record = try await AgentBench.counting().run(model)
        #expect(model.calls[1].request.messages[1].reasoning == "I think")
        #expect(record.trajectory.entries[1].message.reasoning == "I think")
    }

    @Test(arguments: [
        (AgentBackend.ForcedToolChoice.always, [ToolChoice.required, .required]), (.firstTurn, [.required, .auto]),
        (.never, [.auto, .auto]),
    ])
    func toolCallsAreForcedAsTheBackendSays(
        force: AgentBackend.ForcedToolChoice, choices: [ToolChoice]
    ) async throws {
        let model = ScriptedModel { _, call in call.index == 0 ? .calls([.make("read")]) : .text("x") }
        _ = try await AgentBench.counting { $0.force = force }.run(model)
        #expect(model.calls.map(\.request.toolChoice) == choices)
        let toolless = ScriptedModel("x")
        var bench = AgentBench()
        bench.force = force
        _ = try await bench.run(toolless)
        #expect(toolless.calls.first?.request.toolChoice == nil)
    }

    @Test func theSamplesOwnChoiceIsNotForced() async throws {
        let model = ScriptedModel("x")
        let bench = AgentBench.counting {
            $0.force = .always
            $0.sample["tool_choice"] = "none"
        }
        _ = try await bench.run(model)
        #expect(model.calls.first?.request.toolChoice == ToolChoice.none)
    }

    @Test func samplingIsTheBackendsThenTheAdaptersThenTheSamples() async throws {
        let model = ScriptedModel("x")
        let bench = AgentBench.counting {
            $0.sampling = ["temperature": 0.1, "top_p": 0.1, "n": 1]
            $0.parameters.samplingParameters = ["temperature": 0.2, "top_p": 0.2]
            $0.sample["sampling_params"] = ["temperature": 0.3]
        }
        _ = try await bench.run(model)
        #expect(model.calls.first?.request.parameters == ["temperature": 0.3, "top_p": 0.2, "n": 1])
    }

    @Test func callsHaveSeedsOfTheirOwnThatDoNotChange() async throws {
        var seeds: [[UInt64]] = []
        for _ in 0..<2 {
            let model = ScriptedModel { _, call in call.index < 2 ? .calls([.make("read")]) : .text("x") }
            _ = try await AgentBench.counting().run(model)
            seeds.append(model.calls.map(\.context.seed))
        }
        #expect(seeds[0] == seeds[1])
        #expect(Set(seeds[0]).count == 3)
    }

    @Test(arguments: [
        (EvaluationError.Code.contextWindowExceeded, Cause.model, Termination.contextWindowExceeded),
        (.modelMalformedToolCall, .model, .agentError), (.modelEmptyReply, .model, .agentError),
    ])
    func aModelThatBreaksItsProtocolHasFailedAtTheTask(
        code: EvaluationError.Code, cause: Cause, termination: Termination
    ) async throws {
        let record = try await AgentBench.counting().run(
            ScriptedModel { _, _ in throw EvaluationError(code, "x", cause: cause) })
        #expect(record.outcome == .scored)
        #expect(record.trajectory.termination == termination)
        #expect(record.prediction?.answer == nil)
    }

    @Test func aProviderThatFailsIsAnError() async throws {
        let record = try await AgentBench.counting().run(
            ScriptedModel { _, _ in throw EvaluationError(.providerFailed, "x", cause: .provider) })
        #expect(record.outcome.name == "errored")
    }

    @Test func spendingIsLimited() async throws {
        let model = ScriptedModel(usage: Usage(inputTokens: 90, outputTokens: 10)) { _, _ in .calls([.make("read")]) }
        let record = try await AgentBench.counting {
            $0.parameters.maxTurns = 100
            $0.parameters.maxTotalTokens = 250
        }.run(model)
        #expect(record.trajectory.termination == .budget)
        #expect(model.calls.count == 3)
    }
}
