import JSON
import Processes
import Testing

/// `budget` of a configuration, through whole runs.
@Suite("A run's budget")
struct BudgetRunTests {
    private func write(_ budget: String, backend: String = dummy, in directory: borrowing TemporaryDirectory) throws {
        let text = EchoRun.configuration("killed")
            .replacing("metadata: {name: killed}", with: "metadata: {name: killed}\nbudget: \(budget)")
            .replacing(Self.dummy, with: backend)
        try directory.write(text, to: "run.yaml")
        try directory.write(EchoRun.records, to: "data.jsonl")
    }

    private static let dummy = "type: dummy\n    config: {responses: [], echo_prompt: true}"

    private func run(_ directory: String, _ more: [String] = []) async throws -> ProcessResult {
        try await Processes.run(
            GageBinary.command(
                ["run", "--config", "run.yaml", "--run-id", "b", "--output-dir", directory, "--quiet"] + more,
                in: directory))
    }

    private func scored(_ directory: borrowing TemporaryDirectory) throws -> Int {
        try #require(try directory.json("b/summary.json").at("outcomes.scored")?.intValue)
    }

    @Test func tokensStopTheRunAndCountOverItsSessions() async throws {
        let directory = try TemporaryDirectory()
        try write("{tokens: 600}", in: directory)
        let first = try await run(directory.path)
        #expect(first.code == 130, "\(first.complaint)")
        let summary = try directory.json("b/summary.json")
        #expect(summary.at("run.status") == "stopped")
        let reason = try #require(summary.at("run.status_reason")?.stringValue)
        #expect(reason.hasPrefix("the budget of 600 tokens is used up (6"), "\(reason)")
        let before = try scored(directory)
        #expect(before > 5 && before < 400)

        // What the first session used is used.
        let second = try await run(directory.path)
        #expect(second.code == 130)
        #expect(try scored(directory) == before)

        // A flag wins over the configuration, and a larger budget is no other configuration.
        let third = try await run(directory.path, ["--max-tokens", "1200"])
        #expect(third.code == 130)
        let later = try scored(directory)
        #expect(later > before && later < 400)
        try write("{tokens: 1000000, wall_time: 2h}", in: directory)
        let last = try await run(directory.path)
        #expect(last.code == 0, "\(last.complaint)")
        #expect(try scored(directory) == 400)
    }

    @Test func timeStopsTheRun() async throws {
        let directory = try TemporaryDirectory()
        try write("{wall_time: 500ms}", in: directory)
        let result = try await run(directory.path, ["--set", "tasks[0].trials=2000"])
        #expect(result.code == 130, "\(result.complaint)")
        #expect(
            try directory.json("b/summary.json").at("run.status_reason") == "the run's time of 0.5s is used up")
        let before = try scored(directory)
        let again = try await run(directory.path, ["--set", "tasks[0].trials=2000"])
        #expect(again.code == 130)
        #expect(try scored(directory) == before)
    }

    @Test func dollarsStopTheRunWherePricesAreKnown() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        try await Serving.withServer(["mock-server", "--port", "0"]) { address, _ in
            let backend = "type: openai_http\n    config: {base_url: \"\(address)\", model: m%PRICE%}"
            try write("{usd: 0.001}", backend: backend.replacing("%PRICE%", with: ""), in: directory)
            let unknown = try await run(path)
            #expect(unknown.code == 2, "\(unknown.complaint)")
            #expect(unknown.complaint.contains("the price of") && unknown.complaint.contains("'price'"))
            let price = ", price: {input: 1, output: 5}"
            try write("{usd: 0.001}", backend: backend.replacing("%PRICE%", with: price), in: directory)
            let priced = try await Processes.run(
                GageBinary.command(
                    ["run", "--config", "run.yaml", "--run-id", "c", "--output-dir", path, "--quiet"], in: path))
            #expect(priced.code == 130, "\(priced.complaint)")
            let summary = try directory.json("c/summary.json")
            let reason = try #require(summary.at("run.status_reason")?.stringValue)
            #expect(reason.hasPrefix("the budget of 0.001 US dollars is used up (0.00"), "\(reason)")
            let traffic = try #require(summary.at("run.timings.backends")?.arrayValue?.first)
            #expect((traffic["requests"]?.intValue ?? 0) > 10)
        }
    }

    @Test func aBudgetThatIsNoneIsRefused() async throws {
        let directory = try TemporaryDirectory()
        try write("{usd: -1, tokens: many, wall_time: soon, eur: 5}", in: directory)
        let result = try await run(directory.path)
        #expect(result.code == 2)
        for words in ["too small", "whole number", "length of time", "unknown key 'eur'"] {
            #expect(result.complaint.contains(words), "\(result.complaint)")
        }
    }

    @Test(arguments: ["--max-time=inf", "--max-time=1e300", "--max-time=-5", "--max-tokens=-5", "--max-cost=nan"])
    func aBoundThatIsNoneIsRefused(_ flag: String) async throws {
        let directory = try TemporaryDirectory()
        try write("{tokens: 600}", in: directory)
        let result = try await run(directory.path, [flag])
        #expect(result.code == 2, "\(result.complaint)")
        #expect(result.complaint.contains("wants a number"), "\(result.complaint)")
    }

    @Test func aTimeBeyondAllMeasureIsNoBound() async throws {
        let directory = try TemporaryDirectory()
        try write("{wall_time: 1e300}", in: directory)
        let result = try await run(directory.path)
        #expect(result.code == 0, "\(result.complaint)")
    }
}
