public import Evaluation
public import JSON

/// What a scripted model answers: text, tool calls, or a failure.
public struct MockReply: Sendable, Hashable {
    /// A failure that a script asks for, in HTTP's terms.
    public struct Failure: Sendable, Hashable {
        /// The status, 400 to 599.
        public var status: Int
        /// What the provider says.
        public var message: String
        /// The provider's error code.
        public var code: String?
        /// How long it wants to be left alone, in seconds.
        public var retryAfter: Double?

        /// Describes a failure.
        public init(status: Int, message: String, code: String? = nil, retryAfter: Double? = nil) {
            self.status = status
            self.message = message
            self.code = code
            self.retryAfter = retryAfter
        }

        /// A script that has no answer for a request.
        public static func exhausted(_ message: String) -> Self {
            Self(status: 422, message: message, code: exhaustedCode)
        }

        static let exhaustedCode = "script_exhausted"
    }

    /// The text; nil for a reply that only calls tools.
    public var text: String?
    /// The tools it calls.
    ///
    /// A call with an empty identifier is given one.
    public var toolCalls: [ToolCall]
    /// The reasoning shown beside the reply.
    public var reasoning: String?
    /// The finish reason in OpenAI's word; nil for the one that follows from the reply.
    public var finishReason: String?
    /// The tokens used; nil for a count made from the texts' lengths.
    public var usage: Usage?
    /// A failure in place of a reply.
    public var failure: Failure?

    /// A reply.
    public init(_ text: String? = nil, toolCalls: [ToolCall] = [], reasoning: String? = nil) {
        self.text = text
        self.toolCalls = toolCalls
        self.reasoning = reasoning
    }

    /// A failure.
    public init(failure: Failure) {
        self.init()
        self.failure = failure
    }

    /// The tool calls with identifiers for those that have none: `call_<number of the call>_<position>`.
    public func identifiedToolCalls(in request: MockRequest) -> [ToolCall] {
        toolCalls.enumerated().map { position, call in
            var call = call
            if call.id.isEmpty { call.id = "call_\(request.call)_\(position)" }
            return call
        }
    }

    /// The tokens used: as given, else counted from the texts' lengths, four bytes a token.
    public func usage(answering request: MockRequest) -> Usage {
        if let usage { return usage }
        let question = TokenEstimate.input(of: ChatRequest(messages: request.messages, tools: request.tools))
        let answer = toolCalls.reduce((text?.utf8.count ?? 0) + (reasoning?.utf8.count ?? 0)) { bytes, call in
            bytes + call.name.utf8.count + JSONValue.object(call.arguments).bytes().count
        }
        return Usage(inputTokens: question, outputTokens: max(1, TokenEstimate.tokens(answer)))
    }
}

extension MockReply {
    /// Reads a reply as scripts write it: a text, or an object with `text`, `tool_calls`, `error` and so on.
    ///
    /// Throws ``EvaluationError`` (`configuration.invalid`) for anything else, unknown keys included.
    public init(json: JSONValue) throws(EvaluationError) {
        if let text = json.stringValue {
            self.init(text)
            return
        }
        guard let object = json.objectValue else {
            throw Self.invalid("a reply is a text or an object, not \(json.typeName)")
        }
        let known = ["text", "content", "tool_calls", "reasoning", "finish_reason", "usage", "error"]
        for key in object.keys where !known.contains(key) {
            throw Self.invalid("a reply has no key '\(key)'", advice: NearMiss.advice(key, among: known))
        }
        self.init((object["text"] ?? object["content"])?.stringValue)
        for call in object["tool_calls"]?.arrayValue ?? [] { toolCalls.append(try ToolCall(json: call)) }
        reasoning = object["reasoning"]?.stringValue
        finishReason = object["finish_reason"]?.stringValue
        usage = object["usage"].map(Usage.init(json:))
        if let error = object["error"] {
            guard let status = error["status"]?.intValue, (400...599).contains(status) else {
                throw Self.invalid("a scripted error needs a 'status' of 400 to 599")
            }
            failure = Failure(
                status: status, message: error["message"]?.stringValue ?? "scripted error",
                code: error["code"]?.stringValue, retryAfter: error["retry_after"]?.doubleValue)
        }
        if text == nil, toolCalls.isEmpty, failure == nil, finishReason == nil {
            throw Self.invalid("a reply needs a text, tool calls, an error or a finish reason")
        }
    }

    private static func invalid(_ message: String, advice: String? = nil) -> EvaluationError {
        EvaluationError(.configurationInvalid, message, cause: .configuration, advice: advice)
    }
}
