import Engine
import Evaluation
import JSON
import Models
import Testing

@testable import Tau

/// Runs episodes of the original τ-bench through the registered components, trial by trial and task by task.
struct Tau1Harness {
    /// What a run is made of.
    struct Setting {
        var loader: JSONObject = ["env": "retail"]
        var profile: JSONObject = ["user_backend_id": "user"]
        var trials = 1
        var agent: any ChatModel
        var user: any ChatModel
        var sampling: JSONObject = ["temperature": 0.0]
        var prompt: (any PromptRenderer)?

        init(agent: any ChatModel, user: any ChatModel) {
            self.agent = agent
            self.user = user
        }

        /// One brain on both sides.
        init(brain: any MockBrain) {
            self.init(agent: BrainModel(name: "agent", brain: brain), user: BrainModel(name: "user", brain: brain))
        }
    }

    /// One episode, and what failed in it.
    struct Attempt {
        var episode: Episode
        var error: EvaluationError?

        /// What `tau_bench_eval` found.
        var found: JSONValue { episode.judgeOutput["tau_bench"] ?? .null }

        var record: EpisodeRecord {
            EpisodeRecord(
                episode: episode, outcome: error.map(Outcome.errored) ?? .scored, startedAt: 0, duration: 1)
        }
    }

    let root: String
    var store = Tau1DataStore()

    func run(_ setting: Setting) async throws -> [Attempt] {
        let registry = Registry(kits: [BuiltinKit(), TauKit(tau1Store: store)])
        let samples = try await samples(setting, registry: registry)
        var attempts: [Attempt] = []
        for trial in 0..<setting.trials {
            for sample in samples {
                let id = EpisodeID(task: "t", sample: sample.id, trial: trial)
                var attempt = Attempt(episode: Episode(id: id, seed: 1, sample: sample))
                do {
                    try await perform(setting, on: &attempt.episode, registry: registry)
                } catch let error as EvaluationError {
                    attempt.error = error
                }
                attempts.append(attempt)
            }
        }
        return attempts
    }

    private func perform(_ setting: Setting, on episode: inout Episode, registry: Registry) async throws {
        let models = OneUserModel(model: setting.user)
        let runtime = try EpisodeHarness.make(
            registry.sandboxRuntimes["tau_bench"], ["runtime_configs": .object(setting.profile)])
        let request = SandboxRequest(
            profile: "p", run: RunIdentity(id: "r", seed: 1, baseDirectory: "/"), episode: episode.id,
            settings: ["runtime_configs": .object(setting.profile)], models: models, environment: [:])
        let leases = StubLeases { try await runtime.start(request) }
        for key in ["tau_bench_bootstrap", "dut_agent", "tau_bench_eval"] {
            let role = try EpisodeHarness.make(registry.roles[key], [:])
            var binding = AdapterBinding(id: key, role: .dutAgent)
            if key == "dut_agent" {
                binding.prompt = setting.prompt
                binding.agentBackend = AgentBackend(
                    id: "b", model: setting.agent, samplingParameters: setting.sampling)
            }
            let scope = EpisodeScope(
                run: request.run, episode: episode.id, seeds: SeedDerivation(root: episode.seed), adapter: binding,
                models: models, sandboxes: leases, events: StubEvents(), artifacts: StubArtifacts(),
                clock: StubClock())
            try await role.perform(on: &episode, in: scope)
        }
    }

    private func samples(_ setting: Setting, registry: Registry) async throws -> [Sample] {
        var parameters = setting.loader
        parameters["data_dir"] = .string(root)
        let loader = try EpisodeHarness.make(registry.datasetLoaders["tau_bench_tasks"], parameters)
        let dataset = try await loader.open(
            in: DatasetContext(datasetID: "d", baseDirectory: "/", seed: 1, environment: [:]))
        let preprocessor = try EpisodeHarness.make(registry.preprocessors["tau_bench_preprocessor"], [:])
        var samples: [Sample] = []
        for try await record in dataset.records {
            if case .sample(let sample) = try await preprocessor.process(record) { samples.append(sample) }
        }
        return samples
    }
}

/// The same model for every name.
struct OneUserModel: ModelProvider {
    let model: any ChatModel

    func model(backend id: String) throws -> any ChatModel { model }
    func model(named name: String, parameters: JSONObject) throws -> any ChatModel { model }
}
