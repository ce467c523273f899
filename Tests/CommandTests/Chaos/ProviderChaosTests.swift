import Glibc
import JSON
import Processes
import Testing

/// Providers that fail at every third call, and for good.
@Suite("Chaos: providers")
struct ProviderChaosTests {
    /// A way in which servers misbehave, and how the run's events must name it.
    struct Fault: Sendable {
        var name: String
        var options: [String]
        /// The codes of the errors that calls are repeated for; none where nothing fails.
        var codes: Set<String>
        var streams = false
        /// Whether some are repeated by the HTTP library, which sends a request again when a connection that it kept is
        /// gone before anything came.
        var isRepeatedBelow = false
    }

    static let faults = [
        Fault(name: "every 3rd reply slow", options: ["--fault", "slow_stream/3"], codes: [], streams: true),
        Fault(
            name: "every 3rd call 429", options: ["--fault", "rate_limit/3", "--retry-after", "0.1"],
            codes: ["provider.rate_limited"]),
        Fault(name: "every 3rd call 500", options: ["--fault", "server_error/3"], codes: ["provider.failed"]),
        Fault(
            name: "every 3rd connection reset", options: ["--fault", "reset/3"], codes: ["provider.unreachable"],
            isRepeatedBelow: true),
        Fault(
            name: "every 3rd reply truncated", options: ["--fault", "truncated_body/3"],
            codes: ["provider.unreachable"]),
        Fault(
            name: "every 3rd stream truncated", options: ["--fault", "truncated_body/3"],
            codes: ["provider.unreachable"], streams: true),
        Fault(
            name: "every 3rd reply no JSON", options: ["--fault", "malformed_json/3"],
            codes: ["provider.malformed_reply"]),
        Fault(
            name: "every 3rd reply without choices", options: ["--fault", "empty_choices/3"],
            codes: ["provider.malformed_reply"]),
        Fault(name: "every 3rd call never answered", options: ["--fault", "hang/3"], codes: ["provider.timeout"]),
    ]

    @Test(.timeLimit(.minutes(3)))
    func whatPassesIsRepeatedAndChangesNothing() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for fault in Self.faults { group.addTask { try await check(fault) } }
            try await group.waitForAll()
        }
    }

    private func check(_ fault: Fault) async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        let calm = try await ChaosShop.calm(in: directory, stream: fault.streams)
        let (result, inflicted) = try await ChaosShop.withServers(fault.options) { servers in
            let result = try await ChaosShop.run("faulty", at: servers, in: path, stream: fault.streams)
            return (result, try await servers.faults().values.reduce(0, +))
        }
        #expect(result.code == 0, "\(fault.name): \(result.complaint)")
        let run = try ChaosRun(directory, "faulty")
        #expect(run == calm, "\(fault.name)")
        #expect(run.hasEachEpisodeOnce && run.episodes.count == 12)
        #expect(inflicted > 10, "\(fault.name): only \(inflicted) faults")
        let retries = try ChaosRun.events("model_call_retried", of: "faulty", in: directory)
        let recorded = fault.isRepeatedBelow ? 1...inflicted : inflicted...inflicted
        #expect(fault.codes.isEmpty ? retries.isEmpty : recorded.contains(retries.count), "\(fault.name)")
        #expect(Set(retries.compactMap { $0.at("payload.error.code")?.stringValue }) == fault.codes, "\(fault.name)")
        #expect(retries.allSatisfy { $0.at("payload.error.cause") == "provider" }, "\(fault.name)")
        ChaosTable.add(
            fault.name,
            "12 of 12 scored, same scores; \(inflicted) faults, \(retries.count) repetitions recorded"
                + (fault.codes.isEmpty ? "" : " as `\(fault.codes.sorted().joined(separator: "`, `"))`"))
    }

    @Test func aProviderThatIsDownLeavesErrorsAndNoZeroes() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        let calm = try await ChaosShop.calm(in: directory)
        let once = [
            "--set", "backends.scripted_agent.config.max_retries=1", "--set",
            "backends.scripted_user.config.max_retries=1", "--set", "tasks[0].max_retries=1",
        ]
        let (ports, down) = try await ChaosShop.withServers(["--fault", "server_error/1"]) { servers in
            (servers, try await ChaosShop.run("down", at: servers, in: path, once))
        }
        #expect(down.code == 3, "\(down.complaint)")
        let summary = try directory.json("down/summary.json")
        #expect(summary.at("outcomes.errors_by_cause.provider") == 12)
        #expect(summary.at("outcomes.scored") == 0)
        #expect(summary.at("metrics[0].values.reward") == nil)
        let attempts = try ChaosRun.lines(of: "down/samples.jsonl", in: directory)
            .map { $0["failed_attempts"]?.arrayValue?.count ?? 0 }
        #expect(attempts == Array(repeating: 1, count: 12))

        // The same run once the provider is back.
        let again = try await Self.withServers(at: ports) {
            try await ChaosShop.run("down", at: ports, in: path, once + ["--retry-errored"])
        }
        #expect(again.code == 0, "\(again.complaint)")
        let mended = try ChaosRun(directory, "down")
        #expect(mended.metrics == calm.metrics)
        #expect(mended.episodes == calm.episodes)
        ChaosTable.add(
            "every call 500",
            "12 errored, cause provider, no score; `--retry-errored` when it is back: 12 scored, same scores")
    }

    /// Serves the shop where the run expects it.
    private static func withServers<Result>(
        at ports: ChaosShop.Servers, _ body: () async throws -> Result
    ) async throws -> Result {
        func arguments(_ side: String, _ url: String) -> [String] {
            let port = url.replacingSuffix("/v1", with: "").split(separator: ":").last ?? "0"
            let script = "\(GageBinary.root)/local-datasets/quickstart/\(side).json"
            return ["mock-server", "--mode", "scripted", "--script", script, "--port", String(port)]
        }
        return try await Serving.withServer(arguments("agent", ports.agent)) { _, _ in
            try await Serving.withServer(arguments("user", ports.user)) { _, _ in try await body() }
        }
    }

    @Test func aProviderThatGoesAwayAndComesBackChangesNothing() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        let calm = try await ChaosShop.calm(in: directory)
        let (ports, running) = try await ChaosShop.withServers(["--latency", "40"]) { servers in
            let child = try await ChildProcess.start(ChaosShop.command("gone", at: servers, in: path))
            // Until the dialogues are under way.
            while try await Serving.get(servers.agent.replacingSuffix("/v1", with: "/requests")).text.count < 5000 {}
            return (servers, child)
        }
        let result = try await Self.withServers(at: ports) { try await running.wait() }
        #expect(result.code == 0, "\(result.complaint)")
        #expect(try ChaosRun(directory, "gone") == calm)
        let retries = try ChaosRun.events("model_call_retried", of: "gone", in: directory)
        #expect(!retries.isEmpty)
        ChaosTable.add(
            "provider killed in the middle of a run and started again",
            "12 of 12 scored, same scores; \(retries.count) repetitions recorded")
    }
}
