import Evaluation
import JSON
import Models
import Testing

@testable import Engine

/// What each kind of component makes of a program's answer.
@Suite("Components that are programs")
struct ProgramComponentTests {
    private static func answering(_ answer: String) throws -> ProgramSettings {
        var settings = ProgramSettings()
        settings.command = OneOrMany(["sh", "-c", "read -r line; printf '%s\\n' \"$0\"", answer])
        return settings
    }

    private static let episode: Episode = {
        var episode = Episode(id: EpisodeID(task: "t", sample: "s", trial: 0), seed: 1, sample: Sample(id: "s"))
        episode.prediction = Prediction(answer: "42")
        return episode
    }()

    @Test func aRecordBecomesASampleOrIsDropped() async throws {
        let record = DatasetRecord(fields: ["x": 1], origin: "r:1")
        let made = try await ProgramPreprocessor(
            Self.answering(#"{"sample": {"id": "a", "messages": [{"role": "user", "content": "hi"}]}}"#)
        ).process(record)
        guard case .sample(let sample) = made else { throw TestFailure() }
        #expect(sample.id == "a")
        #expect(sample.messages.first?.text == "hi")
        let dropped = try await ProgramPreprocessor(Self.answering(#"{"drop": "too long"}"#)).process(record)
        guard case .dropped("too long") = dropped else { throw TestFailure() }
        await #expect(throws: EvaluationError.self) {
            try await ProgramPreprocessor(Self.answering("{}")).process(record)
        }
    }

    @Test(arguments: [
        (#"{"score": 0.5}"#, ["m": 0.5]), (#"{"score": true}"#, ["m": 1]),
        (#"{"score": {"a": 1, "b": 2}}"#, ["a": 1, "b": 2]),
        (#"{"values": {"a": 0.25}}"#, ["a": 0.25]),
    ])
    func aMetricReadsNumbers(_ answer: String, _ values: [String: Double]) async throws {
        var parameters = ProgramMetricParameters()
        parameters.program = try Self.answering(answer)
        #expect(try await ProgramMetric(parameters).score(Self.episode, as: "m")?.values == values)
    }

    @Test func aMetricMayNotApply() async throws {
        var parameters = ProgramMetricParameters()
        parameters.program = try Self.answering(#"{"score": null}"#)
        #expect(try await ProgramMetric(parameters).score(Self.episode, as: "m") == nil)
    }

    @Test(arguments: ["{}", #"{"score": "good"}"#, #"{"score": {"a": "b"}}"#])
    func anAnswerWithoutANumberIsAnErrorAndNoZero(_ answer: String) async throws {
        var parameters = ProgramMetricParameters()
        parameters.program = try Self.answering(answer)
        let metric = try ProgramMetric(parameters)
        let error = await #expect(throws: EvaluationError.self) { try await metric.score(Self.episode, as: "m") }
        #expect(error?.cause == .task)
    }

    @Test func aJudgeReachesAVerdictOrSaysThatThereIsNone() async throws {
        let scope = EpisodeScope.forTests(adapter: AdapterBinding(id: "j", role: .judgeExtend))
        var judged = Self.episode
        try await ProgramJudge(program: Program(Self.answering(#"{"verdict": {"reward": 1}}"#)))
            .perform(on: &judged, in: scope)
        #expect(judged.verdicts == [Verdict(judge: "j", output: ["reward": 1])])
        var unscorable = Self.episode
        try await ProgramJudge(program: Program(Self.answering(#"{"unscorable": "no data"}"#)))
            .perform(on: &unscorable, in: scope)
        #expect(unscorable.verdicts == [Verdict(judge: "j", output: [:], unscorableReason: "no data")])
    }

    @Test func aModelAnswersWithTextOrToolCalls() async throws {
        let context = CallContext(episode: Self.episode.id, purpose: "agent", index: 2)
        let plain = ProgramModel(program: try Program(Self.answering(#"{"content": "hello"}"#)), task: .respond)
        #expect(try await plain.respond(to: ChatRequest(messages: []), in: context).message.text == "hello")
        let calling = ProgramModel(
            program: try Program(
                Self.answering(
                    #"{"message": {"tool_calls": [{"name": "f", "arguments": {"x": 1}}]}, "usage": {"input_tokens": 3}}"#
                )),
            task: .respond)
        let response = try await calling.respond(to: ChatRequest(messages: []), in: context)
        #expect(response.message.toolCalls == [ToolCall(id: "call_2_0", name: "f", arguments: ["x": 1])])
        #expect(response.finishReason == .toolCalls)
        #expect(response.usage?.inputTokens == 3)
    }

    @Test func aProgramMayTakeAsLongAsItLikes() async throws {
        var settings = try Self.answering(#"{"drop": "no"}"#)
        settings.timeout = 1e300
        let made = try await ProgramPreprocessor(settings).process(DatasetRecord(fields: [:], origin: "r:1"))
        guard case .dropped("no") = made else { throw TestFailure() }
    }

    @Test func noAnswerOfAProgramIsCached() async throws {
        var settings = ProgramSettings()
        let counts = #"while read -r line; do n=$((n + 1)); echo "{\"content\": \"$n\"}"; done"#
        settings.command = OneOrMany(["sh", "-c", counts])
        let program = try Program(settings)
        let kept = MemoryResponseCache()
        let context = CallContext(episode: Self.episode.id, purpose: "agent")
        for count in ["1", "2"] {
            // Another run each time, with what the one before has kept.
            var options = RunModelOptions()
            options.cache = RunCache(kept)
            let model = options.decorate(ProgramModel(program: program, task: .respond), backend: "program")
            #expect(try await model.respond(to: ChatRequest(messages: []), in: context).message.text == count)
        }
    }

    @Test func aMalformedToolCallIsTheModelsDoing() async throws {
        let model = ProgramModel(
            program: try Program(
                Self.answering(#"{"message": {"tool_calls": [{"name": "f", "arguments": "{"}]}}"#)), task: .respond)
        let context = CallContext(episode: Self.episode.id, purpose: "agent")
        let error = await #expect(throws: EvaluationError.self) {
            try await model.respond(to: ChatRequest(messages: []), in: context)
        }
        #expect(error?.cause == .model)
    }

    private struct TestFailure: Error {}
}
