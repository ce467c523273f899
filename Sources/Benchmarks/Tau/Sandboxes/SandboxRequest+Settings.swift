import Evaluation
import JSON

extension SandboxRequest {
    /// The profile's `runtime_configs` with the overrides of adapters and samples in them; `configured` where there are none.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, with the first problem of the merged settings.
    func runtimeSettings<Settings: Parameters>(_ configured: Settings) throws(EvaluationError) -> Settings {
        guard let merged = settings["runtime_configs"] else { return configured }
        let node = ConfigNode(
            json: merged, location: SourceLocation(file: "sandbox profile '\(profile)'", line: 0, column: 0),
            path: "runtime_configs")
        var diagnostics = Diagnostics()
        let decoded = Settings.decode(node, into: &diagnostics)
        let problem = diagnostics.all.first { $0.severity == .error }
        if problem == nil, let decoded { return decoded }
        throw EvaluationError(
            .configurationInvalid, problem?.message ?? "runtime_configs must be a mapping", cause: .configuration,
            advice: problem?.advice)
    }

    /// The model that plays the user, and the parameters of its calls.
    ///
    /// A backend is asked with `arguments` in every call; a model that is `named` is made with them. Throws
    /// ``EvaluationError``, cause `configuration`, where neither is given.
    func userModel(
        backend: String?, named name: String?, arguments: JSONObject
    ) throws -> (model: any ChatModel, parameters: JSONObject) {
        if let backend { return (try models.model(backend: backend), arguments) }
        guard let name else {
            throw EvaluationError(
                .configurationInvalid, "sandbox profile '\(profile)' names no model for the user",
                cause: .configuration,
                advice: "set 'user_backend_id' or 'user_model' in its runtime_configs")
        }
        return (try models.model(named: name, parameters: arguments), [:])
    }
}
