import Evaluation
import Testing

@testable import Models

@Suite struct RateLimiterStateTests {
    @Test func theCapHoldsAndTurnsGoInOrder() {
        var state = RateLimiterState(RateLimits(concurrency: 2), now: 0)
        #expect(state.admit(1, tokens: 0, now: 0) == .admitted)
        #expect(state.admit(2, tokens: 0, now: 0) == .admitted)
        #expect(state.admit(3, tokens: 0, now: 0) == .waitForTurn)
        #expect(state.admit(4, tokens: 0, now: 0) == .waitForTurn)
        state.release(taken: 0, used: 0)
        #expect(state.admit(4, tokens: 0, now: 0) == .waitForTurn)
        #expect(state.admit(3, tokens: 0, now: 0) == .admitted)
        #expect(state.inFlight == 2)
    }

    @Test func answersOfAFullRoundCountThoughTheyComeTogether() {
        var limits = RateLimits()
        limits.adaptive = AdaptiveConcurrency(isOn: true)
        var state = RateLimiterState(limits, now: 0)
        let limit = state.adaptive.limit
        for caller in 1...UInt64(limit + 1) { _ = state.admit(caller, tokens: 0, now: 0) }
        #expect(state.inFlight == limit)
        for _ in 0..<limit {
            _ = state.succeeded(FinishedCall(started: 0, ended: 1))
            state.release(taken: 0, used: 0)
        }
        #expect(state.adaptive.limit == 2 * limit)
        // One call at a time says nothing of what twice as many would do, whoever waits.
        for second in 1...20 {
            _ = state.admit(100, tokens: 0, now: Double(second) + 0.5)
            _ = state.succeeded(FinishedCall(started: Double(second) + 0.5, ended: Double(second) + 1))
            state.release(taken: 0, used: 0)
        }
        #expect(state.adaptive.limit == 2 * limit)
    }

    @Test func aRateLetsABurstThroughAndThenPaces() {
        // 60 a minute: a burst of 6, then one a second.
        var state = RateLimiterState(RateLimits(requestsPerMinute: 60), now: 100)
        for caller in 1...6 { #expect(state.admit(UInt64(caller), tokens: 0, now: 100) == .admitted) }
        #expect(state.admit(7, tokens: 0, now: 100) == .retry(seconds: 1))
        #expect(state.admit(7, tokens: 0, now: 100.5) == .retry(seconds: 0.5))
        #expect(state.admit(7, tokens: 0, now: 101) == .admitted)
        #expect(state.admit(8, tokens: 0, now: 101) == .retry(seconds: 1))
    }

    @Test func inAnyMinuteNoMoreThanRateAndBurstPass() {
        var state = RateLimiterState(RateLimits(requestsPerMinute: 30), now: 0)
        var passed: [Double] = []
        var now = 0.0
        var caller: UInt64 = 0
        while now < 600 {
            caller += 1
            while case .retry(let wait) = state.admit(caller, tokens: 0, now: now) { now += wait }
            passed.append(now)
        }
        for start in passed {
            #expect(passed.count { $0 >= start && $0 < start + 60 } <= 33)
        }
        #expect(passed.count >= 300)
    }

    @Test func tokensAreTakenByEstimateAndSettledByUse() {
        // 600 a minute: a burst of 60, then ten a second.
        var state = RateLimiterState(RateLimits(tokensPerMinute: 600), now: 0)
        #expect(state.admit(1, tokens: 50, now: 0) == .admitted)
        #expect(state.admit(2, tokens: 50, now: 0) == .retry(seconds: 4))
        state.release(taken: 50, used: 10)
        #expect(state.admit(2, tokens: 50, now: 0) == .admitted)
        state.release(taken: 50, used: 150)
        // Overdrawn by 100 beyond the nothing that was left.
        #expect(state.admit(3, tokens: 10, now: 0) == .retry(seconds: 11))
    }

    @Test func aRequestBeyondTheCapacityNeedsAFullBucketAndIsNotStarved() {
        var state = RateLimiterState(RateLimits(tokensPerMinute: 600), now: 0)
        #expect(state.admit(1, tokens: 10, now: 0) == .admitted)
        #expect(state.admit(2, tokens: 5000, now: 0) == .retry(seconds: 1))
        #expect(state.admit(3, tokens: 1, now: 0) == .waitForTurn)
        #expect(state.admit(2, tokens: 5000, now: 1) == .admitted)
        #expect(state.admit(3, tokens: 1, now: 1) == .retry(seconds: 494.1))
    }

    @Test func whoGivesUpLeavesNoTrace() {
        var state = RateLimiterState(RateLimits(concurrency: 1), now: 0)
        #expect(state.admit(1, tokens: 0, now: 0) == .admitted)
        #expect(state.admit(2, tokens: 0, now: 0) == .waitForTurn)
        #expect(state.admit(3, tokens: 0, now: 0) == .waitForTurn)
        state.abandon(2)
        #expect(state.head == 3)
        state.release(taken: 0, used: 0)
        #expect(state.admit(3, tokens: 0, now: 0) == .admitted)
    }

    @Test func tasksTakeTurnsHoweverManyCallersTheyHave() {
        var state = RateLimiterState(RateLimits(concurrency: 1), now: 0)
        for caller in 1...6 { state.enqueue(UInt64(caller), group: "large", isRepetition: false) }
        for caller in 7...8 { state.enqueue(UInt64(caller), group: "small", isRepetition: false) }
        state.enqueue(9, group: "small", isRepetition: true)
        var order: [UInt64] = []
        while let head = state.head {
            #expect(state.admit(head, tokens: 0, now: 0) == .admitted)
            order.append(head)
            state.release(taken: 0, used: 0)
        }
        // A repetition comes first in its own line and does not push into another's.
        #expect(order == [1, 9, 2, 7, 3, 8, 4, 5, 6])
    }

    @Test func aGroupThatGivesUpIsPassedOver() {
        var queue = FairQueue()
        for (caller, group) in [(1, "a"), (2, "b"), (3, "b"), (4, "c")] as [(UInt64, String)] {
            queue.append(caller, group: group)
        }
        queue.remove(1)
        queue.remove(2)
        queue.remove(99)
        #expect(queue.head == 3)
        #expect(queue.count == 2)
        queue.removeHead()
        #expect(queue.head == 4)
        queue.removeHead()
        #expect(queue.head == nil)
        queue.removeHead()
        #expect(queue.count == 0)
    }

    @Test func requestsAndTokensAMinuteHoldTogether() {
        // 60 requests and 6,000 tokens a minute: small calls run into the one, large ones into the other.
        var state = RateLimiterState(RateLimits(requestsPerMinute: 60, tokensPerMinute: 6000), now: 0)
        var (now, caller) = (0.0, UInt64(0))
        func pass(_ count: Int, tokens: Int, _ state: inout RateLimiterState) -> Double {
            let start = now
            for _ in 0..<count {
                caller += 1
                while case .retry(let wait) = state.admit(caller, tokens: tokens, now: now) { now += wait }
                state.release(taken: tokens, used: tokens)
            }
            return now - start
        }
        #expect(abs(pass(66, tokens: 10, &state) - 60) < 1e-6)
        // The next request is there in a second; the bucket of tokens is full: a burst of 600, and then 100 a second.
        #expect(abs(pass(30, tokens: 500, &state) - (1 + (30 * 500 - 600) / 100)) < 1e-6)
    }

    @Test func whatTheEndpointSaysIsLeftIsNotOverdrawn() {
        let adaptive = AdaptiveConcurrency()
        var state = RateLimiterState(RateLimits(adaptive: adaptive), now: 0)
        // Three of 60 are left, and all are there again in 57 seconds: one a second.
        let left = RateAllowance(name: "r", kind: .requests, limit: 60, remaining: 3, resetSeconds: 57)
        state.learn([left], callStarted: 0, now: 0)
        for caller in 1...3 { #expect(state.admit(UInt64(caller), tokens: 5, now: 0) == .admitted) }
        #expect(state.admit(4, tokens: 5, now: 0) == .retry(seconds: 1))
        #expect(state.isHeldByHeaders)
        // An older reply that was overtaken knows less.
        let older = RateAllowance(name: "r", kind: .requests, limit: 60, remaining: 50, resetSeconds: 10)
        state.learn([older], callStarted: -1, now: 0.1)
        #expect(state.admit(4, tokens: 5, now: 0.5) == .retry(seconds: 0.5))
        state.learn([older], callStarted: 1, now: 0.6)
        #expect(state.admit(4, tokens: 5, now: 0.6) == .admitted)
        #expect(!state.isHeldByHeaders)
        let tokens = RateAllowance(name: "t", kind: .tokens, limit: 1000, remaining: 100, resetSeconds: 90)
        state.learn([tokens], callStarted: 2, now: 1)
        #expect(state.admit(5, tokens: 200, now: 1) == .retry(seconds: 10))
    }

    @Test func callsThatTheEndpointHadNotCountedYetAreTakenOffWhatItSaysIsLeft() {
        var state = RateLimiterState(RateLimits(adaptive: AdaptiveConcurrency()), now: 0)
        for caller in 1...5 {
            #expect(state.admit(UInt64(caller), tokens: 10, now: Double(caller) / 10) == .admitted)
        }
        // The second call found eight requests and 40 tokens left; three more have come since.
        let requests = RateAllowance(name: "r", kind: .requests, limit: 10, remaining: 8, resetSeconds: 2)
        let tokens = RateAllowance(name: "t", kind: .tokens, limit: 100, remaining: 40, resetSeconds: 60)
        let replies = RateAllowance(name: "o", kind: .replyTokens, limit: 100, remaining: 1, resetSeconds: 60)
        state.learn([requests, tokens, replies], callStarted: 0.2, now: 1)
        #expect(state.admit(6, tokens: 10, now: 1) == .admitted)
        #expect(state.admit(7, tokens: 10, now: 1) == .retry(seconds: 10))
        // The sixth has been counted too, and nothing came after it.
        let more = RateAllowance(name: "t", kind: .tokens, limit: 100, remaining: 30, resetSeconds: 70)
        state.learn([more], callStarted: 1, now: 1)
        for caller in 7...9 { #expect(state.admit(UInt64(caller), tokens: 10, now: 1) == .admitted) }
        #expect(state.admit(10, tokens: 10, now: 1) == .retry(seconds: 10))
    }

    @Test func aClockThatStandsStillOrGoesBackGivesNothing() {
        var bucket = TokenBucket(perMinute: 60, now: 10)
        bucket.take(6)
        bucket.refill(now: 10)
        bucket.refill(now: 5)
        #expect(bucket.level == 0)
    }
}

@Suite struct RateLimiterTests {
    @Test func neverMoreCallsAtATimeThanTheCap() async throws {
        let limiter = RateLimiter(RateLimits(concurrency: 4))
        let most = Shared((now: 0, most: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await limiter.acquire(tokens: 0)
                    most.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                    await Task.yield()
                    most.withLock { $0.now -= 1 }
                    limiter.release(taken: 0, used: 0)
                }
            }
            try await group.waitForAll()
        }
        #expect(most.withLock { $0.most } <= 4)
        #expect(limiter.callsInFlight == 0)
    }

    @Test func turnsComeInTheOrderOfArrival() async throws {
        let limiter = RateLimiter(RateLimits(concurrency: 1))
        try await limiter.acquire(tokens: 0)
        let order = Shared<[Int]>([])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try await limiter.acquire(tokens: 0)
                    order.withLock { $0.append(number) }
                    limiter.release(taken: 0, used: 0)
                }
                // Each must stand in the queue before the next one comes.
                #expect(await eventually { limiter.callersWaiting == number + 1 })
            }
            limiter.release(taken: 0, used: 0)
            try await group.waitForAll()
        }
        #expect(order.withLock { $0 } == Array(0..<20))
    }

    @Test func cancelledCallersNeitherHoldNorBlockTurns() async throws {
        let limiter = RateLimiter(RateLimits(concurrency: 1))
        try await limiter.acquire(tokens: 0)
        let doomed = (0..<50).map { _ in Task { try await limiter.acquire(tokens: 0) } }
        #expect(await eventually { limiter.callersWaiting == 50 })
        let patient = Task { try await limiter.acquire(tokens: 0) }
        #expect(await eventually { limiter.callersWaiting == 51 })
        for task in doomed { task.cancel() }
        for task in doomed { await #expect(throws: CancellationError.self) { try await task.value } }
        limiter.release(taken: 0, used: 0)
        _ = try await patient.value
        #expect(limiter.callsInFlight == 1)
        limiter.release(taken: 0, used: 0)
        #expect(limiter.callsInFlight == 0)
        #expect(limiter.callersWaiting == 0)
    }

    @Test func cancellingTheHeadWhileItWaitsForTheRateLetsTheNextOn() async throws {
        let clock = ManualClock()
        let limiter = RateLimiter(RateLimits(requestsPerMinute: 6), clock: clock)
        try await limiter.acquire(tokens: 0)
        let first = Task { try await limiter.acquire(tokens: 0) }
        #expect(await eventually { clock.sleeperCount == 1 })
        let second = Task { try await limiter.acquire(tokens: 0) }
        #expect(await eventually { limiter.callersWaiting == 2 })
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        #expect(await eventually { clock.sleeperCount == 1 })
        clock.advance(by: 10)
        _ = try await second.value
    }

    @Test func randomStormsOfCancellationLeaveItEmpty() async throws {
        let limiter = RateLimiter(RateLimits(concurrency: 3))
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<300 {
                group.addTask {
                    let task = Task {
                        try await limiter.acquire(tokens: 0)
                        await Task.yield()
                        limiter.release(taken: 0, used: 0)
                    }
                    if number % 3 == 0 { await Task.yield() }
                    if number % 2 == 0 { task.cancel() }
                    _ = await task.result
                }
            }
        }
        #expect(limiter.callsInFlight == 0)
        #expect(limiter.callersWaiting == 0)
    }

    @Test func aHigherLimitLetsWaitingCallersIn() async throws {
        let limiter = RateLimiter(RateLimits(concurrency: 1))
        try await limiter.acquire(tokens: 0)
        let waiting = (0..<5).map { _ in Task { try await limiter.acquire(tokens: 0) } }
        #expect(await eventually { limiter.callersWaiting == 5 })
        limiter.setConcurrency(6)
        for task in waiting { _ = try await task.value }
        #expect(limiter.callsInFlight == 6)
        #expect(limiter.concurrency == 6)
        let traffic = limiter.meter.traffic(of: "b", since: 0, now: 0)
        #expect(traffic.history.map(\.reason) == ["start", "manual"])
        #expect(traffic.concurrency.least == 1)
        #expect(traffic.concurrency.most == 6)
    }

    @Test func aFailedCallGivesItsTurnBack() async throws {
        let limiter = RateLimiter(RateLimits(concurrency: 1))
        let model = RateLimitedModel(StubModel { _, _, _ in throw NoError() }, limiter: limiter)
        for _ in 0..<3 {
            await #expect(throws: NoError.self) {
                _ = try await model.respond(to: Fixtures.request(), in: Fixtures.context())
            }
        }
        #expect(limiter.callsInFlight == 0)
    }
}
