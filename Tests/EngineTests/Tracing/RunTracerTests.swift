import Evaluation
import GageConfiguration
import GageTesting
import JSON
import Synchronization
import Testing

@testable import Engine

/// What becomes of a run in OpenTelemetry's terms.
@Suite struct RunTracerTests {
    /// Keeps spans.
    private final class Spans: TraceSink {
        /// Protects the spans.
        private let kept = Mutex<[TraceSpan]>([])

        var all: [TraceSpan] { kept.withLock { $0 } }

        func write(_ spans: [TraceSpan], of trace: TraceID.Trace, resource: JSONObject) {
            kept.withLock { $0 += spans }
        }

        func named(_ name: String) -> [TraceSpan] { all.filter { $0.name == name } }
    }

    /// A model that refuses every second call, with a key in its words.
    private struct MoodyModel: ChatModel {
        let name = "moody-1"

        func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
            guard context.index % 2 == 0 else {
                throw EvaluationError(.providerFailed, "refused for key sk-very-secret", cause: .provider)
            }
            return ChatResponse(
                message: .assistant("a private answer"), finishReason: .stop, model: "moody-1-0613",
                usage: Usage(inputTokens: 7, outputTokens: 3), cost: 0.25)
        }
    }

    private static let agent = ClosureAdapter { episode, scope in
        let model = try scope.models.model(backend: "moody")
        let request = ChatRequest(messages: [.user("a private question")], parameters: ["temperature": 0.5])
        _ = try await model.respond(to: request, in: scope.call("agent", index: 0))
        let call = ToolCall(id: "c1", name: "look", arguments: ["secret": "hidden"])
        episode.trajectory.entries = [
            .init(.assistant(nil, toolCalls: [call]), by: .agent, time: 0.5),
            .init(
                .tool(ToolResult(content: "no", isError: true), answering: call), by: .environment, requester: .agent,
                time: 0.75, duration: 0.25),
        ]
        if episode.sample.id == "s1" { _ = try await model.respond(to: request, in: scope.call("agent", index: 1)) }
        episode.prediction = Prediction(answer: "1")
    }

    private func traced() async throws -> Spans {
        let spans = Spans()
        var plan = Plan.testing(samples: 2, agent: Self.agent, metric: ClosureMetric { _ in 1 })
        plan.tasks[0].maxRetries = 0
        var run = try TemporaryRun(plan, models: ["moody": MoodyModel()])
        run.options.tracer = RunTracer(sinks: [spans], secrets: ["sk-very-secret"])
        _ = try await run.run()
        return spans
    }

    @Test func spansMakeATreeFromTheRunToTheCalls() async throws {
        let spans = try await traced()
        let byID = Dictionary(spans.all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        #expect(byID.count == spans.all.count)
        let expected: [String: String?] = [
            "run": nil, "task": "run", "episode": "task", "step inference": "episode",
            "chat moody-1": "step inference", "execute_tool look": "step inference",
        ]
        #expect(Set(spans.all.map(\.name)) == Set(expected.keys))
        for span in spans.all {
            let parent = span.parent.flatMap { byID[$0] }
            #expect(parent?.name == expected[span.name].flatMap { $0 }, "\(span.name)")
            #expect(span.end >= span.start)
            guard let parent, span.name != "execute_tool look" else { continue }
            #expect(span.start >= parent.start && span.end <= parent.end, "\(span.name)")
        }
        #expect(spans.named("episode").count == 2)
        #expect(spans.named("chat moody-1").count == 3)
    }

    @Test func callsCarryTheConventionsAttributes() async throws {
        let spans = try await traced()
        let chat = try #require(spans.named("chat moody-1").first { $0.failure == nil })
        #expect(chat.kind == .client)
        let wanted: JSONObject = [
            "gen_ai.operation.name": "chat", "gen_ai.request.model": "moody-1",
            "gen_ai.response.model": "moody-1-0613", "gen_ai.response.finish_reasons": ["stop"],
            "gen_ai.usage.input_tokens": 7, "gen_ai.usage.output_tokens": 3, "gen_ai.request.temperature": 0.5,
            "gage.purpose": "agent",
        ]
        for (key, value) in wanted { #expect(chat.attributes[key] == value, "\(key)") }
        let tool = try #require(spans.named("execute_tool look").first)
        #expect(tool.attributes["gen_ai.tool.name"] == "look")
        #expect(tool.attributes["gen_ai.tool.call.id"] == "c1")
        #expect(tool.attributes["error.type"] == "tool_error")
        #expect(abs(tool.end - tool.start - 0.25) < 1e-3)
    }

    @Test func failuresAreSpansWithErrorsAndSecretsStayOut() async throws {
        let spans = try await traced()
        let failed = try #require(spans.named("chat moody-1").first { $0.failure != nil })
        #expect(failed.failure?.contains("***") == true)
        let episode = try #require(spans.named("episode").first { $0.attributes["gage.sample.id"] == "s1" })
        #expect(episode.attributes["gage.outcome"] == "errored")
        #expect(episode.failure != nil)
        let text = OTLP.message(spans.all, of: .random(), resource: ["service.name": "gage"]).text()
        for secret in ["sk-very-secret", "private", "hidden"] { #expect(!text.contains(secret)) }
    }

    @Test func spansOfAnAttemptAreBounded() {
        let sink = Spans()
        let trace = AttemptTrace(
            RunTracer(sinks: [sink], secrets: []), of: EpisodeID(task: "t", sample: "s", trial: 0), attempt: 0, in: nil,
            clock: SystemClock())
        for _ in 0..<AttemptTrace.limit + 10 { trace.end(TraceSpan("x", parent: nil, start: 0), failure: nil) }
        let sample = Sample(id: "s")
        trace.end(
            EpisodeRecord(
                episode: Episode(id: EpisodeID(task: "t", sample: "s", trial: 0), seed: 1, sample: sample),
                outcome: .scored, startedAt: 0, duration: 0), isCancelled: false)
        #expect(sink.all.count == AttemptTrace.limit + 1)
        #expect(sink.named("episode").first?.attributes["gage.spans.omitted"] == 10)
    }

    @Test(arguments: [
        (0.0, "0"), (1_700_000_000.5, "1700000000500000000"), (-1.0, "0"), (Double.infinity, "0"), (Double.nan, "0"),
    ])
    func timesAreNanosecondsInText(seconds: Double, text: String) {
        var span = TraceSpan("x", parent: nil, start: seconds)
        span.end = seconds
        #expect(span.otlp(in: .random())["startTimeUnixNano"] == .string(text))
    }

    @Test func idsHaveTheirLengthAndAreNeverZero() {
        for _ in 0..<100 {
            #expect(TraceID.Trace.random().text.count == 32)
            #expect(TraceID.Span.random().text.count == 16)
        }
        #expect(TraceID.Span(number: 10).text == "000000000000000a")
    }

    @Test func attributesHaveOTLPsTypes() {
        let attributes: JSONObject = ["s": "x", "i": 3, "d": 0.5, "b": true, "a": ["y", 1], "n": .null]
        let expected: JSONValue = [
            ["key": "s", "value": ["stringValue": "x"]], ["key": "i", "value": ["intValue": "3"]],
            ["key": "d", "value": ["doubleValue": 0.5]], ["key": "b", "value": ["boolValue": true]],
            [
                "key": "a",
                "value": ["arrayValue": ["values": [["stringValue": "y"], ["intValue": "1"]]]],
            ],
        ]
        #expect(OTLP.attributes(attributes) == expected)
    }

    @Test(
        arguments: [
            ("http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/traces"),
            ("https://collector/", "https://collector/v1/traces"),
            ("http://collector/custom/path", "http://collector/custom/path"), ("", nil), ("127.0.0.1:4318", nil),
            ("http://", nil), ("http:///v1/traces", nil), ("ftp://host", nil),
        ] as [(String, String?)])
    func addressesBecomeURLs(address: String, url: String?) { #expect(TraceEndpoint.url(of: address) == url) }
}
