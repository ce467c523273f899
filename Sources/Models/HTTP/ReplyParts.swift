import Evaluation
import JSON

/// What a reply says, whichever protocol it came in.
struct ReplyParts {
    var text: String?
    var reasoning: String?
    var toolCalls: [ToolCall] = []
    /// What the provider wants back with the results of the tools, in its own form.
    var carried: [JSONObject] = []
    var finishReason = ChatResponse.FinishReason.unknown
    var model: String?
    var usage: Usage?
    /// The cost in US dollars, where the provider says.
    var reportedCost: JSONValue?
}
