import Glibc
import JSON
import Processes
import Testing

/// `gage tau-bench` on the real tasks, with models that are none.
@Suite(
    "The MT-benchmark, through the binary",
    .enabled(if: Serving.official != nil, "no reference data: set GAGE_REFERENCE to run these"))
struct TauBenchRunTests {
    @Test func tasksAreRunAndWrittenInTheDocumentedShapes() async throws {
        let directory = try TemporaryDirectory()
        let result = try await Serving.withModels { models in
            try await Self.run(
                ["--model", "openai/gpt-4o", "--task-ids", "1", "2", "3"], at: models, in: directory.path)
        }
        #expect(result.code == 0, "\(result.complaint)")
        let output = try #require(Self.outputs(in: directory.path).first)
        #expect(output.hasPrefix("data/tau_bench_2"))
        let rows = try Serving.lines(try directory.text("\(output)/openai-gpt-4o_scores.jsonl"))
        #expect(rows.map { $0["task-id"] } == ["task-1", "task-2", "task-3"])
        for row in rows {
            #expect(row.objectValue?.keys == ["task-id", "prompt", "result", "truth", "score", "duration"])
            #expect(row["score"] == 1.0)
            #expect(row["result"] == row["truth"])
        }
        for task in 1...3 {
            let lines = try Serving.lines(try directory.text("\(output)/openai-gpt-4o_task\(task)_trajectory.jsonl"))
            #expect(lines.first?["role"] == "system")
            #expect(lines.allSatisfy { $0["content"] != nil })
        }
    }

    @Test func failedTasksAreNamedAndMergedWhenTheyAreRunAgain() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(try Self.impatientConfiguration(), to: "impatient.yaml")
        let first = try await Serving.withModels(["--fault", "server_error/1"]) { models in
            try await Self.run(
                ["--config", "impatient.yaml", "--model", "openai/m", "--task-ids", "1", "2", "3", "--run-id", "r"],
                at: models, in: directory.path)
        }
        #expect(first.code == 3, "\(first.complaint)")
        #expect(first.complaint.contains("task 2 has no score"))
        #expect(first.complaint.contains("gage tau-bench run --run-id r --task-ids 1 2 3"))
        let output = try #require(Self.outputs(in: directory.path).first)
        func scores() throws -> [JSONValue] {
            try Serving.lines(try directory.text("\(output)/openai-m_scores.jsonl"))
        }
        #expect(try scores().map { $0["score"] } == [.null, .null, .null])
        #expect(try scores().allSatisfy { $0["error"]?.stringValue?.isEmpty == false })

        let second = try await Serving.withModels { models in
            try await Self.run(["--run-id", "r", "--task-ids", "2"], at: models, in: directory.path)
        }
        #expect(second.code == 3, "two tasks still have no score: \(second.complaint)")
        #expect(try scores().map { $0["score"] } == [.null, 1.0, .null])
        let third = try await Serving.withModels { models in
            try await Self.run(["--run-id", "r", "--task-ids", "1", "3", "5"], at: models, in: directory.path)
        }
        #expect(third.code == 0, "\(third.complaint)")
        #expect(try scores().map { $0["task-id"] } == ["task-1", "task-2", "task-3", "task-5"])
        #expect(try scores().allSatisfy { $0["score"] == 1.0 })
        #expect(Self.outputs(in: directory.path) == [output])
    }

    @Test func theDocumentedInputFileIsTaken() async throws {
        let directory = try TemporaryDirectory()
        let input: JSONValue = [
            "dataset_name": "tau_bench", "model_name": "openai/gpt-4o", "subsets": ["retail", "airline"],
            "task_ids": [0], "trials": 2,
        ]
        try directory.write(input.text(), to: "input.json")
        let result = try await Serving.withModels { models in
            try await Self.run(["--input", "input.json", "--run-id", "mt"], at: models, in: directory.path)
        }
        #expect(result.code == 0, "\(result.complaint)")
        #expect(access("\(directory.path)/runs/mt-retail/summary.json", F_OK) == 0)
        #expect(access("\(directory.path)/runs/mt-airline/summary.json", F_OK) == 0)
        let outputs = Self.outputs(in: directory.path)
        #expect(outputs.count == 2)
        for output in outputs {
            let rows = try Serving.lines(try directory.text("\(output)/openai-gpt-4o_scores.jsonl"))
            #expect(rows.map { $0["trial"] } == [0, 1])
            #expect(access("\(directory.path)/\(output)/openai-gpt-4o_task0_trial1_trajectory.jsonl", F_OK) == 0)
        }

        let again = try await GageBinary.run("tau-bench", "export", "mt-retail", in: directory.path)
        #expect(again.code == 0, "\(again.complaint)")
        #expect(outputs.contains { again.output.contains($0) })
        let results = try await GageBinary.run(
            "tau-bench", "export", "mt-retail", "--format", "results", in: directory.path)
        let items = try JSONValue.parse(results.output).arrayValue
        #expect(items?.map { $0["trial"] } == [0, 1])
        #expect(items?.allSatisfy { $0["reward"] == 1.0 } == true)
    }

    @Test(arguments: [
        (["--task-ids", "1"], "say which model"), (["--model", "openai/m", "--env", "telecom"], "retail and airline"),
        (["--model", "openai/m", "--task-ids", "500"], "500"), (["--model", "bedrock/claude-3"], "claude-3"),
        (["--input", "nowhere.json"], "nowhere.json"),
    ])
    func whatCannotBeRunIsSaidWithExitCodeTwo(arguments: [String], words: String) async throws {
        let directory = try TemporaryDirectory()
        let result = try await Self.run(arguments, at: "http://127.0.0.1:9/v1", in: directory.path)
        #expect(result.code == 2, "\(result.complaint)")
        #expect(result.complaint.contains(words), "\(result.complaint)")
    }

    private static func run(
        _ arguments: [String], at models: String, in directory: String
    ) async throws -> ProcessResult {
        try await Processes.run(
            GageBinary.command(
                ["tau-bench", "run", "--quiet"] + arguments, in: directory,
                environment: Serving.environment(models: models)))
    }

    /// The output directories below `data/`, sorted.
    private static func outputs(in directory: String) -> [String] {
        guard let handle = opendir("\(directory)/data") else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append("data/\(name)") }
        }
        return names.sorted()
    }

    /// The built-in configuration without repetitions, so that faults show at once.
    private static func impatientConfiguration() throws -> String {
        guard let file = fopen("\(GageBinary.root)/config/tau-bench/mt_benchmark.yaml", "r") else {
            throw TemporaryDirectoryError(errno: errno)
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            bytes.append(contentsOf: buffer.prefix(count))
        }
        return String(decoding: bytes, as: UTF8.self)
            .replacing("max_retries: 6", with: "max_retries: 0")
            .replacing("    concurrency:", with: "    max_retries: 0\n    concurrency:")
    }
}
