import Evaluation
import GageConfiguration
import GageTesting
import Glibc
import Storage
import Testing

@testable import Engine

/// A run in a child process that is killed, and what going on with it gives.
@Suite struct KilledRunTests {
    @Test(arguments: [5, 40]) func aKilledRunLosesOnlyWhatWasInFlight(episodes: Int) async throws {
        let whole = try TemporaryRun(KillableRun.plan(killedAfter: nil))
        _ = try await whole.run()
        let temporary = try TemporaryDirectory()
        let path = temporary.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, episodes = episodes as Int] in
            _ = try await KillableRun.executor(in: path, killedAfter: episodes, resumes: false).run()
        }
        let journal = try Journal.open("\(path)/test/run.sqlite")
        #expect(try journal.integrityComplaint() == nil)
        #expect(try journal.run().status == .running)
        let survived = try journal.outcomes()["task"]?.total ?? 0
        #expect(survived >= episodes - KillableRun.concurrency)
        #expect(survived <= episodes + KillableRun.concurrency)
        let result = try await KillableRun.executor(in: path, killedAfter: nil, resumes: true).run()
        #expect(result.status == .completed)
        let resumed = try Journal.open("\(path)/test/run.sqlite")
        var ids: [EpisodeID] = []
        try resumed.forEachEpisode { ids.append($0.record.id) }
        #expect(try ids == whole.records().map(\.id))
        let metrics = try MetricsAggregation(plan: KillableRun.plan(killedAfter: nil)).aggregate(resumed)
        #expect(try metrics.map(\.json) == whole.metrics().map(\.json))
        #expect(try resumed.sessions().map { $0.endedAt == nil } == [true, false])
    }
}

/// A run that kills its own process when its agent has worked so often.
enum KillableRun {
    static let concurrency = 4

    static func plan(killedAfter episodes: Int?) -> Plan {
        let calls = CallCounter()
        let agent = ClosureAdapter { episode, _ in
            if calls.next() == episodes { kill(getpid(), SIGKILL) }
            await Task.yield()
            episode.prediction = Prediction(answer: "\(episode.seed % 10)")
        }
        let metric = ClosureMetric { Double($0.prediction?.answer ?? "") ?? 0 }
        var plan = Plan.testing(samples: 100, agent: agent, metric: metric)
        plan.tasks[0].concurrency = concurrency
        return plan
    }

    static func executor(in path: String, killedAfter episodes: Int?, resumes: Bool) -> RunExecutor {
        var options = RunOptions()
        options.outputDirectory = path
        options.runID = "test"
        options.resumes = resumes
        return RunExecutor(plan: plan(killedAfter: episodes), options: options, models: FixedModels())
    }
}
