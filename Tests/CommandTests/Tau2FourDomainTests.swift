import JSON
import Processes
import Testing

/// Four domains, four trials, some of which succeed: the figures must be those of the official package.
@Suite(
    "A run of four τ² domains, through the binary",
    .enabled(if: GageBinary.reference != nil, "no reference data: set GAGE_REFERENCE to run these"))
struct Tau2FourDomainTests {
    /// What the official package (tau2 1.0.1) computes for this run's exported trajectories: average reward, pass^1 … 4.
    private static let official: [String: [Double]] = [
        "airline": [0.5875, 0.5875, 0.4916666666666666, 0.4625, 0.45],
        "mock": [0.4166666666666667, 0.4166666666666667, 0.2962962962962963, 0.25, 0.2222222222222222],
        "retail": [0.575, 0.575, 0.34166666666666673, 0.2375, 0.2],
        "telecom": [0.4875, 0.4875, 0.22500000000000003, 0.125, 0.1],
        "overall": [0.532608695652174, 0.532608695652174, 0.3454106280193237, 0.2717391304347826, 0.2463768115942029],
    ]

    /// The first twenty tasks of the large domains, and those of mock that can be graded whatever happens.
    private static let selection =
        (0..<3).flatMap { ["--set", "datasets[\($0)].params.num_tasks=20"] } + [
            "--set",
            "datasets[3].params.task_ids=[create_task_1, create_task_1_nl_eval, update_task_1, "
                + "update_task_with_message_history, update_task_with_initialization_data, "
                + "update_task_with_initialization_actions, update_task_with_history_and_env_assertions, "
                + "update_task_with_user_tools, impossible_task_1]",
        ]

    private func runAll(in directory: String) async throws {
        let result = try await Tau2Serving.withMockServer("tau2-mixed") {
            try await Tau2Serving.run("all_subsets_base", id: "four", at: $0, in: directory, Self.selection)
        }
        #expect(result.code == 0, "\(result.complaint)")
    }

    private func isClose(_ left: Double?, _ right: Double) -> Bool {
        left.map { abs($0 - right) <= 1e-12 } ?? false
    }

    @Test func theSummaryIsWhatTheOfficialPackageComputes() async throws {
        let directory = try TemporaryDirectory()
        try await runAll(in: directory.path)
        let summary = try directory.json("four/summary.json")
        let figures = try await Self.independentFigures(of: directory.text("four/samples.jsonl"))
        #expect(summary.at("outcomes.scored") == 276)
        for (name, expected) in Self.official {
            let section =
                name == "overall" ? summary["tau2_summary"] : summary.at("tau2_summary.by_domain.\(name)")
            let reward = name == "overall" ? section?.at("overall.avg_reward") : section?["avg_reward"]
            #expect(isClose(reward?.doubleValue, expected[0]), "\(name): \(reward ?? .null)")
            for k in 1...4 {
                let own = section?["pass_hat_k"]?["\(k)"]?.doubleValue
                #expect(isClose(own, expected[k]), "\(name) pass^\(k): \(own as Any)")
                #expect(isClose(figures[name]?[k], expected[k]), "\(name) pass^\(k) from the table")
            }
            #expect(section?["pass_hat_k"]?["5"] == nil)
        }
        let counts = summary.at("tau2_summary.overall")
        #expect(counts?["tasks"] == 69)
        #expect(counts?["total"] == 276)
    }

    /// Average reward and pass^k from the samples and the official table of pass^k by trials and successes.
    private static func independentFigures(of samples: String) async throws -> [String: [Double]] {
        var successes: [String: [String: [Double]]] = [:]
        for line in samples.split(separator: "\n") {
            let sample = try JSONValue.parse(String(line))
            let facts = try #require(sample.at("sample.metadata.tau2"))
            let domain = try #require(facts["domain"]?.stringValue)
            let task = try #require(facts["task_id"]?.stringValue)
            let reward = try #require(sample.at("metrics.tau2_reward.values.reward")?.doubleValue)
            successes[domain, default: [:]][task, default: []].append(reward)
            successes["overall", default: [:]]["\(domain)/\(task)", default: []].append(reward)
        }
        let table = try await officialTable()
        return try successes.mapValues { tasks in
            let all = tasks.values.flatMap { $0 }
            var row = [all.reduce(0, +) / Double(all.count)]
            for k in 1...4 {
                let values = try tasks.values.map { rewards in
                    try #require(table[[rewards.count, rewards.count { $0 == 1 }, k]])
                }
                row.append(values.reduce(0, +) / Double(values.count))
            }
            return row
        }
    }

    /// pass^k by trials, successes and k, as the official package computed it.
    private static func officialTable() async throws -> [[Int]: Double] {
        let file = try Tau2Serving.data + "/cases/metrics.json"
        let text = try await Processes.run(ProcessCommand("cat", [file])).standardOutput.text
        let rows = try #require(JSONValue.parse(text)["pass_hat_k"]?.arrayValue)
        var table: [[Int]: Double] = [:]
        for row in rows {
            let numbers = (row.arrayValue ?? []).compactMap(\.doubleValue)
            if numbers.count == 4 { table[numbers.prefix(3).map { Int($0) }] = numbers[3] }
        }
        return table
    }

    @Test func theRunGoesToTheOfficialFormAndBack() async throws {
        let directory = try TemporaryDirectory()
        try await runAll(in: directory.path)
        let export = try await GageBinary.run("tau2", "export", "\(directory.path)/four")
        #expect(export.code == 0, "\(export.complaint)")
        let folder = "\(directory.path)/four/tau2"
        let data = try Tau2Serving.data
        let graded = try await GageBinary.run(
            "tau2", "evaluate-trajs", folder, "--data", data, "--expect-same", "--json")
        #expect(graded.code == 0, "\(graded.complaint)")
        let files = try #require(try JSONValue.parse(graded.output)["files"]?.arrayValue)
        #expect(files.count == 4)
        for file in files {
            let expected = try #require(Self.official[file["domain"]?.stringValue ?? ""])
            for place in ["old", "new"] {
                #expect(isClose(file[place]?["avg_reward"]?.doubleValue, expected[0]))
                for k in 1...4 { #expect(isClose(file[place]?["pass_hat"]?["\(k)"]?.doubleValue, expected[k])) }
            }
        }
        let names = ["airline", "retail", "telecom", "mock"].map { "\(folder)/\($0).json" }
        let arguments = ["tau2", "import"] + names + ["--run-id", "back", "--output-dir", directory.path, "-q"]
        let imported = try await Processes.run(GageBinary.command(arguments, environment: ["TAU2_DATA_DIR": data]))
        #expect(imported.code == 0, "\(imported.complaint)")
        let summaries = try ["four", "back"].map { try directory.json("\($0)/summary.json")["tau2_summary"] }
        for key in ["overall", "pass_hat_k", "by_domain"] {
            #expect(summaries[1]?[key] == summaries[0]?[key], "\(key)")
        }
        let report = try await GageBinary.run("report", "\(directory.path)/back")
        #expect(report.code == 0, "\(report.complaint)")
        #expect(report.output.contains("276 scored of 276 planned"))
    }
}
