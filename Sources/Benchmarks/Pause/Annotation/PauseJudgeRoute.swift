import Evaluation
import JSON

/// A judge: a client and a model.
///
/// The client `scripted` has two: `rule_judge` answers from the task's solution, `fixture_judge` from a file.
struct PauseJudgeRoute: Parameters, Hashable {
    /// The client.
    var client = "scripted"
    /// The model.
    var model = PauseJudgeRoute.ruleJudge
    /// For `fixture_judge`: the file with the answers.
    var path: String?
    /// Sampling parameters of every call.
    var parameters: JSONObject = [:]

    /// The scripted judge that knows the solution.
    static let ruleJudge = "rule_judge"
    /// The scripted judge that reads its answers from a file.
    static let fixtureJudge = "fixture_judge"

    /// The rule judge.
    init() {}

    /// The keys.
    static var fields: [ParameterField<Self>] {
        [
            .init("client", \.client, "scripted, the id of a backend, or the provider of a LiteLLM-style name."),
            .init("model", \.model, "The model; with scripted: rule_judge or fixture_judge."),
            .init("path", \.path, "For fixture_judge: a JSON file with answers."),
            .init("parameters", \.parameters, "Sampling parameters of every call."),
        ]
    }

    /// Scripts that there are not, and a fixture without a file, are errors.
    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        guard client == PauseClients.scripted else { return }
        let known = [Self.ruleJudge, Self.fixtureJudge]
        if !known.contains(model) {
            diagnostics.error(
                "there is no scripted judge '\(model)'", at: node, advice: NearMiss.advice(model, among: known))
        }
        if model == Self.fixtureJudge, path == nil {
            diagnostics.error("fixture_judge needs a 'path'", at: node)
        }
    }
}
