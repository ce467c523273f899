import Evaluation
import JSON
import Synchronization
import Testing

@testable import Proactive

@Suite struct GenerationJobTests {
    private static let meetings = (0..<30).map {
        StateSource.Meeting(state: .hidden("s\($0)"), persona: .novice)
    }

    @Test func linesComeInTheOrderOfTheStatesHoweverManyAreWorkedOn() async throws {
        let scratch = try Scratch()
        for concurrency in [1, 8] {
            let outcome = try await GenerationJob(generator: .testing(), concurrency: concurrency)
                .run(Self.meetings, to: "\(scratch.path)/\(concurrency).jsonl")
            #expect((outcome.meetings, outcome.lines) == (30, 90))
            #expect(outcome.mainlines == [.clarify: 30])
        }
        #expect(try scratch.text("1.jsonl") == scratch.text("8.jsonl"))
        let read = try await TrajectoriesFile.read("\(scratch.path)/8.jsonl", named: "8.jsonl")
        #expect(read.lines.count == 90)
        #expect(read.lines[89].state.id == "s29")
    }

    @Test func whatWasWrittenStaysWhenALaterStateFails() async throws {
        let scratch = try Scratch()
        let model = FailingWriter(at: "s7")
        await #expect(throws: EvaluationError.self) {
            try await GenerationJob(generator: .testing(model), concurrency: 1)
                .run(Self.meetings, to: "\(scratch.path)/a.jsonl")
        }
        let read = try await TrajectoriesFile.read("\(scratch.path)/a.jsonl", named: "a.jsonl")
        #expect(read.lines.count == 21)
        #expect(read.cutOff == 0)
    }

    @Test func aLineThatAKilledWriterLeftIsLeftOut() async throws {
        let scratch = try Scratch()
        let line = JSONValue.object(
            try await TrajectoryGenerator.testing().trajectories(for: .coding(), as: .novice)[0].json
        ).text()
        let cut = try scratch.write("\(line)\n\(line)\n\(line.prefix(100))", to: "cut.jsonl")
        let read = try await TrajectoriesFile.read(cut, named: "cut.jsonl")
        #expect((read.lines.count, read.cutOff) == (2, 1))
        let broken = try scratch.write("\(line)\n\(line.prefix(100))\n", to: "broken.jsonl")
        await #expect(throws: EvaluationError.self) { try await TrajectoriesFile.read(broken, named: "broken.jsonl") }
        let middle = try scratch.write("\(line.prefix(100))\n\(line)", to: "middle.jsonl")
        await #expect(throws: EvaluationError.self) { try await TrajectoriesFile.read(middle, named: "middle.jsonl") }
    }
}

/// Fails at one state.
private struct FailingWriter: AssistantWriter {
    let state: String

    init(at state: String) { self.state = state }

    func message(for request: AssistantRequest) async throws -> AssistantMessage {
        if request.state.id == state { throw EvaluationError(.providerFailed, "no", cause: .provider) }
        return try await DummyAssistant().message(for: request)
    }
}
