import FoundationEssentials
import Glibc
import JSON
import Processes
import Testing

/// Whole experiments through the binary, without a network.
@Suite("Experiments on user variants")
struct ExperimentTests {
    private func launch(
        in directory: String, name: String = "study", _ arguments: [String] = []
    ) -> ProcessCommand {
        GageBinary.command(
            [
                "experiment", "launch", "--experiment-name", name, "--environment", "tau2:mock", "--config",
                "models.yaml", "--variants", EmotionalStudy.variants.joined(separator: ","),
            ] + arguments, in: directory, environment: ["TAU2_DATA_DIR": directory])
    }

    private func gage(_ arguments: [String], in directory: String) async throws -> ProcessResult {
        try await Processes.run(
            GageBinary.command(arguments, in: directory, environment: ["TAU2_DATA_DIR": directory]))
    }

    private func experiment(in directory: borrowing TemporaryDirectory) throws -> String {
        let names = try #require(Directory.entries("\(directory.path)/results"))
        return "results/" + (try #require(names.max()))
    }

    @Test("The analysis finds exactly the differences that the models were written to have")
    func knownDifferences() async throws {
        let directory = try TemporaryDirectory()
        try EmotionalStudy.write(into: directory)
        let result = try await Processes.run(
            launch(in: directory.path, ["--tasks", "all", "--bootstrap-replicates", "500"]))
        #expect(result.code == 0, "\(result.complaint)")
        let place = try experiment(in: directory)
        let analysis = try await gage(["experiment", "analyze", place, "--json"], in: directory.path)
        #expect(analysis.code == 0, "\(analysis.complaint)")
        let found = try #require(try JSONValue.parse(analysis.output).at("environments[0]"))
        #expect(found["complete_tasks"] == 24)
        for variant in EmotionalStudy.variants {
            let successes = 24 - EmotionalStudy.failures(under: variant).count
            #expect(found.at("variant_stats.\(variant).successes")?.intValue == successes, "\(variant)")
            #expect(found.at("variant_stats.\(variant).prompt_faults") == 0)
        }
        let pairs = found["pairwise_comparisons"]?.arrayValue ?? []
        #expect(pairs.map { $0["variant2_only"]?.intValue } == [0, 1, 11])
        #expect(pairs.map { $0["variant1_only"]?.intValue } == [0, 0, 0])
        #expect(pairs.prefix(2).map { $0["p_value"]?.doubleValue } == [1, 1])
        #expect(abs((pairs.last?["p_value"]?.doubleValue ?? 1) - 2.0 / 2048) < 1e-12)
        #expect(pairs.map { $0["significant"]?.boolValue } == [false, false, true])
        // The frustrated user never sounds frustrated: that is no robustness of the agent.
        #expect(
            pairs.map { $0["manipulation"]?.stringValue } == ["not demonstrated", "demonstrated", "demonstrated"])
        for name in [
            "results.json", "report.html", "analysis.txt", "analysis.json", "conversations.json",
            "aggregated_results.json",
        ] {
            #expect(access("\(directory.path)/\(place)/\(name)", R_OK) == 0, "\(name)")
        }
        let page = try directory.text("\(place)/report.html")
        #expect(page.contains("not demonstrated") && page.contains("<svg"))
    }

    @Test(
        "The same task has the same seed under every variant, and its user's prompt differs by the variant's text alone"
    )
    func paired() async throws {
        let directory = try TemporaryDirectory()
        try EmotionalStudy.write(into: directory)
        #expect(try await Processes.run(launch(in: directory.path, ["--tasks", "4", "--trials", "2"])).code == 0)
        let place = try experiment(in: directory)
        let rows = try directory.json("\(place)/aggregated_results.json")["task_results"]?.arrayValue ?? []
        #expect(rows.count == 4 * 4 * 2)
        var seeds: [String: Set<String>] = [:]
        var prompts: [String: Set<String>] = [:]
        for row in rows {
            let cell = "\(row["task_id"]?.stringValue ?? "") \(row["trial"]?.intValue ?? -1)"
            seeds[cell, default: []].insert(row["seed"]?.text() ?? "")
            prompts[cell, default: []].insert(row.at("metadata.base_prompt_sha256")?.stringValue ?? "none")
            #expect(row.at("metadata.models.agent") == "agent/of-ours")
        }
        #expect(seeds.count == 8)
        #expect(seeds.values.allSatisfy { $0.count == 1 })
        #expect(Set(seeds.values.flatMap { $0 }).count == 8)
        #expect(prompts.values.allSatisfy { $0.count == 1 && !$0.contains("none") })
    }

    @Test("Two workers do what one does")
    func workers() async throws {
        let directory = try TemporaryDirectory()
        try EmotionalStudy.write(into: directory)
        for count in ["1", "2"] {
            let result = try await Processes.run(
                launch(in: directory.path, name: "w\(count)", ["--tasks", "9", "--workers", count]))
            #expect(result.code == 0, "\(result.complaint)")
        }
        let names = try #require(Directory.entries("\(directory.path)/results")).sorted()
        let tables = try names.map { try directory.json("results/\($0)/aggregated_results.json") }
        let rows = tables.map { table in
            (table["task_results"]?.arrayValue ?? []).map { row -> JSONValue in
                var kept: JSONObject = [:]
                for key in ["task_id", "variant", "trial", "reward", "success", "seed", "turns"] {
                    kept[key] = row[key]
                }
                return .object(kept)
            }
        }
        #expect(rows[0].count == 36)
        #expect(rows[0] == rows[1])
        let workers = Set((tables[1]["task_results"]?.arrayValue ?? []).compactMap { $0["worker"]?.intValue })
        #expect(workers == [1, 2])
        let perTask = Dictionary(grouping: tables[1]["task_results"]?.arrayValue ?? []) { $0["task_id"]?.stringValue }
        #expect(perTask.values.allSatisfy { Set($0.compactMap { $0["worker"]?.intValue }).count == 1 })
        let monitor = try await gage(
            ["experiment", "monitor", "--experiment-name", "w2", "--json"], in: directory.path)
        let state = try JSONValue.parse(monitor.output)
        #expect(state["done"] == 36)
        #expect(state["rows"]?.arrayValue?.count == 8)
        #expect(state["running"] == false)
    }

    @Test("A killed launch leaves its missing cells listed, and going on does only those")
    func killedAndResumed() async throws {
        let directory = try TemporaryDirectory()
        try EmotionalStudy.write(into: directory)
        let child = try await ChildProcess.start(
            launch(in: directory.path, ["--tasks", "all", "--trials", "12", "--workers", "2"]))
        let place = try await Directory.waitForEpisodes(in: "\(directory.path)/results")
        kill(child.processIdentifier, SIGKILL)
        _ = try await child.wait()
        let path = "results/\(place)"
        let partial = try await gage(["experiment", "collect", path, "--json"], in: directory.path)
        #expect(partial.code == 3)
        let before = try JSONValue.parse(partial.output)
        let missing = before["missing_cells"]?.arrayValue?.count ?? 0
        #expect(missing > 0 && before["complete"] == false)
        #expect(try await gage(["experiment", "collect", path, "--allow-partial"], in: directory.path).code == 0)
        #expect(try await gage(["experiment", "analyze", path], in: directory.path).code == 0)
        let resumed = try await gage(["experiment", "launch", "--resume", path], in: directory.path)
        #expect(resumed.code == 0, "\(resumed.complaint)")
        let after = try directory.json("\(path)/aggregated_results.json")
        #expect(after["complete"] == true)
        #expect(after["task_results"]?.arrayValue?.count == 24 * 4 * 12)
        let kept = Dictionary(
            uniqueKeysWithValues: (after["task_results"]?.arrayValue ?? []).map { (Self.key($0), $0["started_at"]) })
        for row in before["task_results"]?.arrayValue ?? [] { #expect(kept[Self.key(row)] == row["started_at"]) }
    }

    private static func key(_ row: JSONValue) -> String {
        ["task_id", "variant", "trial"].map { row[$0]?.text() ?? "" }.joined(separator: " ")
    }

    @Test("A prompt that is not its variant's is found out")
    func promptFault() async throws {
        let directory = try TemporaryDirectory()
        try EmotionalStudy.write(into: directory)
        #expect(try await Processes.run(launch(in: directory.path, ["--tasks", "3"])).code == 0)
        let place = try experiment(in: directory)
        let file = "\(place)/experiment_config.json"
        let design = try directory.text(file)
        let digest = try #require(try directory.json(file).at("variants[3].digest")?.stringValue)
        try directory.write(design.replacing(digest, with: "another"), to: file)
        let analysis = try await gage(["experiment", "analyze", place], in: directory.path)
        #expect(analysis.code == 4)
        #expect(analysis.output.contains("3 episodes did not have the prompt of their variant"))
    }

    @Test(
        "The original τ-bench's users have variants too, and its analysis finds what was written",
        .enabled(if: GageBinary.reference != nil, "the reference data are absent: set GAGE_REFERENCE"))
    func originalTauBench() async throws {
        let directory = try TemporaryDirectory()
        let data = try #require(GageBinary.reference) + "/tau1"
        try await EmotionalStudy.writeOriginal(into: directory, data: data, tasks: 6)
        let arguments = [
            "experiment", "launch", "--experiment-name", "original", "--environment", "retail", "--config",
            "models.yaml",
            "--variants", "control,anger", "--tasks", "6",
        ]
        let environment = ["TAU_BENCH_DATA_DIR": data]
        let launched = try await Processes.run(
            GageBinary.command(arguments, in: directory.path, environment: environment))
        #expect(launched.code == 0, "\(launched.complaint)")
        let analysis = try await Processes.run(
            GageBinary.command(
                ["experiment", "analyze", "--experiment-name", "original", "--json"], in: directory.path,
                environment: environment))
        #expect(analysis.code == 0, "\(analysis.complaint)")
        let found = try #require(try JSONValue.parse(analysis.output).at("environments[0]"))
        #expect(found.at("variant_stats.control.successes") == 6)
        #expect(found.at("variant_stats.anger.successes") == 4)
        #expect(found.at("pairwise_comparisons[0].variant2_only") == 2)
        #expect(found.at("variant_stats.anger.prompt_faults") == 0)
    }

    @Test(
        "A wrong command line is told what is meant",
        arguments: [
            (["--variants", "control,angre"], "did you mean 'anger'?"), (["--variants", "control,control"], "twice"),
            (["--variants", "anger,angry_llm"], "twice"), (["--variants", ","], "names nothing"),
            (["--environment", "tau2:moc"], "did you mean 'tau2:mock'?"), (["--task-ids", "t99"], "has no task 't99'"),
            (["--tasks", "none"], "or 'all'"), (["--workers", "0"], "from 1 to 256"),
        ])
    func refusals(arguments: [String], complaint: String) async throws {
        let directory = try TemporaryDirectory()
        try EmotionalStudy.write(into: directory)
        var command = launch(in: directory.path)
        for (place, argument) in arguments.enumerated() where place % 2 == 0 {
            command.arguments.removeAll { $0 == argument }
        }
        command = GageBinary.command(
            [
                "experiment", "launch", "--experiment-name", "study", "--config", "models.yaml",
            ] + (arguments.contains("--environment") ? [] : ["--environment", "tau2:mock"]) + arguments,
            in: directory.path, environment: ["TAU2_DATA_DIR": directory.path])
        let result = try await Processes.run(command)
        #expect(result.code == 2)
        #expect(result.complaint.contains(complaint), "\(result.complaint)")
        #expect(Directory.entries("\(directory.path)/results") == nil)
    }

    private static func template(_ address: String) -> String {
        let config = "{base_url: \"\(address)\", model: fixed, price: {input: 1000, output: 1000}}"
        return ["agent_model", "user_model"].reduce("backends:\n") { text, id in
            text + "  - {backend_id: \(id), type: openai_http, config: \(config)}\n"
        }
    }

    @Test("A server without tool parsing is refused, and a price limit stops the workers; going on wants more money")
    func probeAndPrice() async throws {
        let directory = try TemporaryDirectory()
        try EmotionalStudy.write(into: directory)
        let server = [
            "mock-server", "--mode", "fixed", "--text", "Hello. ###STOP###", "--latency", "20", "--port", "0",
            "--model", "fixed",
        ]
        let path = directory.path
        let (probed, limited) = try await Serving.withServer(server) { address, _ in
            try Data(Self.template(address).utf8).write(to: URL(filePath: "\(path)/models.yaml"))
            let probed = try await Processes.run(launch(in: path, ["--tasks", "3"]))
            let limited = try await Processes.run(
                launch(in: path, ["--tasks", "all", "--skip-probe", "--max-price", "3", "--workers", "2"]))
            return (probed, limited)
        }
        #expect(probed.code == 2 && probed.complaint.contains("answered a request for a tool call with text"))
        #expect(limited.code == 130 && limited.complaint.contains("the price limit is reached"))
        let place = try experiment(in: directory)
        let table = try directory.json("\(place)/aggregated_results.json")
        #expect((table["missing_cells"]?.arrayValue?.count ?? 0) > 0)
        let resumed = try await gage(["experiment", "launch", "--resume", place], in: directory.path)
        #expect(resumed.code == 2 && resumed.complaint.contains("allow more with --max-price"))
    }

    @Test("A server that offers another model is refused before anything is spent")
    func otherModel() async throws {
        let directory = try TemporaryDirectory()
        try EmotionalStudy.write(into: directory)
        let server = ["mock-server", "--mode", "fixed", "--text", "Hello.", "--port", "0", "--model", "other"]
        let path = directory.path
        let probed = try await Serving.withServer(server) { address, _ in
            try Data(Self.template(address).utf8).write(to: URL(filePath: "\(path)/models.yaml"))
            return try await Processes.run(launch(in: path, ["--tasks", "3"]))
        }
        #expect(probed.code == 2)
        #expect(probed.complaint.contains("the server of the model 'fixed' offers 'other', and not that one"))
        #expect(Directory.entries("\(path)/results") == nil)
    }

    @Test("An agent behind a server that the workers start needs no server before")
    func serverOfTheWorkers() async throws {
        let directory = try TemporaryDirectory()
        try EmotionalStudy.write(into: directory)
        let program = [
            GageBinary.path, "mock-server", "--mode", "fixed", "--text", "Hello. ###STOP###", "--model", "{model}",
            "--host", "{host}", "--port", "{port}",
        ]
        let backends = ["agent_model", "user_model"].map { id -> JSONValue in
            [
                "backend_id": .string(id), "type": "vllm_server",
                "config": ["model": "fixed", "command": .array(program.map(JSONValue.string))],
            ]
        }
        try directory.write(JSONValue.object(["backends": .array(backends)]).text(), to: "models.yaml")
        let result = try await Processes.run(launch(in: directory.path, ["--tasks", "1"]))
        #expect(result.code == 0, "\(result.complaint)")
        let place = try experiment(in: directory)
        let compared = try await gage(["experiment", "analyze", "--compare", place, place], in: directory.path)
        #expect(compared.output.contains("environment") && compared.output.contains("tau2:mock"))
    }

    @Test("A dry run writes nothing and says what so many tasks can show")
    func dryRun() async throws {
        let directory = try TemporaryDirectory()
        try EmotionalStudy.write(into: directory)
        let result = try await Processes.run(launch(in: directory.path, ["--tasks", "all", "--dry-run"]))
        #expect(result.code == 0, "\(result.complaint)")
        #expect(result.output.contains("96 episodes: 24 tasks × 4 variants × 1 trials"))
        #expect(result.output.contains("ten points need"))
        #expect(Directory.entries("\(directory.path)/results") == nil)
    }

    @Test("A study without a control is told that it compares nothing")
    func noControl() async throws {
        let directory = try TemporaryDirectory()
        try EmotionalStudy.write(into: directory)
        let result = try await Processes.run(
            launch(in: directory.path, ["--tasks", "2", "--variants", "anger", "--dry-run"]))
        #expect(result.code == 0, "\(result.complaint)")
        #expect(result.complaint.contains("'control' is not among the variants"))
        #expect(result.output.contains("0 comparisons"))
    }
}

/// Looks into directories.
private enum Directory {
    static func entries(_ path: String) -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    /// Waits until both workers of the only experiment there have something in their journals.
    static func waitForEpisodes(in results: String) async throws -> String {
        for _ in 0..<3000 {
            if let name = entries(results)?.first {
                let shards = entries("\(results)/\(name)/run/shards") ?? []
                var status = stat()
                let isBusy =
                    shards.count == 2
                    && shards.allSatisfy { shard in
                        stat("\(results)/\(name)/run/shards/\(shard)/events.jsonl", &status) == 0
                            && status.st_size > 2000
                    }
                if isBusy { return name }
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw TemporaryDirectoryError(errno: ETIMEDOUT)
    }
}
