import Evaluation
import JSON
import Models
import Server
import Testing

/// Adaptive limits against real servers on this machine, in real time.
@Suite(.serialized) struct LoadTests {
    private struct Outcome: Sendable {
        var answered = 0
        var failures: [EvaluationError] = []
        var seconds = 0.0
        var traffic: BackendTraffic
    }

    /// Has callers ask a server until so many calls have ended.
    private func load(
        _ server: MockServer, calls: Int, callers: Int, type: String = "openai_http", _ config: JSONObject = [:]
    ) async throws -> Outcome {
        try await server.withRunningServer { baseURL in
            let clock = SystemModelClock()
            let own: JSONObject = ["model": "m", "base_url": .string(baseURL)]
            let model = try Fixtures.model(type, .object(own.merging(config)), clock: clock)
            let limiter = try #require((model as? any PacedModel)?.limiter)
            let left = Shared(calls)
            let ended = Shared((answered: 0, failures: [EvaluationError]()))
            let started = clock.monotonicSeconds
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<callers {
                    group.addTask {
                        while left.withLock({ left in
                            left -= 1
                            return left >= 0
                        }) {
                            do {
                                let context = Fixtures.context(sample: "s\(caller)", seed: UInt64(caller))
                                _ = try await model.respond(to: Fixtures.request(), in: context)
                                ended.withLock { $0.answered += 1 }
                            } catch let error as EvaluationError {
                                ended.withLock { $0.failures.append(error) }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let now = clock.monotonicSeconds
            #expect(limiter.callsInFlight == 0 && limiter.callersWaiting == 0)
            let (answered, failures) = ended.withLock { ($0.answered, $0.failures) }
            return Outcome(
                answered: answered, failures: failures, seconds: now - started,
                traffic: limiter.meter.traffic(of: "b", since: started, now: now))
        }
    }

    @Test(arguments: [6, 16])
    func aServerThatRefusesMoreThanItBearsGetsAboutThatAndLosesNothing(capacity: Int) async throws {
        var configuration = MockConfiguration()
        configuration.capacity = capacity
        configuration.latencyMilliseconds = 60
        configuration.retryAfter = 0.1
        let server = MockServer(configuration: configuration, brain: FixedBrain("Hello!"))
        let calls = 50 * capacity
        let outcome = try await load(server, calls: calls, callers: 80)
        let ideal = Double(calls) * 0.06 / Double(capacity)
        let concurrency = outcome.traffic.concurrency
        print(
            "capacity \(capacity): \(outcome.answered) answered in \(outcome.seconds) s, ideal \(ideal) s "
                + "(\(ideal / outcome.seconds)), \(outcome.traffic.throttled) refused, limit \(concurrency.final ?? 0)")
        #expect(outcome.answered == calls && outcome.failures.isEmpty, "\(outcome.failures.first?.description ?? "")")
        #expect(server.statistics.refused == outcome.traffic.throttled)
        #expect(outcome.traffic.requests == calls + outcome.traffic.throttled)
        #expect(outcome.traffic.throttled < calls / 3)
        let final = try #require(concurrency.final)
        #expect((capacity / 2...capacity + capacity / 2).contains(final), "\(outcome.traffic.history)")
    }

    @Test(arguments: ["openai_http", "openai_responses", "anthropic", "gemini"])
    func aRateThatTheServerTellsIsNotOverdrawn(type: String) async throws {
        var configuration = MockConfiguration()
        configuration.rate = MockRate(requests: 20, seconds: 1)
        configuration.latencyMilliseconds = 30
        let server = MockServer(configuration: configuration, brain: FixedBrain("Hello!"))
        let outcome = try await load(server, calls: 80, callers: 60, type: type, ["max_retries": 30])
        print(
            "\(type): \(outcome.answered) answered in \(outcome.seconds) s, ideal 3 s, "
                + "\(outcome.traffic.throttled) refused")
        #expect(outcome.answered == 80 && outcome.failures.isEmpty)
        #expect(server.statistics.refused == outcome.traffic.throttled)
        // Gemini's protocol says nothing of rates: there only refusals tell.
        let isTold = type != "gemini"
        #expect(outcome.traffic.history.contains { $0.reason == "header" } == isTold)
        if isTold { #expect(outcome.traffic.throttled < 40) }
    }

    @Test func aServerWithALongLineIsNotGivenEverythingAtOnce() async throws {
        var configuration = MockConfiguration()
        configuration.workers = 8
        configuration.latencyMilliseconds = 40
        let server = MockServer(configuration: configuration, brain: FixedBrain("Hello!"))
        let outcome = try await load(server, calls: 600, callers: 300)
        let ideal = 600 * 0.04 / 8
        print(
            "8 workers: \(outcome.answered) answered in \(outcome.seconds) s, ideal \(ideal) s, "
                + "limit \(outcome.traffic.concurrency)")
        #expect(outcome.answered == 600 && outcome.failures.isEmpty)
        #expect(outcome.traffic.throttled == 0)
        #expect(server.statistics.maximumInFlight < 300)
    }

    @Test func aServerThatStallsHasFewerCallsWaitingForItAndBlocksNobody() async throws {
        var configuration = MockConfiguration()
        configuration.faults = [MockFault(.hang, .every(1))]
        let server = MockServer(configuration: configuration, brain: FixedBrain("Hello!"))
        let outcome = try await load(server, calls: 60, callers: 60, ["timeout": 0.2, "max_retries": 0])
        #expect(outcome.answered == 0 && outcome.failures.count == 60)
        #expect(outcome.failures.allSatisfy { $0.code == .providerTimeout })
        #expect(outcome.traffic.history.contains { $0.reason == "latency" })
        #expect((outcome.traffic.concurrency.final ?? 99) < 20)
    }

    @Test func aFixedCapIsKeptWhereTheLimitIsNotToMove() async throws {
        var configuration = MockConfiguration()
        configuration.latencyMilliseconds = 5
        let server = MockServer(configuration: configuration, brain: FixedBrain("Hello!"))
        let config: JSONObject = ["async_max_concurrency": 3, "adaptive_concurrency": false]
        let outcome = try await load(server, calls: 60, callers: 20, config)
        #expect(outcome.answered == 60)
        #expect(server.statistics.maximumInFlight == 3)
        #expect(outcome.traffic.concurrency.isAdaptive == false)
        #expect(outcome.traffic.history.map(\.reason) == ["start"])
    }
}
