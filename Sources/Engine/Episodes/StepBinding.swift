import Evaluation
import GageConfiguration

/// A step of a task with everything that its configuration names at hand.
struct StepBinding: Sendable {
    let step: PlannedStep
    /// The adapter's configuration; nil for `auto_eval`.
    let adapter: AdapterBinding?

    /// Binds the steps of a task; throws ``EvaluationError``, cause `configuration`, when a model cannot be made.
    static func bind(_ steps: [PlannedStep], of plan: Plan, models: any ModelProvider) throws -> [StepBinding] {
        try steps.map { step in
            StepBinding(step: step, adapter: try step.adapter.map { try bind($0, of: plan, models: models) })
        }
    }

    private static func bind(
        _ adapter: PlannedAdapter, of plan: Plan, models: any ModelProvider
    ) throws -> AdapterBinding {
        var binding = AdapterBinding(
            id: adapter.id, role: adapter.role, prompt: adapter.prompt, promptParameters: adapter.promptParameters,
            mcpClientID: adapter.mcpClientID)
        binding.sandboxProfile = adapter.sandbox?.profileID
        binding.model = try adapter.backendID.map { try models.model(backend: $0) }
        if let id = adapter.agentBackendID {
            guard let planned = plan.agentBackends.first(where: { $0.id == id }) else {
                throw EvaluationError(
                    .configurationInvalid, "there is no agent backend '\(id)'", cause: .configuration,
                    advice: NearMiss.advice(id, among: plan.agentBackends.map(\.id)))
            }
            binding.agentBackend = AgentBackend(
                id: id, model: try models.model(backend: planned.backendID), forceToolChoice: planned.forceToolChoice,
                samplingParameters: planned.samplingParameters)
        }
        return binding
    }
}
