import JSON
import Testing

/// Tools over MCP from the command line, with a server of a few lines.
@Suite("MCP from the command line", .timeLimit(.minutes(2)))
struct MCPCommandTests {
    private static let server = ["python3", "\(GageBinary.root)/Tests/MCPFixtures/notes.py"]

    private static func pipeline(toolchain: String, replies: String) -> String {
        """
        seed: 1
        datasets:
          - {dataset_id: data, loader: jsonl, params: {path: data.jsonl, preprocess: default}}
        backends:
          - backend_id: scripted
            type: scripted
            config: {script: {cycle: true, replies: \(replies)}}
        agent_backends:
          - {agent_backend_id: agent, type: model_backend, backend_id: scripted, config: {force_tool_choice: never}}
        mcp_clients:
          - mcp_client_id: office
            transport: stdio
            command: [\(server.joined(separator: ", "))]
            env: {OFFICE_KEY: a-secret-value}
        prompts:
          - {prompt_id: task, renderer: jinja, template: "Tools:\\n{{ tool_documentation }}"}
        role_adapters:
          - adapter_id: tools
            role_type: toolchain
            mcp_client_id: office
            params: \(toolchain)
          - adapter_id: agent
            role_type: dut_agent
            agent_backend_id: agent
            prompt_id: task
            params: {max_turns: 4}
        metrics: [exact_match]
        tasks:
          - task_id: notes
            dataset_id: data
            concurrency: 2
            steps:
              - {step: support, adapter_id: tools}
              - {step: inference, adapter_id: agent}
              - {step: auto_eval}
        """
    }

    /// Runs the pipeline over three samples and gives its directory's parent.
    private func run(toolchain: String, replies: String) async throws -> (
        samples: [JSONValue], events: String, plan: String
    ) {
        let directory = try TemporaryDirectory()
        try directory.write(Self.pipeline(toolchain: toolchain, replies: replies), to: "run.yaml")
        let record = { (id: Int) in #"{"id": "s\#(id)", "prompt": "Buy milk", "answer": "bought"}"# }
        try directory.write((1...3).map(record).joined(separator: "\n") + "\n", to: "data.jsonl")
        let result = try await GageBinary.run(
            "run", "--config", "run.yaml", "--run-id", "r", "--output-dir", "runs", in: directory.path)
        #expect(result.code == 0, "\(result.complaint)")
        let samples = try directory.text("runs/r/samples.jsonl").split(separator: "\n").map {
            try JSONValue.parse(String($0))
        }
        return (samples, try directory.text("runs/r/events.jsonl"), try directory.text("runs/r/config.yaml"))
    }

    @Test func toolsOfAProgramAreListed() async throws {
        let plain = try await GageBinary.run("mcp", "tools", "--", Self.server[0], Self.server[1])
        #expect(plain.code == 0, "\(plain.complaint)")
        #expect(plain.output.hasPrefix("notes__create\tWrites a note.\nnotes__list\tLists the notes.\n"))
        #expect(plain.complaint == "notes 1, protocol 2025-11-25\n3 tools\n")
        let json = try await GageBinary.run("mcp", "tools", "--json", "--", Self.server[0], Self.server[1])
        #expect(try JSONValue.parse(json.output)[0]?["inputSchema"]?["required"] == ["title"])
    }

    @Test func aServerThatIsNotThereIsOneMessage() async throws {
        let nobody = try await GageBinary.run("mcp", "tools", "--url", "http://127.0.0.1:1")
        #expect(nobody.code == 1)
        #expect(nobody.complaint.hasPrefix("gage: MCP client 'server' (http://127.0.0.1:1/mcp): it cannot be reached"))
        let nothing = try await GageBinary.run("mcp", "tools", "--", "no-such-program")
        #expect(nothing.code == 2)
        #expect(nothing.complaint.contains("the program cannot be started"))
        let neither = try await GageBinary.run("mcp", "tools")
        #expect(neither.code == 2)
        #expect(neither.complaint.contains("say which server"))
    }

    @Test func anAgentWorksWithAProgramsTools() async throws {
        let replies = """
            [{tool_calls: [{name: notes__create, arguments: {title: milk, pinned: null}}]}, \
            {tool_calls: [{name: supervisor__complete_task, arguments: {answer: bought}}]}, bought]
            """
        let (samples, events, config) = try await run(
            toolchain: "{tool_doc_enabled: true, tool_doc_format: text}", replies: replies)
        #expect(samples.count == 3)
        for sample in samples {
            let text = sample.text()
            #expect(text.contains("Note created."))
            #expect(text.contains("notes.create(title: string, pinned?: bool) -> result"))
            #expect(sample["outcome"]?["name"] == "scored" || text.contains("\"scored\""), "\(text.prefix(600))")
        }
        // One program for all episodes, which ends with the run.
        #expect(events.split(separator: "\n").count { $0.contains("tool_session_opened") } == 1)
        #expect(!config.contains("a-secret-value"))
    }

    @Test func anAgentWorksWithMetaTools() async throws {
        let replies = """
            [{tool_calls: [{name: call_notes, arguments: {api_name: create, title: milk}}]}, bought]
            """
        let (samples, events, _) = try await run(toolchain: "{meta_tool_mode: true}", replies: replies)
        #expect(samples.allSatisfy { $0.text().contains("Note created.") })
        #expect(events.contains(#""offered":2"#))
    }
}
