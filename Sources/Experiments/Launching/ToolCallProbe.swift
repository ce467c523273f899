public import Evaluation
import JSON
import Models

/// Looks at a model's server before anything is spent: whether it serves that model, and whether it can call tools.
///
/// A server that runs another model would be measured under a wrong name; one that answers with text cannot run a study.
public struct ToolCallProbe: Sendable {
    private static let tool = ToolDefinition(
        name: "report_number", description: "Reports a number to the caller.",
        parameters: [
            "type": "object", "properties": ["number": ["type": "integer", "description": "The number."]],
            "required": ["number"],
        ])

    private let model: any ChatModel

    /// Prepares to ask a model.
    public init(_ model: any ChatModel) { self.model = model }

    /// Returns when the server, as far as it lists its models, has this one, and the model called the tool.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for another model, a refused request and an answer in text, and
    /// what the model throws otherwise.
    public func check() async throws {
        try await checkName()
        let request = ChatRequest(
            messages: [.user("Call the tool report_number with the number 7. Do not answer with text.")],
            tools: [Self.tool], toolChoice: .auto)
        let context = CallContext(episode: EpisodeID(task: "probe", sample: "tool_call", trial: 0), purpose: "probe")
        let reply: Message
        do {
            reply = try await model.respond(to: request, in: context).message
        } catch let error as EvaluationError where error.code == .providerBadRequest {
            throw refusal("refused a request with a tool: \(error.message)")
        }
        guard reply.toolCalls.contains(where: { $0.name == Self.tool.name }) else {
            throw refusal("answered a request for a tool call with text: '\((reply.text ?? "").prefix(120))'")
        }
    }

    /// Whether a server that lists one name means the other, too: Ollama adds a tag, OpenRouter takes variants.
    static func means(_ listed: String, _ wanted: String) -> Bool {
        listed == wanted || listed == "\(wanted):latest" || wanted.hasPrefix("\(listed):")
    }

    private func checkName() async throws {
        guard let listing = model as? any ListedModel, let names = try await listing.offeredNames(), !names.isEmpty,
            !names.contains(where: { Self.means($0, model.name) })
        else { return }
        let shown = names.prefix(5).map { "'\($0)'" }.joined(separator: ", ") + (names.count > 5 ? ", …" : "")
        throw EvaluationError(
            .configurationInvalid, "the server of the model '\(model.name)' offers \(shown), and not that one",
            cause: .configuration,
            advice: NearMiss.find(model.name, among: names).map { "did you mean '\($0)'? Or pass --skip-probe" }
                ?? "name a model that the server has, or pass --skip-probe")
    }

    private func refusal(_ what: String) -> EvaluationError {
        EvaluationError(
            .configurationInvalid, "the model '\(model.name)' \(what)", cause: .configuration,
            advice: "start its server with tool parsing (vLLM: --enable-auto-tool-choice --tool-call-parser …), "
                + "or pass --skip-probe")
    }
}
