import JSON
import Testing

@Suite struct DataCommandTests {
    @Test func saysWhichCommandsBringWhatIsMissing() async throws {
        let directory = try TemporaryDirectory()
        let place = directory.path + "/data"
        let result = try await GageBinary.run("data", "check", "tau-bench", "--dest", place)
        #expect(result.code == 2)
        #expect(result.complaint.contains("run `gage data fetch tau-bench --dest \(place)`"))
    }

    @Test func suggestsTheNameThatWasMeant() async throws {
        let result = try await GageBinary.run("data", "check", "taubench")
        #expect(result.code == 2)
        #expect(result.complaint.contains("there is no data package 'taubench'; did you mean 'tau-bench'?"))
    }

    @Test(.enabled(if: GageBinary.reference != nil, "no reference data beside the checkout or in $GAGE_REFERENCE"))
    func importsOfficialDataAndFindsThemRight() async throws {
        let reference = try #require(GageBinary.reference)
        let directory = try TemporaryDirectory()
        let place = directory.path + "/data"
        let imported = try await GageBinary.run(
            "data", "import", "tau-bench", "--from", reference + "/tau1", "--dest", place)
        #expect(imported.code == 0, "\(imported.complaint)")
        let checked = try await GageBinary.run("data", "check", "tau-bench", "--dest", place, "--json")
        #expect(checked.code == 0)
        let findings = try JSONValue.parse(checked.output)
        #expect(findings["is_right"] == true)
        #expect(findings["facts"]?.arrayValue?.last?.stringValue?.hasPrefix("edition: tau-bench") == true)
    }

    @Test func listsThePackagesForPrograms() async throws {
        let result = try await GageBinary.run("data", "list", "--json")
        let names = try JSONValue.parse(result.output)["packages"]?.arrayValue?.map { $0["name"]?.stringValue }
        #expect(names == ["tau2", "tau-bench", "swebench-pro", "mbpp"])
    }
}
