import Evaluation
import Models
import Testing

@Suite struct RetryTests {
    private func failure(_ retry: RetryAdvice) -> EvaluationError {
        EvaluationError(.providerFailed, "it failed", cause: .provider, retry: retry)
    }

    /// A model that fails with these, one after the other, and then answers.
    private func failing(_ advices: [RetryAdvice]) -> StubModel {
        StubModel { number, _, _ in
            if number < advices.count { throw failure(advices[number]) }
            return .text("done")
        }
    }

    @Test(
        arguments: [
            ([], 1), ([.worthwhile], 2), ([.worthwhile, .worthwhile, .after(.seconds(2))], 4),
            (Array(repeating: .worthwhile, count: 6), 7),
        ] as [([RetryAdvice], Int)])
    func passingFailuresAreRepeatedAndCounted(advices: [RetryAdvice], attempts: Int) async throws {
        let base = failing(advices)
        let clock = SkippingClock()
        let response = try await RetryingModel(base, clock: clock)
            .respond(to: Fixtures.request(), in: Fixtures.context())
        #expect(response.attempts == attempts)
        #expect(base.calls == attempts)
        #expect(clock.waits.count == attempts - 1)
    }

    @Test func theLastFailureSaysHowOftenItWasTried() async throws {
        let base = failing(Array(repeating: .worthwhile, count: 100))
        let model = RetryingModel(base, policy: RetryPolicy(maximumRetries: 2), clock: SkippingClock())
        let error = try await evaluationError {
            try await model.respond(to: Fixtures.request(), in: Fixtures.context())
        }
        #expect(base.calls == 3)
        #expect(error.message == "it failed (the last of 3 attempts)")
        #expect(error.retry == .worthwhile)
    }

    @Test func lastingFailuresAreNotRepeated() async throws {
        let base = failing([.never])
        let clock = SkippingClock()
        let error = try await evaluationError {
            try await RetryingModel(base, clock: clock).respond(to: Fixtures.request(), in: Fixtures.context())
        }
        #expect(error.message == "it failed")
        #expect(base.calls == 1)
        #expect(clock.waits.isEmpty)
    }

    @Test func otherErrorsPassThrough() async throws {
        let base = StubModel { _, _, _ in throw NoError() }
        await #expect(throws: NoError.self) {
            _ = try await RetryingModel(base, clock: SkippingClock())
                .respond(to: Fixtures.request(), in: Fixtures.context())
        }
        #expect(base.calls == 1)
    }

    @Test(arguments: 0..<10)
    func waitsGrowWithinTheirBound(number: Int) throws {
        let policy = RetryPolicy(maximumRetries: 10)
        let bound = min(60, 1.0 * [1, 2, 4, 8, 16, 32, 64, 128, 256, 512][number])
        var waits: [Double] = []
        for seed in 0..<200 {
            var generator = SeededGenerator(seed: UInt64(seed))
            waits.append(try #require(policy.delay(beforeRetry: number, after: .worthwhile, using: &generator)))
        }
        #expect(waits.allSatisfy { (0...bound).contains($0) })
        // Full jitter: spread over the whole range.
        #expect(waits.contains { $0 < bound * 0.2 } && waits.contains { $0 > bound * 0.8 })
    }

    @Test(arguments: [(0.0, 0.0), (5.0, 5.0), (120.0, 120.0), (3600.0, 120.0), (-4.0, 0.0)])
    func theServersWaitIsKeptUpToACap(wish: Double, least: Double) throws {
        var generator = SeededGenerator(seed: 1)
        let wait = RetryPolicy().delay(beforeRetry: 3, after: .after(.seconds(wish)), using: &generator)
        #expect((least...(least + 0.25)).contains(try #require(wait)))
    }

    @Test func noWaitFollowsTheLastRetryOrALastingFailure() {
        var generator = SeededGenerator(seed: 1)
        #expect(RetryPolicy(maximumRetries: 2).delay(beforeRetry: 2, after: .worthwhile, using: &generator) == nil)
        #expect(RetryPolicy().delay(beforeRetry: 0, after: .never, using: &generator) == nil)
    }

    @Test func theSameCallWaitsTheSame() async throws {
        func waits(seed: UInt64) async throws -> [Double] {
            let clock = SkippingClock()
            _ = try await RetryingModel(failing([.worthwhile, .worthwhile]), clock: clock)
                .respond(to: Fixtures.request(), in: Fixtures.context(seed: seed))
            return clock.waits
        }
        #expect(try await waits(seed: 1) == waits(seed: 1))
        #expect(try await waits(seed: 1) != waits(seed: 2))
    }

    @Test func cancellationEndsTheWait() async throws {
        let clock = ManualClock()
        let base = failing([.worthwhile])
        let task = Task {
            try await RetryingModel(base, clock: clock).respond(to: Fixtures.request(), in: Fixtures.context())
        }
        #expect(await eventually { clock.sleeperCount == 1 })
        task.cancel()
        await #expect(throws: CancellationError.self) { _ = try await task.value }
        #expect(base.calls == 1)
    }

    @Test func repetitionsAreReported() async throws {
        let seen = Shared<[ModelRetry]>([])
        let model = RetryingModel(failing([.worthwhile, .after(.seconds(3))]), clock: SkippingClock())
            .observed { retry in seen.withLock { $0.append(retry) } }
        _ = try await model.respond(to: Fixtures.request(), in: Fixtures.context(index: 4))
        let retries = seen.withLock { $0 }
        #expect(retries.map(\.attempt) == [1, 2])
        #expect(retries.allSatisfy { $0.model == "stub" && $0.context.index == 4 && $0.error.message == "it failed" })
        #expect(retries[1].delay >= 3)
    }

    @Test func repetitionsCountAsRequests() async throws {
        let clock = SkippingClock()
        let limiter = RateLimiter(RateLimits(requestsPerMinute: 10), clock: clock)
        var policy = RetryPolicy()
        policy.initialDelay = 0
        let model = RetryingModel(
            failing([.worthwhile, .worthwhile]), policy: policy, limiter: limiter, clock: clock)
        _ = try await model.respond(to: Fixtures.request(), in: Fixtures.context())
        // The bucket held one request; each of the two repetitions waits for another, at one in six seconds.
        let waits = clock.waits.filter { $0 > 0 }
        #expect(waits.count == 2)
        #expect(waits.allSatisfy { abs($0 - 6) < 1e-6 })
        let traffic = limiter.meter.traffic(of: "b", since: 0, now: 0)
        #expect(traffic.requests == 3)
        #expect(traffic.retried == 2)
        #expect(traffic.answered == 1)
        #expect(abs(traffic.waitSeconds - 12) < 1e-6)
    }

    @Test func aCallThatWaitsForItsRepetitionLeavesItsTurnToOthers() async throws {
        let clock = ManualClock()
        let limiter = RateLimiter(RateLimits(concurrency: 1), clock: clock)
        let failing = RetryingModel(failing([.after(.seconds(60))]), limiter: limiter, clock: clock)
        let first = Task { try await failing.respond(to: Fixtures.request(), in: Fixtures.context()) }
        #expect(await eventually { clock.sleeperCount == 1 })
        let other = RetryingModel(StubModel { _, _, _ in .text("quick") }, limiter: limiter, clock: clock)
        #expect(try await other.respond(to: Fixtures.request(), in: Fixtures.context()).message.text == "quick")
        clock.advance(by: 100)
        #expect(try await first.value.attempts == 2)
    }
}
