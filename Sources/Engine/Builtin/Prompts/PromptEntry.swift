import Evaluation
import JSON

/// An entry of `prompts`, as its renderer reads it.
struct PromptEntry: Parameters {
    var promptID = ""
    var renderer = ""
    var template = ""
    var params: JSONObject = [:]

    static var fields: [ParameterField<Self>] {
        [
            .init("prompt_id", \.promptID, "The prompt's name.") { $0.isRequired = true },
            .init("renderer", \.renderer, "How the template becomes messages.") { $0.isRequired = true },
            .init("template", \.template, "The Jinja2 template."),
            .init("params", \.params, "Settings of the renderer, and variables for the template."),
        ]
    }
}

/// Settings of a renderer that stand among a prompt's `params` beside the template's variables.
struct RendererSettings {
    let params: JSONObject

    func text(_ key: String, default fallback: String, allowed: [String] = []) throws(EvaluationError) -> String {
        guard let value = params[key], !value.isNull else { return fallback }
        guard let text = value.stringValue, allowed.isEmpty || allowed.contains(text) else {
            throw EvaluationError(
                .configurationInvalid, "params.\(key) is not allowed to be \(value.text())", cause: .configuration,
                advice: allowed.isEmpty ? "write text" : "allowed: \(allowed.joined(separator: ", "))")
        }
        return text
    }

    func flag(_ key: String, default fallback: Bool) throws(EvaluationError) -> Bool {
        guard let value = params[key], !value.isNull else { return fallback }
        guard let flag = value.boolValue else {
            throw EvaluationError(
                .configurationInvalid, "params.\(key) is not allowed to be \(value.text())", cause: .configuration,
                advice: "write true or false")
        }
        return flag
    }
}
