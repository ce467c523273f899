// Measures what a request costs the client: CPU time of this process, requests per second, latencies.
//
// usage: MockServer 9900 & TransportBenchmark [http://127.0.0.1:9900] [REQUESTS]

import Glibc
import Transport

struct Scenario {
    var name: String
    var path: String
    var concurrency: Int
    var requests: Int
    var streams = false
}

/// Posts a body of 20 kB and returns how long the answer took.
func sendOne(_ client: HTTPClient, _ request: HTTPRequest, streams: Bool) async throws -> Duration {
    let start = ContinuousClock.now
    if streams {
        var events = 0
        for try await _ in try await client.stream(request).serverSentEvents { events += 1 }
        precondition(events > 0, "the server sent no events")
    } else {
        let response = try await client.send(request)
        precondition(response.status == 200 && response.body.count > 1000, "an unexpected answer")
    }
    return .now - start
}

func cpuSeconds() -> Double {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    let time = { (value: timeval) in Double(value.tv_sec) + Double(value.tv_usec) / 1e6 }
    return time(usage.ru_utime) + time(usage.ru_stime)
}

func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage.ru_maxrss / 1024
}

func measure(_ scenario: Scenario, _ client: HTTPClient, base: String) async throws {
    var request = HTTPRequest(method: "POST", url: base + scenario.path)
    request.headers = [
        HTTPHeader(name: "Content-Type", value: "application/json"),
        HTTPHeader(name: "Authorization", value: "Bearer not-a-key"),
    ]
    request.body = [UInt8](repeating: UInt8(ascii: "x"), count: 20_000)
    let (prepared, perWorker) = (request, scenario.requests / scenario.concurrency)
    let cpuBefore = cpuSeconds()
    let start = ContinuousClock.now
    let latencies = try await withThrowingTaskGroup(of: [Duration].self) { group in
        for _ in 0..<scenario.concurrency {
            group.addTask {
                var latencies: [Duration] = []
                for _ in 0..<perWorker {
                    latencies.append(try await sendOne(client, prepared, streams: scenario.streams))
                }
                return latencies
            }
        }
        return try await group.reduce(into: []) { $0 += $1 }.sorted()
    }
    let cpu = (cpuSeconds() - cpuBefore) / Double(latencies.count) * 1e6
    let rate = Double(latencies.count) / ((ContinuousClock.now - start) / .seconds(1))
    let percentile = { (share: Double) in
        Int(latencies[min(latencies.count - 1, Int(share * Double(latencies.count)))] / .microseconds(1))
    }
    print(
        "\(scenario.name): \(Int(cpu.rounded())) µs CPU a request, \(Int(rate)) requests/s, "
            + "p50 \(percentile(0.5)) µs, p99 \(percentile(0.99)) µs, peak \(peakMegabytes()) MB")
}

let base = CommandLine.arguments.dropFirst().first ?? "http://127.0.0.1:9900"
let requests = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 20_000
let client = HTTPClient()
let scenarios = [
    Scenario(name: "warm-up", path: "/fast", concurrency: 500, requests: 2_000),
    Scenario(name: "1 at a time", path: "/fast", concurrency: 1, requests: requests),
    Scenario(name: "50 at a time", path: "/fast", concurrency: 50, requests: requests),
    Scenario(name: "500 at a time", path: "/fast", concurrency: 500, requests: requests),
    Scenario(name: "500 at a time, 500 ms each", path: "/delay/500", concurrency: 500, requests: 5_000),
    Scenario(
        name: "500 streams of 100 events, 20 ms apart", path: "/sse/100/20", concurrency: 500, requests: 500,
        streams: true),
]
for scenario in scenarios { try await measure(scenario, client, base: base) }
await client.shutdown()
