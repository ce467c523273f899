import JSON
import Processes
import Testing

/// `gage pause generate-tasks` and `gage pause tools`.
struct PauseTaskCommandTests {
    @Test func theSameSeedWritesTheSameFilesAndAnotherDoesNot() async throws {
        let directory = try TemporaryDirectory()
        for (folder, seed) in [("one", "46"), ("two", "46"), ("three", "47")] {
            let result = try await GageBinary.run(
                "pause", "generate-tasks", "--rng_seed", seed, "--user_num", "2", "--runs_per_branch", "1",
                "--output_dir", "\(directory.path)/\(folder)", "--time", "20260102_030405")
            #expect(result.code == 0, "\(result.complaint)")
        }
        for name in ["tasks_developing_20260102_030405.json", "tasks_developing_20260102_030405_2.json"] {
            let first = try directory.text("one/\(name)")
            #expect(try directory.text("two/\(name)") == first)
            #expect(try directory.text("three/\(name)") != first)
            let branches = try JSONValue.parse(first)["tasks_by_branch"]?.objectValue
            #expect(branches?.count == 5 && branches?.values.allSatisfy { $0.arrayValue?.count == 1 } == true)
        }
    }

    @Test func snapshotsAndTablesAreWrittenOnRequestWithEitherSpelling() async throws {
        let directory = try TemporaryDirectory()
        let result = try await GageBinary.run(
            "pause", "generate-tasks", "--rng-seed", "46", "--branch", "shopping", "--profile-id", "mine",
            "--output-dir", "\(directory.path)/tasks", "--snapshot-dir", "\(directory.path)/snapshots", "--dump-tables",
            "--time", "20260102_030405", "--compact", "--limit", "1")
        #expect(result.code == 0, "\(result.complaint)")
        let folder = "snapshots/tasks_mine_20260102_030405"
        #expect(try directory.json("\(folder)/meta.json")["rng_seed"] == 46)
        #expect(try directory.json("\(folder)/profile.json")["shopping"]?["cart"] != nil)
        for (table, column) in [
            ("steps", "Steps"), ("calories", "Calories"), ("mets", "METs"), ("intensities", "Intensity"),
        ] {
            let lines = try directory.text("\(folder)/minute_\(table).csv").split(separator: "\n")
            #expect(lines.first == "ActivityMinute,\(column)" && lines.count == 30 * 1440 + 1)
            let values = lines.dropFirst().compactMap { $0.split(separator: ",").last.flatMap { Double($0) } }
            #expect(values.count == 30 * 1440)
            if table == "intensities" { #expect(values.allSatisfy { [0, 1, 2, 3].contains($0) }) }
            guard table == "mets" else { continue }
            for day in 0..<30 {
                let sum = values[(day * 1440)..<((day + 1) * 1440)].reduce(0, +)
                #expect((14_000...30_000).contains(sum))
            }
        }
        for table in ["daily_heartrate", "daily_sleep"] {
            #expect(try directory.text("\(folder)/\(table).csv").split(separator: "\n").count == 31)
        }
    }

    @Test(arguments: [
        ["--branch", "shoping"], ["--user_num", "0"], ["--start_date", "2016-05-01"], ["--profile_id", "a/b"],
        ["--engine", "llm"], ["--target_year_start", "2027"],
    ])
    func whatCannotWorkIsRefusedBeforeAnythingIsWritten(arguments: [String]) async throws {
        let directory = try TemporaryDirectory()
        let command = GageBinary.command(
            ["pause", "generate-tasks", "--rng_seed", "1", "--output_dir", "\(directory.path)/out"] + arguments)
        let result = try await Processes.run(command)
        #expect(result.code == 2, "\(result.complaint)")
        #expect((try? directory.text("out")) == nil)
    }

    @Test func theToolsAreListedAsSchemas() async throws {
        let result = try await GageBinary.run("pause", "tools", "--json")
        #expect(result.code == 0, "\(result.complaint)")
        let families = try #require(try JSONValue.parse(result.output).objectValue)
        #expect(families.keys == ["platform", "shopping", "source", "medical", "user"])
        let tools = families.values.flatMap { $0.arrayValue ?? [] }
        let names = tools.compactMap { $0["function"]?["name"]?.stringValue }
        #expect(Set(names).count == names.count && names.count == tools.count)
        for name in ["get_daily_summary", "update_profile", "prepare_order", "top_up_wallet", "med-get_resources"] {
            #expect(names.contains(name))
        }
        #expect(tools.allSatisfy { $0["function"]?["parameters"]?["type"] == "object" })
    }
}
