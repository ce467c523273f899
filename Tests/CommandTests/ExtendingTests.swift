import Glibc
import JSON
import Processes
import Testing

/// The worked examples of docs/extending.md, as they are shipped.
@Suite("Extending gage")
struct ExtendingTests {
    private static let hasPython = access("/usr/bin/python3", X_OK) == 0 || access("/usr/local/bin/python3", X_OK) == 0

    @Test(.enabled(if: hasPython, "python3 is not installed"))
    func everyPartButTheLoopMayBeAProgram() async throws {
        let directory = try TemporaryDirectory()
        let result = try await GageBinary.run(
            "run", "--config", "docs/examples/programs/run.yaml", "--run-id", "p", "--output-dir", directory.path,
            environment: ["PYTHONDONTWRITEBYTECODE": "1"])
        #expect(result.code == 0, "\(result.complaint)")
        let summary = try directory.json("p/summary.json")
        #expect(summary.at("outcomes.scored") == 6)
        #expect(summary.at("outcomes.dropped_records[0].reason") == "marked as skip")
        // The agent forgets to carry in one of three sums, and is ten off there.
        #expect(summary.at("tasks[0].metrics[0].raw_values.correct")?.doubleValue.map { ($0 * 1000).rounded() } == 667)
        #expect(summary.at("tasks[1].metrics[0].raw_values.correct")?.doubleValue == 1)
        #expect(summary.at("tasks[1].metrics[1].raw_values.distance")?.doubleValue == 0)
        let lines = try directory.text("p/samples.jsonl").split(separator: "\n").map { try JSONValue.parse(String($0)) }
        let wrong = try #require(lines.first { $0.text().contains("\"found\":32") })
        #expect(wrong.text().contains("\"expected\":42"))
    }

    @Test func aBinaryWithAKitOfItsOwnRunsIt() async throws {
        let directory = try TemporaryDirectory()
        let program =
            GageBinary.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/") + "/LengthKitExample"
        var command = ProcessCommand(program, ["docs/examples/kit/run.yaml", directory.path])
        command.workingDirectory = GageBinary.root
        command.deadline = .seconds(60)
        let result = try await Processes.run(command)
        #expect(result.code == 0, "\(result.output)\(result.complaint)")
        #expect(result.output.contains("2 scored: "))
        let path = try #require(result.output.split(whereSeparator: \.isWhitespace).last)
        let page = try await Processes.run(ProcessCommand("cat", [String(path)])).output
        #expect(page.contains("answer_length"))
    }
}
