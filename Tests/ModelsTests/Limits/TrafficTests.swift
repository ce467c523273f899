import Evaluation
import JSON
import Testing
import Transport

@testable import Models

@Suite struct TrafficTests {
    @Test func quantilesAreNearlyRight() {
        var histogram = LatencyHistogram()
        #expect(histogram.quantile(0.5) == 0)
        for number in 1...1000 { histogram.add(Double(number) / 100) }
        for (share, expected) in [(0.5, 5.0), (0.95, 9.5), (0.01, 0.1)] {
            #expect(abs(histogram.quantile(share) - expected) < expected * 0.06, "\(share)")
        }
        #expect(histogram.longest == 10)
        #expect(histogram.quantile(1) <= 10)
        histogram.add(1e9)
        histogram.add(0)
        #expect(histogram.longest == 1e9)
    }

    @Test func aLongHistoryIsThinnedAndKeepsWhatMatters() {
        var history = TrafficHistory()
        for number in 0..<20_000 {
            let reason = number == 0 ? "start" : number % 1000 == 0 ? "429" : "raise"
            history.add(.init(time: Double(number), limit: number, inFlight: 0, reason: reason))
            #expect(history.points.count <= 500)
        }
        #expect(history.points.first?.reason == "start")
        #expect(history.points.last?.time == 19_999)
        #expect(history.points.count { $0.reason == "429" } == 19)
        #expect(history.points.map(\.time) == history.points.map(\.time).sorted())
    }

    @Test func historiesOfNothingButCutsAreBoundedToo() {
        var history = TrafficHistory()
        for number in 0..<5000 { history.add(.init(time: Double(number), limit: 1, inFlight: 0, reason: "429")) }
        #expect(history.points.count <= 500)
        #expect(history.points.last?.time == 4999)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        var traffic = BackendTraffic(backend: "agent")
        (traffic.requests, traffic.answered, traffic.retried) = (10, 8, 2)
        (traffic.throttled, traffic.cached, traffic.waitSeconds) = (1, 3, 1.5)
        (traffic.tokens, traffic.cost, traffic.unpriced, traffic.sessionSeconds) = (900, 0.25, 4, 12.5)
        (traffic.latency.median, traffic.latency.p95, traffic.latency.longest) = (0.5, 0.9, 1.25)
        (traffic.concurrency.final, traffic.concurrency.least, traffic.concurrency.most) = (8, 4, 20)
        traffic.concurrency.isAdaptive = true
        traffic.history = [.init(time: 0.5, limit: 20, inFlight: 3, reason: "start")]
        let read = BackendTraffic(
            json: try #require(JSONValue.parse(JSONValue.object(traffic.json).text()).objectValue))
        #expect(read == traffic)
        #expect(traffic.json["latency_seconds"]?["p50"]?.doubleValue == 0.5)
        #expect(traffic.json["history"]?.arrayValue?.first?["why"] == "start")
        #expect(BackendTraffic(json: [:]) == BackendTraffic(backend: ""))
        #expect(BackendTraffic(backend: "x").json["concurrency"]?["final"]?.isNull == true)
    }
}

@Suite struct RateHeadersTests {
    private let now = 1_736_951_000.0

    @Test(
        arguments: [
            ("0.5", 0.5), ("12ms", 0.012), ("6m0s", 360), ("1h2m3.5s", 3723.5), ("7.66s", 7.66), ("2m59.56s", 179.56),
            ("1736951060", 60), ("1736951060000", 60), ("1736950000", 0), ("2025-01-15T14:24:00Z", 40),
            ("2025-01-15T15:24:00+01:00", 40), ("2025-01-15t14:23:20.5z", 0.5), ("", nil), ("soon", nil), ("-1", nil),
            ("nan", nil), ("5", 5), ("5x", nil), ("2025-13-15T14:24:00Z", nil), ("2025-01-15T14:24", nil),
        ] as [(String, Double?)])
    func momentsAreReadInEveryForm(text: String, seconds: Double?) throws {
        let found = ResetTime.seconds(text, wallNow: now)
        guard let seconds else {
            #expect(found == nil)
            return
        }
        #expect(abs(try #require(found) - seconds) < 1e-3)
    }

    @Test(
        arguments: [
            (
                RateHeaders.openAI,
                [
                    "x-ratelimit-limit-requests": "60", "X-RateLimit-Remaining-Requests": "59",
                    "x-ratelimit-reset-requests": "1s", "x-ratelimit-remaining-tokens": "149984",
                ], [("x-ratelimit-remaining-requests", 59, 1), ("x-ratelimit-remaining-tokens", 149_984, nil)]
            ),
            (
                .anthropic,
                [
                    "anthropic-ratelimit-input-tokens-limit": "400000",
                    "anthropic-ratelimit-input-tokens-remaining": "0",
                    "anthropic-ratelimit-input-tokens-reset": "2025-01-15T14:24:00Z",
                ], [("anthropic-ratelimit-input-tokens-remaining", 0, 40)]
            ),
            (
                .mistral, ["x-ratelimit-remaining-req-minute": "4", "x-ratelimit-limit-req-minute": "60"],
                [("x-ratelimit-remaining-req-minute", 4, 60)]
            ),
            (.plain, ["x-ratelimit-remaining": "many"], []),
            (
                .mistral, ["x-ratelimit-remaining-req-minute": "-3", "x-ratelimit-limit-req-minute": "inf"],
                [("x-ratelimit-remaining-req-minute", 0, 60)]
            ),
            (
                .openAI,
                ["x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "99999999s"],
                [("x-ratelimit-remaining-requests", 0, 120)]
            ),
            (.none, ["x-ratelimit-remaining-requests": "0"], []),
        ] as [(RateHeaders, [String: String], [(String, Double, Double?)])])
    func eachProvidersFieldsAreRead(
        fields: RateHeaders, headers: [String: String], expected: [(String, Double, Double?)]
    ) {
        let list = HTTPHeaders(headers.map { HTTPHeader(name: $0.key, value: $0.value) })
        let found = fields.allowances(in: list, wallNow: now)
        #expect(found.map(\.name) == expected.map(\.0))
        #expect(found.map(\.remaining) == expected.map(\.1))
        #expect(found.map(\.resetSeconds) == expected.map(\.2))
    }

    @Test func onlyWhatSaysWhenItComesBackHoldsAnyoneBack() {
        let unknown = RateAllowance(name: "r", kind: .requests, limit: 60, remaining: 0, resetSeconds: nil)
        #expect(unknown.bucket(now: 0) == nil)
        let full = RateAllowance(name: "r", kind: .requests, limit: 60, remaining: 60, resetSeconds: 5)
        #expect(full.bucket(now: 0) == nil)
        let without = RateAllowance(name: "r", kind: .requests, limit: nil, remaining: 0, resetSeconds: 20)
        #expect(without.bucket(now: 0)?.secondsUntil(1) == 20)
    }

    @Test func refusalsAreKnownByTheirStatus() {
        func signal(_ status: Int, _ headers: [HTTPHeader] = []) -> ResponseSignal {
            ResponseSignal(
                status: status, headers: HTTPHeaders(headers), fields: .openAI, callStarted: 0, wallNow: now)
        }
        #expect(signal(200).refusal == nil)
        #expect(signal(500).refusal == nil)
        #expect(signal(429).refusal == .throttled)
        #expect(signal(503).refusal == .overloaded)
        #expect(signal(529).refusal == .overloaded)
        #expect(signal(429, [HTTPHeader(name: "retry-after-ms", value: "1500")]).wish == 1.5)
        #expect(signal(429, [HTTPHeader(name: "Retry-After", value: "86400")]).wish == 120)
        #expect(signal(200, [HTTPHeader(name: "Retry-After", value: "3")]).wish == nil)
    }
}
