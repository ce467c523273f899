import Evaluation
import JSON

/// The parameters of `appworld_initialize`.
struct InitializeParameters: Parameters {
    var environment: String?
    var apis: String?
    var timeout = 120.0
    var options: JSONObject = [:]

    static var fields: [ParameterField<Self>] {
        [
            .init("env_endpoint", \.environment, "The environment's address; the sandbox's own by default.") {
                $0.aliases = ["environment_endpoint", "env_url", "environment_url"]
            },
            .init(
                "apis_endpoint", \.apis,
                "The app interfaces' address, as the environment reaches it; the sandbox's own by default."
            ) { $0.aliases = ["apis_url"] },
            .init("timeout_s", \.timeout, "The longest wait for an answer, in seconds.") { $0.minimum = 0.001 },
            .init(
                "options", \.options, "Options of AppWorld's /initialize; those of a sample's metadata go over them."),
        ]
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        let known = InitializeOption.all.map(\.key)
        for entry in node["options"]?.entries ?? [] {
            guard let option = InitializeOption.all.first(where: { $0.key == entry.key }) else {
                diagnostics.error(
                    "AppWorld's /initialize has no option '\(entry.key)'", at: entry.value,
                    advice: NearMiss.advice(entry.key, among: known))
                continue
            }
            if option.read(entry.value.json) == nil {
                diagnostics.error("'\(entry.key)' cannot be \(entry.value.kindName)", at: entry.value)
            }
        }
    }
}

/// The parameters of `appworld_save`.
struct SaveParameters: Parameters {
    var environment: String?
    var timeout = 120.0

    static var fields: [ParameterField<Self>] {
        [
            .init("env_endpoint", \.environment, "The environment's address; the sandbox's own by default.") {
                $0.aliases = ["environment_endpoint", "env_url", "environment_url"]
            },
            .init("timeout_s", \.timeout, "The longest wait for an answer, in seconds.") { $0.minimum = 0.001 },
        ]
    }
}
