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
        Tau2Sandbox(settings: try request.runtimeSettings(profile.settings), request: request)
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
        try request.userModel(
            backend: settings.userBackend, named: settings.userModel, arguments: settings.userArguments)
    }
}
