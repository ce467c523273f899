import JSON
import Processes
import Testing

@Suite("Commands about configurations, through the binary")
struct ConfigurationCommandTests {
    @Test func everyShippedConfigurationIsInOrder() async throws {
        let files = try await shippedConfigurations()
        #expect(files.contains("config/quickstart.yaml") && files.contains("config/tau2/retail_base.yaml"))
        for file in files { try await check(file) }
    }

    /// Every pipeline below `config/`; other YAML files there are data of commands.
    private func shippedConfigurations() async throws -> [String] {
        var command = ProcessCommand("grep", ["-rlE", "--include=*.yaml", "^kind: *PipelineConfig", "config"])
        command.workingDirectory = GageBinary.root
        return try await Processes.run(command).standardOutput.text.split(separator: "\n").map(String.init).sorted()
    }

    private func check(_ file: String) async throws {
        let result = try await GageBinary.run("validate", file)
        #expect(result.code == 0, "\(file): \(result.complaint)")
        let first = try #require(try await GageBinary.text(of: file).split(separator: "\n").first)
        #expect(first.hasPrefix("# yaml-language-server: $schema="))
    }

    @Test func aMistakeIsNamedWithItsPlaceAndTheNearMiss() async throws {
        let directory = try TemporaryDirectory()
        let text = try await GageBinary.text(of: "config/quickstart.yaml")
        try directory.write(
            text.replacing("force_tool_choice: never", with: "force_tool_choise: never"), to: "wrong.yaml")
        let result = try await GageBinary.run("validate", "\(directory.path)/wrong.yaml")
        #expect(result.code == 2)
        let line = try #require(
            text.split(separator: "\n", omittingEmptySubsequences: false)
                .firstIndex { $0.contains("force_tool_choice: never") })
        #expect(result.complaint.contains("wrong.yaml:\(line + 1):7: error: unknown key 'force_tool_choise'"))
        #expect(result.complaint.contains("did you mean 'force_tool_choice'?"))
    }

    @Test func overridesAreCheckedAsARunWouldTakeThem() async throws {
        let good = try await GageBinary.run("validate", "config/quickstart.yaml", "--set", "tasks[0].concurrency=2")
        #expect(good.code == 0, "\(good.complaint)")
        let wrong = try await GageBinary.run("validate", "config/quickstart.yaml", "--set", "tasks[0].concurrency=two")
        #expect(wrong.code == 2)
        #expect(wrong.complaint.contains("expected whole number"), "\(wrong.complaint)")
    }

    @Test func allMistakesAreReportedAtOnce() async throws {
        let directory = try TemporaryDirectory()
        let text = try await GageBinary.text(of: "config/quickstart.yaml")
            .replacing("loader: tau2_tasks", with: "loader: tau2_task")
            .replacing("concurrency: 4", with: "concurrency: four")
            .replacing("dataset_id: shop\n    concurrency", with: "dataset_id: shopp\n    concurrency")
        try directory.write(text, to: "wrong.yaml")
        let result = try await GageBinary.run("validate", "\(directory.path)/wrong.yaml")
        #expect(result.code == 2)
        for part in ["'tau2_task'", "expected whole number", "'shopp'"] {
            #expect(result.complaint.contains(part), "\(result.complaint)")
        }
    }

    @Test func aMissingFileIsAConfigurationError() async throws {
        let result = try await GageBinary.run("run", "--config", "nowhere.yaml")
        #expect(result.code == 2)
        #expect(result.complaint.contains("nowhere.yaml"))
    }

    @Test func anUnknownOptionIsAUsageError() async throws {
        let result = try await GageBinary.run("run", "--confg", "x.yaml")
        #expect(result.code == 2)
        #expect(result.complaint.contains("--config"))
    }

    @Test(arguments: ["text", "mermaid", "json"])
    func thePlanIsShown(format: String) async throws {
        let result = try await GageBinary.run("plan", "--config", "config/quickstart.yaml", "--format", format)
        #expect(result.code == 0, "\(result.complaint)")
        #expect(result.output.contains("tau2_bootstrap"))
        if format == "json" { #expect(throws: Never.self) { try JSONValue.parse(result.output) } }
    }

    @Test func anOverrideShowsWhereItCameFrom() async throws {
        let result = try await GageBinary.run(
            "config", "--resolved", "--config", "config/tau2/retail_base.yaml", "--set", "tasks[0].concurrency=3",
            environment: ["TAU2_AGENT_MODEL": "my-model", "OPENAI_API_KEY": "sk-secret-123"])
        #expect(result.code == 0, "\(result.complaint)")
        let lines = result.output.split(separator: "\n")
        #expect(lines.contains { $0.contains("concurrency: 3") && $0.contains("--set") })
        #expect(lines.contains { $0.contains("my-model") && $0.contains("TAU2_AGENT_MODEL") })
        #expect(!result.output.contains("sk-secret-123"))
    }

    @Test func theSchemaIsJSONSchema() async throws {
        let result = try await GageBinary.run("schema")
        let schema = try JSONValue.parse(result.output)
        #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
    }

    @Test func componentsAreListedAndDescribed() async throws {
        let list = try await GageBinary.run("list", "metrics")
        #expect(list.output.contains("tau2_reward"))
        let description = try await GageBinary.run("describe", "tau2_tasks")
        #expect(description.output.contains("num_trials"))
        let unknown = try await GageBinary.run("describe", "tau2_task")
        #expect(unknown.code == 2)
        #expect(unknown.complaint.contains("tau2_tasks"))
    }
}

extension GageBinary {
    /// A file of the project as text.
    static func text(of file: String) async throws -> String {
        try await Processes.run(ProcessCommand("cat", ["\(root)/\(file)"])).standardOutput.text
    }
}
