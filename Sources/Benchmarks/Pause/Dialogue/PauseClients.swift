import Evaluation
import JSON

/// Finds the models that routes name.
struct PauseClients: Sendable {
    /// The client of scripts, which need no model.
    static let scripted = "scripted"
    /// The model name of the scripted user.
    static let ruleUser = "rule_user"

    let models: any ModelProvider

    /// A model and the sampling parameters that every call gets.
    struct Client: Sendable {
        var model: any ChatModel
        var parameters: JSONObject
    }

    /// The model of a client: a backend of that id, else the model of that provider.
    ///
    /// A backend samples as it is configured; a model by name at temperature 0 unless it is one that only reasons.
    /// Throws ``EvaluationError``, cause `configuration`, when there is neither.
    func client(_ client: String, model: String, parameters: JSONObject = [:]) throws -> Client {
        do {
            return Client(model: try models.model(backend: client), parameters: parameters)
        } catch let missing as EvaluationError where missing.code == .configurationInvalid {
            let name = model.hasPrefix("\(client)/") ? model : "\(client)/\(model)"
            let sampling: JSONObject = Self.samples(model) ? ["temperature": 0] : [:]
            do {
                return Client(
                    model: try models.model(named: name, parameters: [:]), parameters: sampling.merging(parameters))
            } catch {
                throw EvaluationError(
                    .configurationInvalid, "there is no client '\(client)' for the model '\(model)'",
                    cause: .configuration,
                    advice: "declare a backend with backend_id \(client), or name a provider such as openai or azure",
                    underlying: error)
            }
        }
    }

    /// Whether a model takes a temperature; those that reason refuse one.
    static func samples(_ model: String) -> Bool {
        let name = model.split(separator: "/").last.map { $0.lowercased() } ?? ""
        return !["gpt-5", "o1", "o3", "o4"].contains { name.hasPrefix($0) } && !name.contains("reasoner")
    }
}
