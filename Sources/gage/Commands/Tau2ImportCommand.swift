import ArgumentParser
import Engine
import Evaluation
import GageConfiguration
import JSON
import Reports
import Tau

/// `gage tau2 import`: makes a run of official result files.
struct Tau2ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a run of result files of the official command, for report, score and comparison.",
        discussion: """
            The run has the episodes with the rewards that the files say, and a configuration whose judges and metrics \
            `gage score` and `gage report` use. Example: gage tau2 import results.json --run-id official-1
            """)

    @Argument(help: ArgumentHelp("Result files or directories of official runs.", valueName: "file"))
    var files: [String]

    @OptionGroup var place: RunPlaceOptions
    @OptionGroup var data: Tau2DataOptions
    @OptionGroup var judge: Tau2JudgeOptions
    @OptionGroup var display: DisplayOptions

    func run() async throws {
        var configuration = Tau2ImportConfiguration(dataDirectory: data.root)
        configuration.judge = try judge.nlJudgeModel.map { ($0, try judge.arguments()) }
        var records: [String: [EpisodeRecord]] = [:]
        for file in files {
            let results = try Tau2Results(path: file)
            // A domain that gage cannot run cannot be judged again either.
            _ = try Tau2TaskSet.named(results.domainName)
            let task = configuration.add(results, from: file)
            records[task] = try results.episodes(task: task, dataDirectory: data.root)
        }
        let components = Components()
        let plan = try configuration.load(components)
        var options = RunOptions()
        options.outputDirectory = place.outputDir
        options.runID = place.runID
        options.configurationText = plan.document.yaml(showingOrigins: false)
        options.gageVersion = Gage.version
        let session = RunSessionCommand(components: components, plan: plan.plan, display: display)
        try await session.perform(options, failOnError: false) { try await $0.adopt(records) }
    }
}

/// The configuration of a run that was imported: its tasks, judges and metrics, and an agent that is never asked.
struct Tau2ImportConfiguration {
    /// Where judges find the official data.
    let dataDirectory: String
    /// The model that judges natural-language assertions, and its parameters.
    var judge: (model: String, parameters: JSONObject)?
    private var tasks: [(id: String, domain: String, file: String)] = []
    private var seed = 0

    init(dataDirectory: String) { self.dataDirectory = dataDirectory }

    /// Adds a file's task and returns its id: the domain, numbered from the second on.
    mutating func add(_ results: Tau2Results, from file: String) -> String {
        let count = tasks.count { $0.domain == results.domainName }
        let id = "tau2_\(results.domainName)" + (count == 0 ? "" : "_\(count + 1)")
        if tasks.isEmpty { seed = max(0, results.info["seed"]?.intValue ?? 0) }
        tasks.append((id, results.domainName, file))
        return id
    }

    /// Compiles the configuration.
    func load(_ components: Components) throws -> LoadedConfiguration {
        let environment = ProcessEnvironment.variables()
        let loader = ConfigurationLoader(
            registry: components.registry, environment: environment,
            baseDirectory: ProcessEnvironment.currentDirectory())
        // JSON is YAML; a dollar sign in it is none of a variable.
        let result = loader.load(text: json.text(.pretty).replacing("${", with: "$${"), file: "imported.yaml")
        guard let plan = result.plan, let document = result.document, !result.diagnostics.hasErrors else {
            DiagnosticsPrinter(environment: environment).print(result.diagnostics, notes: false)
            throw ExitStatus.failure.exitCode
        }
        return LoadedConfiguration(plan: plan, document: document)
    }

    private var json: JSONValue {
        [
            "api_version": "gage/v1", "kind": "PipelineConfig",
            "metadata": [
                "name": "tau2_import",
                "description": .string("Imported from \(tasks.map(\.file).joined(separator: ", "))"),
            ],
            "seed": JSONValue(seed), "datasets": .array(tasks.map(dataset)),
            "backends": [["backend_id": "nobody", "type": "dummy", "config": ["responses": ["imported"]]]],
            "sandbox_profiles": [
                [
                    "sandbox_id": "tau2_world", "runtime": "tau2",
                    "runtime_configs": ["data_dir": .string(dataDirectory), "user_backend_id": "nobody"],
                ]
            ],
            "role_adapters": [
                [
                    "adapter_id": "bootstrap", "role_type": "context_provider",
                    "params": ["implementation": "tau2_bootstrap"],
                ],
                [
                    "adapter_id": "agent", "role_type": "dut_agent", "backend_id": "nobody",
                    "sandbox": ["sandbox_id": "tau2_world", "lifecycle": "per_sample"],
                ],
                ["adapter_id": "judge", "role_type": "judge_extend", "params": judgeParameters],
            ],
            "metrics": .array(Self.metrics.map(metric)), "summary_generators": ["tau2_summary"],
            "tasks": .array(tasks.map(task)),
        ]
    }

    private static let metrics = ["tau2_reward", "tau2_pass", "tau2_pass_hat_k", "tau2_agent_cost", "tau2_user_cost"]

    private func metric(_ key: String) -> JSONValue {
        var object: JSONObject = ["metric_id": .string(key), "implementation": .string(key)]
        if key == "tau2_pass_hat_k" { object["aggregation"] = "tau2_pass_hat" }
        return .object(object)
    }

    private var judgeParameters: JSONValue {
        var object: JSONObject = ["implementation": "tau2_eval", "strict_replay": false]
        if let judge {
            object["nl_judge_model"] = .string(judge.model)
            object["nl_judge_model_args"] = .object(judge.parameters)
        }
        return .object(object)
    }

    private func dataset(_ task: (id: String, domain: String, file: String)) -> JSONValue {
        [
            "dataset_id": .string(task.id), "loader": "tau2_tasks",
            "params": [
                "domain": .string(task.domain), "data_dir": .string(dataDirectory), "preprocess": "tau2_preprocessor",
            ],
        ]
    }

    private func task(_ task: (id: String, domain: String, file: String)) -> JSONValue {
        [
            "task_id": .string(task.id), "dataset_id": .string(task.id),
            "steps": [
                ["step": "support", "adapter_id": "bootstrap"], ["step": "inference", "adapter_id": "agent"],
                ["step": "judge", "adapter_id": "judge"], ["step": "auto_eval"],
            ],
        ]
    }
}
