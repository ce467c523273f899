import Engine
import Evaluation
import JSON
import Models
import Testing

@testable import Tau

/// Runs whole episodes through the registered components, with perfect participants in place of models.
struct EpisodeHarness {
    /// What an episode is made of.
    struct Setting {
        var task = "water"
        var domain = "mock"
        var profile: JSONObject = ["user_backend_id": "user"]
        var judge: JSONObject = [:]
        var variant = Tau2GoldBrain.Variant.gold
        var loader: JSONObject = [:]
        var judgeHasModel = false
        var prompt: (any PromptRenderer)?
        var agentBrain: (any MockBrain)?
        var agentParameters: JSONObject = [:]
        var toolchain: JSONObject?
    }

    let root: String
    var store = Tau2DataStore()

    func run(_ setting: Setting) async throws -> (Episode, RecordingBrain) {
        let registry = Registry(kits: [BuiltinKit(), TauKit(store: store)])
        let brain = RecordingBrain(Tau2GoldBrain(dataDirectory: root, store: store, variant: setting.variant))
        let models = StubModels(brain: brain)
        var episode = try await episode(setting, registry: registry)
        let runtime = try Self.make(registry.sandboxRuntimes["tau2"], ["runtime_configs": .object(setting.profile)])
        let request = SandboxRequest(
            profile: "p", run: RunIdentity(id: "r", seed: 1, baseDirectory: "/"), episode: episode.id,
            settings: ["runtime_configs": .object(setting.profile)], models: models, environment: [:])
        let leases = StubLeases { try await runtime.start(request) }
        let agent = BrainModel(name: "agent", brain: setting.agentBrain ?? brain)
        var steps: [(key: String, id: String, parameters: JSONObject)] = [
            ("tau2_bootstrap", "tau2_bootstrap", [:]), ("dut_agent", "agent", setting.agentParameters),
            ("tau2_eval", "judge", setting.judge),
        ]
        if let toolchain = setting.toolchain { steps.insert(("toolchain", "tools", toolchain), at: 1) }
        for step in steps {
            let role = try Self.make(registry.roles[step.key], step.parameters)
            let hasModel = step.id == "agent" || (step.id == "judge" && setting.judgeHasModel)
            var binding = AdapterBinding(id: step.id, role: .dutAgent, model: hasModel ? agent : nil)
            if step.id == "agent" {
                binding.prompt = setting.prompt
                binding.agentBackend = AgentBackend(
                    id: "b", model: agent, samplingParameters: ["top_p": 0.5])
            }
            try await role.perform(
                on: &episode, in: .stub(episode, adapter: binding, models: models, leases: leases))
        }
        return (episode, brain)
    }

    private func episode(_ setting: Setting, registry: Registry) async throws -> Episode {
        var parameters: JSONObject = [
            "domain": .string(setting.domain), "data_dir": .string(root), "task_ids": [.string(setting.task)],
        ]
        parameters.merge(setting.loader)
        let loader = try Self.make(registry.datasetLoaders["tau2_tasks"], parameters)
        let dataset = try await loader.open(
            in: DatasetContext(datasetID: "d", baseDirectory: "/", seed: 1, environment: [:]))
        var records: [DatasetRecord] = []
        for try await record in dataset.records { records.append(record) }
        try #require(records.count == 1)
        let preprocessor = try Self.make(registry.preprocessors["tau2_preprocessor"], [:])
        guard case .sample(let sample) = try await preprocessor.process(records[0]) else {
            throw ReferenceError.missing("sample")
        }
        return Episode(id: EpisodeID(task: "t", sample: sample.id, trial: 1), seed: 1, sample: sample)
    }

    static func make<Product>(_ registration: Registration<Product>?, _ block: JSONObject) throws -> Product {
        let node = ConfigNode(
            json: .object(block), location: SourceLocation(file: "test", line: 1, column: 1), path: "params")
        var diagnostics = Diagnostics()
        let product = try #require(registration).make(from: node, into: &diagnostics)
        return try #require(product, "\(diagnostics.all)")
    }
}

extension Episode {
    /// What `tau2_eval` found.
    var tau2: JSONValue { judgeOutput["tau2"] ?? .null }
}
