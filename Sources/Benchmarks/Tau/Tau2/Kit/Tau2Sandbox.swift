import Evaluation
import JSON

/// The block of a sandbox profile with runtime `tau2`.
struct Tau2Profile: Parameters {
    var settings = Tau2Settings()
    var resources: JSONValue = .null

    static var fields: [ParameterField<Self>] {
        [
            .init("runtime_configs", \.settings, "How a dialogue is led."),
            .init("resources", \.resources, "Limits of a container.") {
                $0.ignoredBecause = "tau2's worlds run inside gage"
            },
        ]
    }
}

/// Starts the in-process world of τ²-bench: nothing is isolated, for nothing runs but gage itself.
struct Tau2Runtime: SandboxRuntime {
    let profile: Tau2Profile

    func start(_ request: SandboxRequest) async throws -> any Sandbox {
        var settings = profile.settings
        if let merged = request.settings["runtime_configs"] {
            settings = try Self.settings(from: merged, profile: request.profile)
        }
        return Tau2Sandbox(settings: settings, request: request)
    }

    /// The settings with the overrides of adapters and samples in them.
    private static func settings(from json: JSONValue, profile: String) throws(EvaluationError) -> Tau2Settings {
        let node = ConfigNode(
            json: json, location: SourceLocation(file: "sandbox profile '\(profile)'", line: 0, column: 0),
            path: "runtime_configs")
        var diagnostics = Diagnostics()
        let settings = Tau2Settings.decode(node, into: &diagnostics)
        let problem = diagnostics.all.first { $0.severity == .error }
        if problem == nil, let settings { return settings }
        throw EvaluationError(
            .configurationInvalid, problem?.message ?? "runtime_configs must be a mapping", cause: .configuration,
            advice: problem?.advice)
    }
}

/// The settings of a dialogue with what is needed to carry them out.
struct Tau2Sandbox: Sandbox {
    let settings: Tau2Settings
    let request: SandboxRequest

    var identifier: String { "tau2 in process" }

    func isAlive() async -> Bool { true }

    func stop() async {}

    /// The data directory that the profile or the environment names; nil leaves it to the data set.
    var dataDirectory: String? {
        guard settings.dataDirectory != nil || request.environment["TAU2_DATA_DIR"] != nil else { return nil }
        return Tau2DataDirectory.resolve(
            settings.dataDirectory, environment: request.environment, baseDirectory: request.run.baseDirectory)
    }

    /// The model that plays the user, and the parameters of its calls.
    func userModel() throws -> (model: any ChatModel, parameters: JSONObject) {
        if let backend = settings.userBackend {
            return (try request.models.model(backend: backend), settings.userModelArguments ?? [:])
        }
        guard let name = settings.userModel else {
            throw EvaluationError(
                .configurationInvalid, "sandbox profile '\(request.profile)' names no model for the user",
                cause: .configuration,
                advice: "set 'user_backend_id' or 'user_model' in its runtime_configs")
        }
        let arguments = settings.userModelArguments ?? ["temperature": 0.0]
        return (try request.models.model(named: name, parameters: arguments), [:])
    }
}
