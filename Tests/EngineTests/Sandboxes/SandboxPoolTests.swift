import Evaluation
import GageConfiguration
import GageTesting
import JSON
import Testing

@testable import Engine

@Suite struct SandboxPoolTests {
    private func run(
        _ runtime: CountingSandboxes, lifecycle: SandboxLifecycle = .perSample, poolSize: Int? = nil,
        samples: Int = 12, sample: JSONObject = [:],
        agent: @escaping @Sendable (inout Episode, EpisodeScope) async throws -> Void = { episode, scope in
            _ = try await scope.sandboxes.sandbox()
            await Task.yield()
            episode.prediction = Prediction(answer: "x")
        }
    ) async throws -> TemporaryRun {
        let loader = GeneratedLoader(count: samples) { index in
            var fields: JSONObject = ["id": .string("s\(index)")]
            if !sample.isEmpty { fields["sandbox"] = .object(sample) }
            return fields
        }
        var plan = Plan.testing(loader: loader, agent: ClosureAdapter(agent), metric: ClosureMetric { _ in 1 })
        plan.tasks[0].concurrency = 6
        plan.tasks[0].maxRetries = 0
        plan.tasks[0].steps[0].adapter?.sandbox = PlannedSandbox(
            profileID: "box", lifecycle: lifecycle, overrides: ["cpu": 2])
        plan.sandboxProfiles = [
            PlannedSandboxProfile(
                id: "box", runtimeKey: "test", runtime: runtime, settings: ["cpu": 1, "image": "base"],
                poolSize: poolSize),
            PlannedSandboxProfile(id: "clean", runtimeKey: "test", runtime: runtime, settings: [:], poolSize: nil),
        ]
        let run = try TemporaryRun(plan)
        _ = try await run.run()
        return run
    }

    @Test(arguments: [SandboxLifecycle.perSample, .perTask]) func everyEpisodeHasItsOwn(
        lifecycle: SandboxLifecycle
    ) async throws {
        let runtime = CountingSandboxes()
        _ = try await run(runtime, lifecycle: lifecycle)
        #expect(runtime.counts.started == 12)
        #expect(runtime.counts.alive == 0)
        #expect(runtime.counts.most <= 6)
        #expect(Set(runtime.requests.map(\.episode)).count == 12)
    }

    @Test func oneServesTheWholeRun() async throws {
        let runtime = CountingSandboxes()
        _ = try await run(runtime, lifecycle: .perRun)
        #expect((runtime.counts.started, runtime.counts.stopped, runtime.counts.most) == (1, 1, 1))
    }

    @Test func aDeadOneOfTheRunIsReplaced() async throws {
        let runtime = CountingSandboxes()
        _ = try await run(runtime, lifecycle: .perRun, samples: 3) { episode, scope in
            await (try await scope.sandboxes.sandbox()).stop()
            episode.prediction = Prediction(answer: "x")
        }
        #expect(runtime.counts.alive == 0)
        #expect(runtime.counts.started >= 1)
    }

    @Test func aPoolsSizeIsWaitedFor() async throws {
        let runtime = CountingSandboxes()
        let run = try await run(runtime, poolSize: 2)
        #expect(runtime.counts.started == 12)
        #expect(runtime.counts.most <= 2)
        #expect(try run.records().allSatisfy { $0.outcome == .scored })
    }

    @Test func anEpisodeThatWantsASecondOneDoesNotWaitForItself() async throws {
        let runtime = CountingSandboxes()
        let run = try await run(runtime, poolSize: 1) { episode, scope in
            let first = try await scope.sandboxes.sandbox()
            let again = try await scope.sandboxes.sandbox()
            #expect(first.identifier == again.identifier)
            let fresh = try await scope.sandboxes.fresh(profile: "box")
            #expect(fresh.identifier != first.identifier)
            episode.prediction = Prediction(answer: "x")
        }
        #expect(try run.records().allSatisfy { $0.outcome == .scored })
        #expect(runtime.counts.started == 24)
        #expect(runtime.counts.alive == 0)
    }

    @Test func sandboxesEndAlsoWhenTheEpisodeFails() async throws {
        let runtime = CountingSandboxes()
        _ = try await run(runtime) { _, scope in
            _ = try await scope.sandboxes.sandbox()
            _ = try await scope.sandboxes.fresh(profile: "clean")
            throw EvaluationError(.unexpected, "x", cause: .agent)
        }
        #expect(runtime.counts.started == 24)
        #expect(runtime.counts.alive == 0)
    }

    @Test func settingsAreTheProfilesThenTheAdaptersThenTheSamples() async throws {
        let runtime = CountingSandboxes()
        _ = try await run(
            runtime, samples: 1, sample: ["sandbox_id": "box", "image": "own", "lifecycle": "per_sample"])
        #expect(runtime.requests.first?.settings == ["cpu": 2, "image": "own"])
        let other = CountingSandboxes()
        _ = try await run(other, samples: 1, sample: ["sandbox_id": "clean", "image": "own"])
        #expect(other.requests.first?.settings == ["image": "own"])
    }

    @Test func aFailedStartIsAnErrorOfTheSandbox() async throws {
        struct Broken: Error {}
        let runtime = CountingSandboxes { _ in throw Broken() }
        let run = try await run(runtime, samples: 2)
        for record in try run.records() {
            guard case .errored(let error) = record.outcome else {
                Issue.record("not errored")
                continue
            }
            #expect(error.cause == .sandbox)
            #expect(error.retry.isWorthwhile)
        }
    }

    @Test func anUnknownProfileNamesTheNearOne() async throws {
        let run = try await run(CountingSandboxes(), samples: 1) { _, scope in
            _ = try await scope.sandboxes.fresh(profile: "clan")
        }
        guard case .errored(let error)? = try run.records().first?.outcome else {
            Issue.record("not errored")
            return
        }
        #expect(error.advice == "did you mean 'clean'?")
    }
}

@Suite struct AsyncSemaphoreTests {
    @Test func placesAreGivenInTheOrderOfComing() async throws {
        let semaphore = AsyncSemaphore(3)
        let gauge = LiveGauge()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await semaphore.acquire()
                    gauge.enter()
                    await Task.yield()
                    gauge.leave()
                    semaphore.release()
                }
            }
            try await group.waitForAll()
        }
        #expect(gauge.most <= 3)
        try await semaphore.acquire()
    }

    @Test func aCancelledWaiterTakesNoPlace() async throws {
        let semaphore = AsyncSemaphore(1)
        try await semaphore.acquire()
        let waiter = Task { try await semaphore.acquire() }
        await Task.yield()
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        semaphore.release()
        try await semaphore.acquire()
    }
}
