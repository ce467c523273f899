import Datasets
import Engine
import Evaluation
import FoundationEssentials
import GageConfiguration
import GageTesting
import Glibc
import JSON
import Models
import Sandboxes
import Testing
import Transport

@testable import SWEBenchPro

/// The demo instances with their images, where an engine and they are there.
enum DemoInstances {
    /// The checkout.
    static let root: String = {
        let file = realpath(#filePath, nil)
        defer { free(file) }
        let path = file.map { String(cString: $0) } ?? #filePath
        return "/" + path.split(separator: "/").dropLast(3).joined(separator: "/")
    }()

    private static let folder = root + "/local-datasets/swebench_pro_demo"

    /// Whether the instances can be judged here; says once why not.
    static func areThere() async -> Bool { await check.value }

    private static let check = Task { () -> Bool in
        do {
            let client = try await DockerClient.connect(environment: environment)
            for image in try images() where try await client.image(image) == nil {
                print("skipping tests with the demo instances: no image \(image); run scripts/swebench-demo")
                return false
            }
            return true
        } catch {
            print("skipping tests with the demo instances: \(error)")
            return false
        }
    }

    static let environment: [String: String] = {
        var variables: [String: String] = [:]
        for name in ["DOCKER_HOST", "HOME", "PATH"] {
            if let value = getenv(name) { variables[name] = String(cString: value) }
        }
        return variables
    }()

    private static func images() throws -> [String] {
        try records().values.map { "gage-demo/sweap-images:" + ($0["dockerhub_tag"]?.stringValue ?? "") }
    }

    /// The records by the name of their repository: `calc`, `shell` and so on.
    static func records() throws -> [String: JSONObject] {
        guard let data = FileManager.default.contents(atPath: folder + "/instances.jsonl") else {
            throw EvaluationError(.dataMissing, "run scripts/swebench-demo", cause: .configuration)
        }
        var reader = JSONLinesReader()
        var records: [String: JSONObject] = [:]
        for record in try reader.values(in: [UInt8](data)) {
            let name = (record["repo"]?.stringValue ?? "").split(separator: "/").last.map(String.init) ?? ""
            records[name] = record.objectValue
        }
        return records
    }

    /// An instance's fix.
    static func gold(_ name: String) throws -> String { try records()[name]?["patch"]?.stringValue ?? "" }

    /// A plan of one of the shipped configurations, or of a file with an absolute path.
    static func plan(_ file: String, environment extra: [String: String] = [:], set: [String: String] = [:]) throws
        -> Plan
    {
        let registry = Registry(kits: [
            BuiltinKit(), LocalDatasetsKit(), ModelsKit(client: HTTPClient()), SandboxesKit(), SWEBenchKit(),
        ])
        let loader = ConfigurationLoader(
            registry: registry, environment: environment.merging(extra) { $1 }, baseDirectory: root)
        let overrides = set.map { ConfigurationOverride(path: $0.key, value: $0.value) }
        let path = file.hasPrefix("/") ? file : "\(root)/config/swebench_pro/\(file)"
        let result = loader.load(path: path, overrides: overrides)
        guard let plan = result.plan, !result.diagnostics.hasErrors else {
            let problems = result.diagnostics.all.map(\.description).joined(separator: "\n")
            throw EvaluationError(.configurationInvalid, problems, cause: .configuration)
        }
        return plan
    }
}

extension DemoInstances {
    /// Runs a plan whose one backend is scripted, and gives its episodes.
    static func run(_ plan: Plan) async throws -> [EpisodeRecord] {
        let backend = try #require(plan.backends.first)
        let model = try backend.factory.makeModel(
            for: BackendIdentity(id: backend.id, baseDirectory: root, environment: environment))
        let run = try TemporaryRun(plan, models: [backend.id: model])
        _ = try await run.run()
        return try run.records()
    }
}

/// One patch for one demo instance, judged by the shipped configuration.
struct JudgedPatch {
    var instance: String
    var patch: String?
    var set: [String: String] = [:]

    private static let judge = "role_adapters.judge.params.implementation_params"

    /// Changes a parameter of the judge.
    func judging(_ key: String, _ value: String) -> JudgedPatch {
        var copy = self
        copy.set["\(Self.judge).\(key)"] = value
        return copy
    }

    /// Changes the judge's sandbox.
    func sandboxed(_ key: String, _ value: String) -> JudgedPatch {
        var copy = self
        copy.set["sandbox_profiles.judge.\(key)"] = value
        return copy
    }

    /// Judges it and gives the episode.
    func record() async throws -> EpisodeRecord {
        let instance = try DemoInstances.records()[instance]?["instance_id"]?.stringValue ?? ""
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/predictions.json"
        let predictions = PredictionsWriter.list([PredictedPatch(instanceID: instance, patch: patch)])
        try Data(predictions).write(to: URL(fileURLWithPath: path))
        var set = set
        set["datasets.instances.params.preprocess_kwargs.ids"] = "[\(instance)]"
        for (key, value) in [
            "sandbox_profiles.judge.resources.cpu": "1", "sandbox_profiles.judge.resources.memory": "256m",
        ]
        where set[key] == nil {
            set[key] = value
        }
        let plan = try DemoInstances.plan(
            "evaluate.yaml", environment: ["SWEBENCH_PREDICTIONS": path, "SWEBENCH_TEST_TIMEOUT": "240"], set: set)
        let run = try TemporaryRun(plan)
        _ = try await run.run()
        guard let record = try run.records().first else {
            throw EvaluationError(.unexpected, "no episode", cause: .gage)
        }
        return record
    }
}

extension EpisodeRecord {
    /// What the judge said in short: `resolved`, or the reason and the class.
    var judged: String {
        let output = judgeOutput
        if output["resolved"]?.boolValue == true { return "resolved" }
        return "\(output["failure_reason"]?.stringValue ?? "?") (\(output["failure_class"]?.stringValue ?? "?"))"
    }
}
