import Evaluation
import JSON

/// Finds out whether a server turns a model's wish to call a tool into a tool call.
///
/// A server without the right parser answers with the call written out as text. Every episode of a benchmark with tools
/// would then look like a failure of the model.
struct ToolProbe: Sendable {
    private static let attempts = 3

    private static let tool = ToolDefinition(
        name: "get_weather", description: "Tells the weather in a city.",
        parameters: [
            "type": "object", "properties": ["city": ["type": "string"]], "required": ["city"],
        ])

    let model: any ChatModel

    /// Asks for a tool call, a few times where the model chats instead.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for a server that answers with text or refuses tools.
    func run() async throws {
        var request = ChatRequest(messages: [
            .system("You can only answer by calling tools. Never answer with text."),
            .user("What is the weather in Paris? Call get_weather."),
        ])
        request.tools = [Self.tool]
        request.toolChoice = .auto
        var text = ""
        for attempt in 0..<Self.attempts {
            let id = EpisodeID(task: "gage", sample: "tool_probe", trial: attempt)
            let context = CallContext(episode: id, purpose: "tool_probe", index: attempt, seed: UInt64(attempt))
            do {
                let response = try await model.respond(to: request, in: context)
                if !response.message.toolCalls.isEmpty { return }
                text = response.message.text ?? ""
            } catch let error as EvaluationError where error.code == .providerBadRequest {
                throw refusal("it refuses a request with tools: \(error.message)")
            }
        }
        throw refusal("it answers a request for a tool call with text: \(String(text.prefix(200)).debugDescription)")
    }

    private func refusal(_ reason: String) -> EvaluationError {
        EvaluationError(
            .configurationInvalid, "the model server cannot call tools: \(reason)", cause: .configuration,
            advice: "set enable_auto_tool_choice and the tool_call_parser of this model; or probe_tools: false")
    }
}
