import Evaluation
import JSON
import Testing

@testable import Models

@Suite struct AdaptiveLimitTests {
    private func limit(_ initial: Int, minimum: Int = 1, cap: Int? = nil) -> AdaptiveLimit {
        var adaptive = AdaptiveConcurrency()
        adaptive.bounds = AdaptiveBounds(initial: initial, minimum: minimum)
        return AdaptiveLimit(adaptive, cap: cap, now: 0)
    }

    /// Answers so many calls, each begun at a second and answered a second later.
    private func answer(_ count: Int, from now: Double, _ limit: inout AdaptiveLimit, isSaturated: Bool = true) {
        for _ in 0..<count {
            _ = limit.succeeded(FinishedCall(started: now, ended: now + 1), isSaturated: isSaturated)
        }
    }

    @Test(arguments: [(20, nil, 20), (20, 4, 4), (1, 100, 1), (0, 100, 1)] as [(Int, Int?, Int)])
    func itBeginsWithinTheCap(initial: Int, cap: Int?, expected: Int) {
        #expect(limit(initial, cap: cap).limit == expected)
    }

    @Test func itDoublesFromRoundToRoundUntilTheFirstRefusal() {
        var limit = limit(8)
        answer(8, from: 0, &limit)
        #expect(limit.limit == 16)
        answer(16, from: 1, &limit)
        #expect(limit.limit == 32)
        #expect(limit.refused(callStarted: 2, reason: .throttled, wish: nil, now: 2.1) == .throttled)
        #expect(limit.limit == 25)
        // It comes back by a tenth a round.
        answer(10, from: 3, &limit)
        #expect(limit.limit == 26)
    }

    @Test func itNeverPassesTheCap() {
        var limit = limit(8, cap: 10)
        answer(100, from: 0, &limit)
        #expect(limit.limit == 10)
    }

    @Test func callsThatDidNotNeedTheLimitDoNotRaiseIt() {
        var limit = limit(8)
        answer(100, from: 0, &limit, isSaturated: false)
        #expect(limit.limit == 8)
    }

    @Test func oneCongestionIsOneCut() {
        var limit = limit(100)
        #expect(limit.refused(callStarted: 0, reason: .throttled, wish: nil, now: 1) == .throttled)
        for _ in 0..<50 {
            #expect(limit.refused(callStarted: 0.9, reason: .throttled, wish: nil, now: 1.1) == nil)
        }
        #expect(limit.limit == 80)
        #expect(limit.refused(callStarted: 1.05, reason: .overloaded, wish: nil, now: 1.2) == .overloaded)
        #expect(limit.limit == 64)
    }

    @Test func answersOfCallsFromBeforeACutRaiseNothing() {
        var limit = limit(10)
        _ = limit.refused(callStarted: 5, reason: .throttled, wish: nil, now: 6)
        answer(50, from: 5.5, &limit)
        #expect(limit.limit == 8)
    }

    @Test func itFallsToItsMinimumAndLeavesTheEndpointAloneThere() {
        var limit = limit(4, minimum: 2)
        for second in 1...10 {
            _ = limit.refused(callStarted: Double(second), reason: .throttled, wish: nil, now: Double(second) + 0.5)
        }
        #expect(limit.limit == 2)
        #expect(limit.restsUntil > 10.5)
        _ = limit.refused(callStarted: 20, reason: .throttled, wish: 7, now: 21)
        #expect(limit.restsUntil >= 28)
        // No rest of its own choice is longer than half a minute.
        for second in 100...200 {
            _ = limit.refused(callStarted: Double(second), reason: .throttled, wish: nil, now: Double(second))
        }
        #expect(limit.restsUntil <= 230)
    }

    @Test func aLimitThatDoesNotMoveIsNotMoved() {
        var limit = AdaptiveLimit(AdaptiveConcurrency(isOn: false), cap: 6, now: 0)
        answer(100, from: 0, &limit)
        #expect(limit.refused(callStarted: 5, reason: .throttled, wish: 100, now: 6) == nil)
        #expect(limit.limit == 6)
        #expect(limit.restsUntil < 0)
        #expect(!limit.isUnlimited)
        #expect(AdaptiveLimit(AdaptiveConcurrency(isOn: false), cap: nil, now: 0).isUnlimited)
    }

    @Test func whatAPersonSetsHoldsAtOnceAndAsTheMost() {
        var limit = limit(10, cap: 50)
        limit.setManually(30, now: 1)
        #expect(limit.limit == 30)
        answer(100, from: 2, &limit)
        #expect(limit.limit == 30)
        _ = limit.refused(callStarted: 4, reason: .throttled, wish: nil, now: 5)
        #expect(limit.limit == 24)
        limit.setManually(100, now: 6)
        #expect(limit.limit == 100)
    }

    // MARK: Against endpoints

    @Test(arguments: [2, 5, 20, 64])
    func itConvergesToWhatAnEndpointBears(capacity: Int) {
        let endpoint = SimulatedEndpoint(capacity: capacity, calls: 120 * capacity, callers: 10 * capacity)
        let outcome = endpoint.play(AdaptiveConcurrency())
        let ideal = Double(endpoint.calls) * endpoint.seconds / Double(capacity)
        print(
            "capacity \(capacity): limit \(outcome.settledLimit), \(outcome.refused) refused of "
                + "\(outcome.answered) answered, \(ideal / outcome.duration) of the ideal throughput")
        #expect(outcome.answered == endpoint.calls)
        #expect((0.75...1.15).contains(outcome.settledLimit / Double(capacity)))
        #expect(ideal / outcome.duration > 0.8)
        // The start, with 20 calls whatever the endpoint bears, costs the most.
        #expect(Double(outcome.refused) < 0.02 * Double(outcome.answered) + 110)
    }

    @Test func linesAtAnEndpointAreKeptShort() {
        let endpoint = SimulatedEndpoint(manner: .queues, capacity: 40, calls: 12_000, callers: 1000)
        let outcome = endpoint.play(AdaptiveConcurrency())
        let ideal = Double(endpoint.calls) * endpoint.seconds / 40
        print("queueing: limit \(outcome.settledLimit), \(ideal / outcome.duration) of the ideal throughput")
        #expect((35...200).contains(outcome.settledLimit))
        #expect(ideal / outcome.duration > 0.9)
    }

    @Test func anEndpointThatAnswersInBatchesGetsThem() {
        // Each further call makes all slower by a hundredth: 200 at a time are three times slower and 67 times as many.
        let endpoint = SimulatedEndpoint(manner: .batches(0.01), calls: 20_000, callers: 200)
        let outcome = endpoint.play(AdaptiveConcurrency(), cap: 200)
        print("batching: limit \(outcome.settledLimit)")
        #expect(outcome.settledLimit > 150)
    }

    @Test func callsThatAreSlowByNatureAreNotHeldBack() {
        let endpoint = SimulatedEndpoint(
            manner: .queues, capacity: 400, slowdown: (from: 30, factor: 4), calls: 20_000, callers: 100)
        let outcome = endpoint.play(AdaptiveConcurrency(), cap: 100)
        print("slow by nature: limit \(outcome.settledLimit)")
        #expect(outcome.settledLimit > 85)
    }
}

@Suite struct AdaptiveConcurrencyTests {
    private func decode(_ value: JSONValue) -> (value: AdaptiveConcurrency?, diagnostics: Diagnostics) {
        var diagnostics = Diagnostics()
        let place = SourceLocation(file: "suite.yaml", line: 1, column: 1)
        let node = ConfigNode(json: value, location: place, path: "adaptive_concurrency")
        return (AdaptiveConcurrency.decode(node, into: &diagnostics), diagnostics)
    }

    @Test(
        arguments: [
            (true, true, AdaptiveBounds()), (false, false, AdaptiveBounds()),
            (["initial": 4, "min": 2, "max": 9], true, AdaptiveBounds(initial: 4, minimum: 2, maximum: 9)),
            (["min": 3], true, AdaptiveBounds(initial: 20, minimum: 3)),
        ] as [(JSONValue, Bool, AdaptiveBounds)])
    func aSwitchOrBoundsAreRead(written: JSONValue, isOn: Bool, bounds: AdaptiveBounds) throws {
        let (value, diagnostics) = decode(written)
        #expect(diagnostics.all.isEmpty)
        #expect(value?.isOn == isOn)
        #expect(value?.bounds == bounds)
        // What is written back reads the same.
        #expect(decode(try #require(value).json).value == value)
    }

    @Test(
        arguments: [
            (["min": 0], "too small"), (["min": 5, "max": 2], "'min' is 5"), ("on", "true"), (["mx": 3], "mx"),
        ]
            as [(JSONValue, String)])
    func anythingElseIsAnError(written: JSONValue, words: String) {
        let (_, diagnostics) = decode(written)
        #expect(diagnostics.hasErrors)
        #expect(diagnostics.all.contains { "\($0)".contains(words) }, "\(diagnostics.all)")
    }
}
