import Datasets
import Engine
import Evaluation
import FoundationEssentials
import GageConfiguration
import GageTesting
import Glibc
import JSON
import MCP
import Models
import Sandboxes
import Testing
import Transport

@testable import AppWorld

/// Runs on the stand-in of AppWorld's servers, where an engine and its image are there.
struct StandInRun {
    static let image = "gage-appworld-stand-in:local"

    /// Whether the image is there; says once why not.
    static func isPossible() async -> Bool { await check.value }

    private static let check = Task { () -> Bool in
        do {
            let client = try await DockerClient.connect(environment: environment)
            if try await client.image(image) != nil { return true }
            print("skipping runs on the stand-in: no image \(image); run scripts/appworld-stand-in")
        } catch {
            print("skipping runs on the stand-in: \(error)")
        }
        return false
    }

    static let environment: [String: String] = {
        var variables: [String: String] = [:]
        for name in ["DOCKER_HOST", "HOME", "PATH"] {
            if let value = getenv(name) { variables[name] = String(cString: value) }
        }
        return variables
    }()

    /// Every component that AppWorld's configurations name.
    static var registry: Registry {
        let client = HTTPClient()
        return Registry(kits: [
            BuiltinKit(), LocalDatasetsKit(), ModelsKit(client: client), SandboxesKit(), MCPKit(client: client),
            AppWorldKit(client: client),
        ])
    }

    /// A directory with the stand-in's tasks as an export writes them: `all.jsonl` and one file for each subset.
    let data: TemporaryDirectory
    /// What is changed in the configuration.
    var set: [String: String] = [:]

    init() throws {
        data = try TemporaryDirectory()
        var files: [String: [JSONValue]] = [:]
        for task in try Self.tasks() {
            let id = task["task_id"] ?? .null
            let instruction = task["instruction"] ?? .null
            let subset = task["subset"]?.stringValue ?? ""
            let text: JSONValue = ["type": "text", "text": instruction]
            let record: JSONValue = [
                "id": id, "task_id": id, "instruction": instruction,
                "messages": [["role": "user", "content": [text]]],
                "metadata": ["appworld": ["task_id": id, "subset": .string(subset)]],
            ]
            files[subset, default: []].append(record)
            files["all", default: []].append(record)
        }
        for (name, records) in files {
            let lines = records.map { $0.text() }.joined(separator: "\n")
            try Data(lines.utf8).write(to: URL(fileURLWithPath: "\(data.path)/\(name).jsonl"))
        }
    }

    static func tasks() throws -> [JSONValue] {
        let path = "\(AppWorldReference.root)/docker/appworld-stand-in/tasks.json"
        guard let data = FileManager.default.contents(atPath: path) else { throw CocoaError(.fileReadNoSuchFile) }
        return try JSONValue.parse(bytes: [UInt8](data))["tasks"]?.arrayValue ?? []
    }

    /// Loads a configuration, ours by its name or any by its path.
    func plan(_ file: String, environment extra: [String: String] = [:]) throws -> Plan {
        let loader = ConfigurationLoader(
            registry: Self.registry, environment: Self.environment.merging(extra) { $1 },
            baseDirectory: AppWorldReference.root)
        let path = file.hasPrefix("/") ? file : "\(AppWorldReference.root)/config/appworld/\(file)"
        let result = loader.load(
            path: path,
            overrides: set.sorted { $0.key < $1.key }.map { ConfigurationOverride(path: $0.key, value: $0.value) })
        guard let plan = result.plan, !result.diagnostics.hasErrors else {
            let problems = result.diagnostics.all.map(\.description).joined(separator: "\n")
            throw EvaluationError(.configurationInvalid, problems, cause: .configuration)
        }
        return plan
    }

    /// Prepares a run of a plan with its own backends, or with scripted agents in the place of each.
    func run(_ plan: Plan, playing agents: ScriptedAgents? = nil) throws -> TemporaryRun {
        var models: [String: any ChatModel] = [:]
        for backend in plan.backends {
            models[backend.id] =
                try agents.map { BrainModel(name: "scripted", brain: $0) }
                ?? backend.factory.makeModel(
                    for: BackendIdentity(
                        id: backend.id, baseDirectory: AppWorldReference.root, environment: Self.environment))
        }
        return try TemporaryRun(plan, models: models)
    }

    static func agents(_ agent: String, _ exceptions: [String: String] = [:]) throws -> ScriptedAgents {
        try ScriptedAgents(
            path: "\(AppWorldReference.root)/docker/appworld-stand-in/agents.json", agent: agent,
            exceptions: exceptions)
    }
}
