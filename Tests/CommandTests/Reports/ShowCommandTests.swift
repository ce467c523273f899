import JSON
import Testing

@Suite("gage show, through the binary")
struct ShowCommandTests {
    @Test func episodesAreFoundListedAndPrintedAtAnyWidth() async throws {
        let directory = try TemporaryDirectory()
        let run = try await GageBinary.run(
            "run", "--config", "config/quickstart.yaml", "--run-id", "q", "--output-dir", directory.path, "-q")
        #expect(run.code == 0, "\(run.complaint)")
        let place = directory.path + "/q"

        let list = try await GageBinary.run("show", place, environment: ["COLUMNS": "90"])
        #expect(list.code == 0, "\(list.complaint)")
        #expect(list.output.contains("shop/retail_exchange_lamp/0"))

        for name in [
            "retail_exchange_lamp", "shop/retail_exchange_lamp", "retail_exchange_lamp/0",
            "shop:retail_exchange_lamp__trial_0",
        ] {
            let shown = try await GageBinary.run("show", place, name, environment: ["COLUMNS": "48"])
            #expect(shown.code == 0, "\(shown.complaint)")
            #expect(shown.output.hasPrefix("shop:retail_exchange_lamp__trial_0\nscored, not in full"))
            #expect(shown.output.contains("Expected, and not done so"))
            #expect(shown.output.split(separator: "\n").allSatisfy { $0.count <= 48 })
            #expect(!shown.output.contains("\u{1B}"))
        }

        let json = try await GageBinary.run("show", place, "retail_exchange_lamp", "--json")
        #expect(try JSONValue.parse(json.output)["outcome"] == "scored")

        let failed = try await GageBinary.run("show", place, "--where", "score(tau2_reward) < 1", "--json")
        let lines = failed.output.split(separator: "\n")
        #expect(lines.count == 1, "\(failed.output)\(failed.complaint)")
        #expect(lines.first?.contains("retail_exchange_lamp") == true)

        let missing = try await GageBinary.run("show", place, "retail_exchange_lamb")
        #expect(missing.code == 2)
        #expect(missing.complaint.contains("did you mean 'retail_exchange_lamp'?"), "\(missing.complaint)")

        let mistaken = try await GageBinary.run("show", place, "--where", "scroe < 1")
        #expect(mistaken.code == 2, "\(mistaken.complaint)")
    }
}
