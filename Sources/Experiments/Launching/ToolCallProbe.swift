public import Evaluation
import JSON

/// Asks a model for one tool call before anything is spent: a server that answers with text cannot run a study.
public struct ToolCallProbe: Sendable {
    private let model: any ChatModel

    /// Prepares to ask a model.
    public init(_ model: any ChatModel) { self.model = model }

    /// Returns when the model called the tool.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when it answered with text, and what the model throws otherwise.
    public func check() async throws {
        let tool = ToolDefinition(
            name: "report_number", description: "Reports a number to the caller.",
            parameters: [
                "type": "object", "properties": ["number": ["type": "integer", "description": "The number."]],
                "required": ["number"],
            ])
        let request = ChatRequest(
            messages: [.user("Call the tool report_number with the number 7. Do not answer with text.")],
            tools: [tool], toolChoice: .auto)
        let context = CallContext(episode: EpisodeID(task: "probe", sample: "tool_call", trial: 0), purpose: "probe")
        let reply = try await model.respond(to: request, in: context).message
        guard reply.toolCalls.contains(where: { $0.name == tool.name }) else {
            throw EvaluationError(
                .configurationInvalid,
                "the model '\(model.name)' answered a request for a tool call with text: "
                    + "'\((reply.text ?? "").prefix(120))'",
                cause: .configuration,
                advice: "start its server with tool parsing (vLLM: --enable-auto-tool-choice --tool-call-parser …), "
                    + "or pass --skip-probe")
        }
    }
}
