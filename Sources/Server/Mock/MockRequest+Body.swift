import Evaluation
import JSON
import Models

extension MockRequest {
    /// Reads the body of a chat completions request.
    ///
    /// Throws ``EvaluationError`` that says what is wrong with it.
    init(body: JSONValue, headers: [String: String]) throws(EvaluationError) {
        guard let object = body.objectValue, let items = object["messages"]?.arrayValue else {
            throw EvaluationError(.dataMalformed, "the body is no object with 'messages'", cause: .task)
        }
        guard let model = object["model"]?.stringValue else {
            throw EvaluationError(.dataMalformed, "the body names no 'model'", cause: .task)
        }
        var messages: [Message] = []
        for item in items { messages.append(try Message(json: item)) }
        var parameters = object
        for key in ["model", "messages", "tools"] { parameters[key] = nil }
        self.init(
            model: model, messages: messages,
            tools: (object["tools"]?.arrayValue ?? []).compactMap(ToolDefinition.init(json:)), parameters: parameters)
        self.headers = headers
        let fields = EpisodeHeaders(fields: headers)
        episode = fields.episode
        purpose = fields.purpose
        if let index = fields.call { call = index }
    }
}
