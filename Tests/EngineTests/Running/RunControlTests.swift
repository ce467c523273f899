import Evaluation
import GageConfiguration
import GageTesting
import JSON
import Storage
import Synchronization
import Testing

@testable import Engine

/// Runs that are told what to do while they go on.
@Suite(.timeLimit(.minutes(1))) struct RunControlTests {
    /// An agent whose episodes wait for a gate, and fail as they are told.
    private final class Gate: Sendable {
        let open = Watched(0)
        let begun = Watched<[String]>([])
        let fails = Watched<Set<String>>([])

        var agent: ClosureAdapter {
            ClosureAdapter { [self] episode, _ in
                let name = "\(episode.id.task)/\(episode.sample.id)"
                begun.change { $0.append(name) }
                let place = begun.read { $0.count }
                await open.wait { $0 >= place }
                try Task.checkCancellation()
                if fails.read({ $0.contains(name) }) { throw EvaluationError(.dataMalformed, "told to", cause: .task) }
                episode.prediction = Prediction(answer: "1")
            }
        }
    }

    private func run(_ gate: Gate, samples: Int = 4, tasks: Int = 1, concurrency: Int = 1) throws -> TemporaryRun {
        var plan = Plan.testing(samples: samples, agent: gate.agent, metric: ClosureMetric { _ in 1 })
        plan.tasks[0].concurrency = concurrency
        for number in 1..<max(tasks, 1) {
            var other = plan.tasks[0]
            other.id = "task\(number)"
            plan.tasks.append(other)
        }
        return try TemporaryRun(plan)
    }

    @Test func aPausedRunFinishesWhatIsInFlightAndGoesOnWhenTold() async throws {
        let gate = Gate()
        let run = try run(gate)
        async let ending = run.run()
        await gate.begun.wait { $0.count == 1 }
        run.control.perform(.pause)
        #expect(await run.control.snapshot()?.isPaused == true)
        gate.open.change { $0 = 1 }
        while await run.control.snapshot()?.tasks[0].done != 1 {}
        #expect(await run.control.snapshot()?.tasks[0].running == 0)
        #expect(gate.begun.read(\.count) == 1)
        gate.open.change { $0 = .max }
        run.control.perform(.resume)
        let result = try await ending
        #expect(result.status == .completed)
        #expect(result.outcomes.scored == 4)
    }

    @Test func moreEpisodesBeginAtOnceWhenTheLimitIsRaised() async throws {
        let gate = Gate()
        let run = try run(gate)
        async let ending = run.run()
        await gate.begun.wait { $0.count == 1 }
        let task = try #require(run.control.place?.tasks.first)
        run.control.perform(.limit(task: task, concurrency: 3))
        await gate.begun.wait { $0.count == 3 }
        #expect(await run.control.snapshot()?.tasks[0].concurrency == 3)
        gate.open.change { $0 = .max }
        #expect(try await ending.outcomes.scored == 4)
    }

    @Test func aCancelledTaskIsLeftTheNextRunsAndAResumptionDoesTheRest() async throws {
        let gate = Gate()
        let run = try run(gate, tasks: 2)
        let first = run.plan.tasks[0].id
        async let ending = run.run()
        gate.open.change { $0 = 1 }
        await gate.begun.wait { $0.count == 2 }
        run.control.perform(.cancel(task: first))
        await gate.begun.wait { $0.count == 3 }
        gate.open.change { $0 = .max }
        let result = try await ending
        #expect(result.status == .stopped)
        #expect(result.stopReason == .cancelled(tasks: [first]))
        #expect(try run.records().count { $0.id.task == first } == 1)
        #expect(try run.records().count { $0.id.task == "task1" } == 4)
        #expect(try run.records().allSatisfy { $0.outcome == .scored })
        let resumed = try await run.resume()
        #expect(resumed.status == .completed)
        #expect(resumed.outcomes.scored == 8)
    }

    @Test func aTaskThatIsCancelledBeforeItBeginsIsLeftOut() async throws {
        let gate = Gate()
        gate.open.change { $0 = .max }
        let run = try run(gate, tasks: 3)
        run.control.perform(.cancel(task: "task1"))
        let result = try await run.run()
        #expect(result.stopReason == .cancelled(tasks: ["task1"]))
        #expect(Set(try run.records().map(\.id.task)) == [run.plan.tasks[0].id, "task2"])
    }

    @Test func anErroredEpisodeIsAttemptedAgainWhileTheRunGoesOn() async throws {
        let gate = Gate()
        let run = try run(gate)
        let task = run.plan.tasks[0].id
        gate.fails.change { $0 = ["\(task)/s0"] }
        async let ending = run.run()
        gate.open.change { $0 = 1 }
        await gate.begun.wait { $0.count == 2 }
        #expect(await run.control.snapshot()?.tasks[0].errored == ["task": 1])
        gate.fails.change { $0 = [] }
        // Asked for twice, and another that has not errored: only what has is attempted again, and once.
        run.control.perform(.requeue([EpisodeID(task: task, sample: "s0", trial: 0)]))
        run.control.perform(
            .requeue(["s0", "s1", "nobody"].map { EpisodeID(task: task, sample: $0, trial: 0) }))
        gate.open.change { $0 = .max }
        let result = try await ending
        #expect(result.status == .completed)
        #expect(result.outcomes.scored == 4)
        #expect(result.outcomes.erroredTotal == 0)
        #expect(gate.begun.read { $0.sorted() } == ["s0", "s0", "s1", "s2", "s3"].map { "\(task)/\($0)" })
        #expect(try run.journal().replacements() == ["retry": 1])
        let snapshot = try #require(await run.control.snapshot())
        #expect(snapshot.tasks[0].done == 4)
        #expect(snapshot.tasks[0].errored == [:])
    }

    @Test func aRunThatIsPausedBeforeItBeginsWaits() async throws {
        let gate = Gate()
        gate.open.change { $0 = .max }
        let run = try run(gate)
        run.control.perform(.pause)
        async let ending = run.run()
        let place = await run.control.waitForRun()
        #expect(place?.runID == "test")
        while await run.control.snapshot()?.isPaused != true {}
        #expect(gate.begun.read(\.count) == 0)
        run.control.perform(.resume)
        #expect(try await ending.outcomes.scored == 4)
        #expect(run.control.place == nil)
    }

    @Test func stoppingAtOnceCancelsWhatIsInFlight() async throws {
        let gate = Gate()
        let run = try run(gate)
        async let ending = run.run()
        await gate.begun.wait { $0.count == 1 }
        run.control.perform(.stop(now: true))
        let result = try await ending
        #expect(result.status == .interrupted)
        #expect(result.outcomes.total == 0)
    }
}
