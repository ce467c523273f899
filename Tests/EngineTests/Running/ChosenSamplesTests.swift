import Engine
import Evaluation
import GageTesting
import Storage
import Synchronization
import Testing

/// Runs of which only some samples are attempted, and what observers are told of commits.
@Suite struct ChosenSamplesTests {
    @Test func onlyTheSamplesAskedForAreAttemptedAndTheRunSaysThatItLacksTheOthers() async throws {
        var run = try TemporaryRun(.testing(samples: 5))
        run.options.onlySamples = ["s1", "s3"]
        let result = try await run.run()
        #expect(result.status == .stopped)
        #expect(result.outcomes.scored == 2)
        #expect(result.tasks.first?.planned == 5)
        #expect(try run.records().map(\.id.sample) == ["s1", "s3"])
        #expect(try run.journal().run().statusReason == "only some of the samples were asked for")
        run.options.onlySamples = nil
        #expect(try await run.resume().status == .completed)
        #expect(try run.records().map(\.id.sample) == (0..<5).map { "s\($0)" })
    }

    @Test func onlyTheErroredEpisodesAskedForAreAttemptedAgain() async throws {
        let fails = Mutex(true)
        let agent = ClosureAdapter { episode, _ in
            if fails.withLock({ $0 }) { throw EvaluationError(.providerFailed, "away", cause: .provider) }
            episode.prediction = Prediction(answer: episode.sample.id)
        }
        var run = try TemporaryRun(.testing(samples: 3, agent: agent))
        #expect(try await run.run().outcomes.errored == ["provider": 3])
        fails.withLock { $0 = false }
        run.options.onlySamples = ["s1"]
        let result = try await run.resume(retryingErrored: true)
        #expect(result.status == .completed)
        #expect(result.outcomes.scored == 1)
        #expect(result.outcomes.errored == ["provider": 2])
    }

    @Test func eachEpisodeIsToldOnceItIsInTheJournal() async throws {
        var run = try TemporaryRun(.testing(samples: 4))
        let told = Mutex<[String]>([])
        run.options.onCommit = { record in told.withLock { $0.append(record.id.sample) } }
        _ = try await run.run()
        #expect(told.withLock { $0 }.sorted() == (0..<4).map { "s\($0)" })
    }
}
