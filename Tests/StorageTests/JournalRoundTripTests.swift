import Evaluation
import JSON
import Storage
import Testing

@Suite struct JournalRoundTripTests {
    private func roundTrip(_ record: EpisodeRecord) async throws -> EpisodeRecord? {
        let temporary = try TemporaryDirectory()
        let writer = try await JournalWriter.create(at: "\(temporary.path)/run.sqlite", run: .example)
        try await writer.commit(record, at: EpisodePosition(task: 0, sample: 0))
        let stored = try writer.journal.episode(record.id)?.record
        try await writer.close()
        return stored
    }

    static let failure: EvaluationError = {
        var error = EvaluationError(
            .providerRateLimited, "too many", cause: .provider,
            retry: .after(Duration(secondsComponent: 3, attosecondsComponent: 7)),
            location: SourceLocation(file: "a.yaml", line: 3, column: 9), advice: "wait",
            underlying: CancellationError())
        error.step = "inference:agent"
        return error
    }()

    @Test(arguments: [
        Outcome.scored, .unscorable(reason: ""), .unscorable(reason: "no judge\nhere"), .errored(failure),
        .errored(EvaluationError(.unexpected, "x", cause: .gage, retry: .worthwhile)),
    ])
    func everyOutcomeComesBackAsItWas(outcome: Outcome) async throws {
        var record = EpisodeRecord.example(sample: "ü/ \n'\"", trial: 7, outcome: outcome)
        record.failedAttempts = [Self.failure, EvaluationError(.unexpected, "y", cause: .gage)]
        let stored = try #require(try await roundTrip(record))
        #expect(RecordImage(stored) == RecordImage(record))
    }

    @Test func anEpisodeThatProducedNothingComesBackEmpty() async throws {
        let episode = Episode(id: EpisodeID(task: "t", sample: "s", trial: 0), seed: 0, sample: Sample(id: "s"))
        let record = EpisodeRecord(episode: episode, outcome: .errored(Self.failure), startedAt: 0, duration: 0)
        let stored = try #require(try await roundTrip(record))
        #expect(RecordImage(stored) == RecordImage(record))
        #expect(stored.prediction == nil)
        #expect(stored.trajectory.entries.isEmpty)
    }

    @Test func answersThatAreAbsentStayAbsent() async throws {
        var record = EpisodeRecord.example()
        record.prediction = Prediction(answer: nil)
        #expect(try await roundTrip(record)?.prediction == Prediction(answer: nil))
    }

    @Test func numbersThatJSONHasNoWordsForComeBack() async throws {
        var record = EpisodeRecord.example()
        record.scores = [Score(metric: "m", values: ["inf": .infinity, "nan": .nan, "tiny": .leastNonzeroMagnitude])]
        let values = try #require(try await roundTrip(record)?.scores.first?.values)
        #expect(values["inf"] == .infinity)
        #expect(values["nan"]?.isNaN == true)
        #expect(values["tiny"] == .leastNonzeroMagnitude)
    }

    @Test func argumentsAsDeepAsAProviderMaySendThemComeBack() async throws {
        var deep: JSONValue = "end"
        for _ in 0..<500 { deep = .array([deep]) }
        var record = EpisodeRecord.example()
        let call = ToolCall(id: "1", name: "f", arguments: ["deep": deep])
        record.trajectory.entries = [.init(.assistant(nil, toolCalls: [call]), by: .agent)]
        #expect(try await roundTrip(record)?.trajectory == record.trajectory)
    }

    @Test func theRunAndItsTasksComeBack() async throws {
        let temporary = try TemporaryDirectory()
        let path = "\(temporary.path)/run.sqlite"
        let writer = try await JournalWriter.create(at: path, run: .example)
        #expect(try writer.journal.run() == .example)
        var task = TaskMetadata(id: "t", ordinal: 1, datasetID: "d", datasetMetadata: ["rows": 3])
        try await writer.record(task)
        task.plannedEpisodes = 6
        task.isFullyPlanned = true
        try await writer.record(task)
        try await writer.record(TaskMetadata(id: "z", ordinal: 0, datasetID: "d"))
        #expect(try writer.journal.tasks().map(\.id) == ["z", "t"])
        #expect(try writer.journal.tasks().last == task)
        let few = DroppedRecords(task: "t", reason: "too long", count: 1, examples: ["a.jsonl:2"])
        let many = DroppedRecords(task: "t", reason: "no answer", count: 9, examples: [])
        try await writer.record([few], of: "t")
        try await writer.record([few, many], of: "t")
        #expect(try writer.journal.dropped() == [many, few])
        try await writer.record(.interrupted, reason: "by the user")
        try await writer.record(planDigest: "d2", configuration: [:])
        try await writer.record(RunSession(command: "run", gageVersion: "0", startedAt: 1))
        try await writer.record(RunSession(command: "run", gageVersion: "0", startedAt: 1, endedAt: 2))
        try await writer.record(RunSession(command: "resume", gageVersion: "1", startedAt: 3))
        let run = try writer.journal.run()
        #expect(run.status == .interrupted)
        #expect(run.statusReason == "by the user")
        #expect(run.planDigest == "d2")
        #expect(try writer.journal.sessions().map(\.endedAt) == [2, nil])
        try await writer.close()
    }
}
