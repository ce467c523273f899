import JSON

/// Shows a plan to people and programs.
///
/// Nothing of what it shows is secret.
public struct PlanRendering: Sendable {
    let plan: Plan

    /// Shows a plan.
    public init(_ plan: Plan) { self.plan = plan }

    /// The model behind a backend, where its settings name one.
    func model(of backend: PlannedBackend) -> String? {
        (backend.settings["model"] ?? backend.settings["model_name"])?.stringValue
    }

    /// The backend that an adapter asks, directly or through its agent backend.
    func backend(of adapter: PlannedAdapter) -> PlannedBackend? {
        let agent = plan.agentBackends.first { $0.id == adapter.agentBackendID }
        return plan.backends.first { $0.id == (adapter.backendID ?? agent?.backendID) }
    }
}
