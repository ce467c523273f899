public import Evaluation

/// The `config` block of an `azure_openai` backend.
public struct AzureOpenAIParameters: Parameters {
    /// What every provider's block has; the model says what it is that the deployment serves.
    public var calls = ProviderParameters()
    /// The deployment.
    public var deployment: String?
    /// The version of the interface.
    public var apiVersion: String?

    /// A block without a model.
    public init() {}

    /// The keys.
    public static var fields: [ParameterField<Self>] {
        ProviderParameters.fields.map { .init(of: \.calls, $0) } + [
            .init("deployment", \.deployment, "The deployment's name; else the model's.") {
                $0.aliases = ["azure_deployment"]
            },
            .init(
                "api_version", \.apiVersion,
                "The version of the interface; else AZURE_API_VERSION or OPENAI_API_VERSION, else 2024-10-21."
            ) { $0.aliases = ["azure_api_version"] },
        ]
    }

    /// Refuses what the common keys refuse.
    public func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        calls.validate(at: node, into: &diagnostics)
    }

    var settings: HTTPModelSettings {
        var settings = calls.settings(.azure)
        settings.deployment = deployment
        settings.apiVersion = apiVersion
        settings.requiresAPIKey = true
        return settings
    }
}
