import Evaluation
import JSON

/// The block of a sandbox profile with runtime `tau_bench`.
struct Tau1Profile: Parameters {
    var settings = Tau1Settings()
    var resources: JSONValue = .null

    static var fields: [ParameterField<Self>] {
        [
            .init("runtime_configs", \.settings, "How a dialogue is led."),
            .init("resources", \.resources, "Limits of a container.") {
                $0.ignoredBecause = "τ-bench's worlds run inside gage"
            },
        ]
    }
}

/// Starts the in-process environment of the original τ-bench; nothing is isolated, for nothing runs but gage itself.
struct Tau1Runtime: SandboxRuntime {
    let profile: Tau1Profile
    let terminal: Tau1Terminal

    func start(_ request: SandboxRequest) async throws -> any Sandbox {
        let settings = try request.runtimeSettings(profile.settings)
        if settings.userStrategy == .human { try await terminal.acquire(for: request.episode) }
        return Tau1Sandbox(settings: settings, request: request, terminal: terminal)
    }
}

/// The settings of a dialogue with what is needed to carry them out.
struct Tau1Sandbox: Sandbox {
    let settings: Tau1Settings
    let request: SandboxRequest
    let terminal: Tau1Terminal

    var identifier: String { "tau_bench in process" }

    func isAlive() async -> Bool { true }

    func stop() async {
        if settings.userStrategy == .human { await terminal.release(by: request.episode) }
    }

    /// The data directory that the profile or the environment names; nil leaves it to the data set.
    var dataDirectory: String? {
        guard settings.dataDirectory != nil || request.environment["TAU_BENCH_DATA_DIR"] != nil else { return nil }
        return Tau1DataDirectory.resolve(
            settings.dataDirectory, environment: request.environment, baseDirectory: request.run.baseDirectory)
    }

    /// The model that plays the user, and the parameters of its calls.
    func userModel() throws -> (model: any ChatModel, parameters: JSONObject) {
        try request.userModel(
            backend: settings.userBackend, named: settings.userModelName, arguments: settings.userModelArguments ?? [:])
    }

    /// How the user behaves; the control where nothing is said.
    func userVariant() throws(EvaluationError) -> UserVariant {
        let catalog = try UserVariantCatalog.load(
            path: settings.userVariantsPath, baseDirectory: request.run.baseDirectory)
        guard let name = settings.userVariant ?? settings.userStrategy.variantAlias else {
            return UserVariant(name: "control", instructions: "")
        }
        return try catalog.variant(named: name)
    }
}
