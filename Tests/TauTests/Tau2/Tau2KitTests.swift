import Evaluation
import JSON
import Testing

@testable import Tau

@Suite("tau2 components")
struct Tau2KitTests {
    private let registry = Registry(kits: [TauKit()])

    private func node(_ block: JSONObject) -> ConfigNode {
        ConfigNode(json: .object(block), location: SourceLocation(file: "test", line: 1, column: 1), path: "params")
    }

    @Test("Every key of the guide is there")
    func keys() {
        #expect(registry.datasetLoaders["tau2_tasks"] != nil)
        #expect(registry.preprocessors["tau2_preprocessor"] != nil)
        #expect(registry.roles["tau2_bootstrap"]?.roles == [.contextProvider])
        #expect(registry.roles["tau2_eval"]?.roles == [.judgeExtend])
        #expect(registry.sandboxRuntimes["tau2"] != nil)
        #expect(registry.aggregations["tau2_pass_hat"] != nil)
        #expect(registry.summaryGenerators["tau2_summary"] != nil)
        for key in ["tau2_reward", "tau2_pass", "tau2_pass_hat_k", "tau2_agent_cost", "tau2_user_cost"] {
            #expect(registry.metrics[key] != nil)
        }
    }

    @Test("The guide's settings are read, under both names")
    func settings() throws {
        var diagnostics = Diagnostics()
        let block: JSONObject = [
            "data_dir": "./d", "max_steps": 50, "max_errors": 3, "respond_tool_name": "respond",
            "user_llm": "gpt-4.1", "user_llm_args": ["temperature": 0.5],
        ]
        let settings = try #require(Tau2Settings.decode(node(block), into: &diagnostics))
        #expect(!diagnostics.hasErrors, "\(diagnostics.all)")
        #expect(settings.userModel == "gpt-4.1")
        #expect(settings.limits.maxSteps == 50)
        #expect(settings.limits.maxErrors == 3)
        #expect(settings.respondToolName == "respond")
    }

    @Test(
        "Settings that cannot work are refused",
        arguments: [
            ["max_step": 3], ["max_steps": 0], ["user_model": "a", "user_backend_id": "b"], ["agent": "llm_agnt"],
            ["solo": true, "agent": "llm_agent_gt"], ["nl_judge": "maybe"],
        ] as [JSONObject])
    func badSettings(block: JSONObject) {
        var diagnostics = Diagnostics()
        _ = Tau2Settings.decode(node(block), into: &diagnostics)
        #expect(diagnostics.hasErrors)
    }

    @Test(
        "The data are found in every layout, and asked for by name in none",
        arguments: ["mock", "domains/mock", "tau2/domains/mock", "data/tau2/domains/mock"])
    func layouts(layout: String) throws {
        let data = try OwnMockData(layout: layout)
        #expect(try data.domain().tasks.count == 4)
        let error = #expect(throws: EvaluationError.self) {
            try Tau2DataDirectory(root: data.root, taskSet: Tau2TaskSet.named("retail"))
        }
        #expect(error?.code == .dataMissing)
        #expect(error?.advice?.contains("TAU2_DATA_DIR") == true)
    }

    @Test("Where the configuration names no directory, the environment does")
    func directories() {
        func resolve(_ configured: String?, _ variable: String?) -> String {
            Tau2DataDirectory.resolve(
                configured, environment: variable.map { ["TAU2_DATA_DIR": $0] } ?? [:], baseDirectory: "/base")
        }
        #expect(resolve("d", "/e") == "/base/d")
        #expect(resolve(nil, "/e") == "/e")
        #expect(resolve(nil, nil) == "/base/local-datasets/tau2")
    }

    @Test("Names that are nearly right are told")
    func nearMisses() throws {
        #expect(throws: EvaluationError.self) { try Tau2TaskSet.named("retial") }
        let data = try OwnMockData()
        let domain = try data.domain()
        let error = #expect(throws: EvaluationError.self) { try domain.tasks(inSplit: "trian") }
        #expect(error?.advice?.contains("train") == true)
        #expect(try domain.tasks(inSplit: "train").map(\.id) == ["both"])
        #expect(try domain.tasks(inSplit: nil).count == 4)
    }

    @Test("Without official files gage's own texts and schemas are used, and said to be so")
    func ownTexts() throws {
        let data = try OwnMockData()
        let domain = try data.domain()
        #expect(domain.toolSource == .own)
        #expect(domain.policySource == .own)
        #expect(domain.guidelinesSource == .own)
        let tools = domain.agentTools(isSolo: false)
        #expect(tools.map(\.name).first == "create_task")
        #expect(tools.allSatisfy { $0.description?.isEmpty == false })
        #expect(domain.agentTools(isSolo: true).last?.name == "done")
        var task = try #require(domain.task("water"))
        task.userTools = ["check_notifications"]
        #expect(domain.userTools(for: task).map(\.name) == ["check_notifications"])
        task.userTools = []
        #expect(domain.userTools(for: task).isEmpty)
    }

    @Test("gage's own schemas have the parameters of the tools", .enabled(if: TauReference.hasTau2))
    func ownSchemas() throws {
        for name in ["mock", "retail", "airline", "telecom"] {
            for side in ["agent", "user"] {
                // Airline and retail have no user tools.
                guard let file = try? TauReference.json("tau2/\(name)/export/\(side)_tools.openai.json") else {
                    continue
                }
                for json in file.arrayValue ?? [] {
                    let official = try #require(ToolDefinition(json: json))
                    let own = try #require(Tau2OwnTools.byDomain[name]?[official.name], "\(name) \(official.name)")
                    let keys = { (tool: ToolDefinition) in tool.parameters["properties"]?.objectValue?.keys ?? [] }
                    #expect(keys(own) == keys(official), "\(official.name)")
                    let required = { (tool: ToolDefinition) in tool.parameters["required"]?.arrayValue ?? [] }
                    #expect(required(own) == required(official), "\(official.name)")
                    #expect(own.description != official.description || official.name == "done")
                }
            }
        }
    }

    @Test("A task set of another domain is refused")
    func foreignTaskSet() async throws {
        let data = try OwnMockData()
        var diagnostics = Diagnostics()
        let block: JSONObject = ["domain": "mock", "task_set": "retail", "data_dir": .string(data.root)]
        let loader = try #require(registry.datasetLoaders["tau2_tasks"]?.make(from: node(block), into: &diagnostics))
        await #expect(throws: EvaluationError.self) {
            try await loader.open(
                in: DatasetContext(datasetID: "d", baseDirectory: "/", seed: 1, environment: [:]))
        }
    }
}

@Suite("Official tau2 data", .enabled(if: TauReference.hasTau2))
struct Tau2OfficialDataTests {
    @Test(
        "Policies are served as officially",
        arguments: [
            ("mock", "", false), ("mock", ".solo", true), ("retail", "", false), ("airline", "", false),
            ("telecom", "", false), ("telecom", ".solo", true), ("telecom-workflow", ".workflow", false),
            ("telecom-workflow", ".workflow.solo", true),
        ])
    func policies(name: String, suffix: String, isSolo: Bool) throws {
        let taskSet = try Tau2TaskSet.named(name)
        let directory = try Tau2DataDirectory(root: OfficialTau2.root, taskSet: taskSet)
        let own = try Tau2Policies(taskSet, in: directory)
        let served = try Tau2Files.text(directory.path("export/policy.as_served\(suffix).md"))
        #expect((isSolo ? own.solo : own.ordinary) == served)
    }

    @Test(
        "Tasks, splits, schemas and kinds are all there",
        arguments: [("mock", 10, 10), ("airline", 50, 50), ("retail", 114, 114), ("telecom", 2285, 114)])
    func domains(name: String, tasks: Int, base: Int) async throws {
        let domain = try await OfficialTau2.domain(name)
        #expect(domain.tasks.count == tasks)
        #expect(try domain.tasks(inSplit: "base").count == base)
        #expect(domain.toolSource == .official)
        #expect(domain.guidelinesSource == .official)
        let kinds = try TauReference.json("tau2/\(name)/export/tool_meta.json")
        for (_, side) in kinds.objectValue ?? [:] {
            for (tool, facts) in side.objectValue ?? [:] {
                #expect(domain.toolKind(tool)?.rawValue == facts["type"]?.stringValue, "\(tool)")
                #expect(domain.toolKind(tool)?.mutatesState == facts["mutates_state"]?.boolValue, "\(tool)")
            }
        }
        let exported = try TauReference.json("tau2/\(name)/export/agent_tools.openai.json").arrayValue ?? []
        #expect(domain.agentTools(isSolo: false).map(\.json) == exported)
    }
}
