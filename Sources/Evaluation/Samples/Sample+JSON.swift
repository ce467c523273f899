public import JSON

extension Sample {
    /// Reads a sample in the shape of the sample contract: what ``judgedJSON`` writes, and what data sets bring that
    /// already are samples.
    ///
    /// Keys that the contract does not know become ``extras``. Throws ``EvaluationError`` (`data.malformed`, cause
    /// `task`) when the id is missing or a known key has the wrong shape.
    public init(json: JSONObject) throws(EvaluationError) {
        guard let id = Self.identifier(json["id"]) else {
            throw EvaluationError(
                .dataMalformed, "a sample needs an id", cause: .task, advice: "give every record an 'id'")
        }
        self.init(id: id)
        var messages: [Message] = []
        for message in try Self.list("messages", in: json) { messages.append(try Message(json: message)) }
        self.messages = messages
        references = try Self.list("references", in: json)
        options = try Self.list("options", in: json)
        taskType = json["task_type"]?.stringValue
        label = Self.identifier(json["label"])
        for tool in try Self.list("tools", in: json) {
            guard let definition = ToolDefinition(json: tool) else {
                throw EvaluationError(.dataMalformed, "sample '\(id)' has a tool without a name", cause: .task)
            }
            tools.append(definition)
        }
        toolChoice = try json["tool_choice"].flatMap { value throws(EvaluationError) in
            try ToolChoice(json: value)
        }
        samplingParameters = (json["sampling_params"] ?? json["generation_params"])?.objectValue ?? [:]
        sandbox = json["sandbox"]?.objectValue
        metadata = json["metadata"]?.objectValue ?? [:]
        gold = json["gold"]?.objectValue ?? [:]
        if let count = json["trials"]?.intValue, count > 0 { trialCount = count }
        for (key, value) in json where !Self.contractKeys.contains(key) { extras[key] = value }
    }

    /// The keys that have a place of their own in a sample.
    static let contractKeys: Set<String> = [
        "schema_version", "id", "messages", "references", "task_type", "options", "label", "tools", "tool_choice",
        "sampling_params", "generation_params", "sandbox", "metadata", "gold", "trials",
    ]

    private static func identifier(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text): text.isEmpty ? nil : text
        case .int, .number, .bool: value?.text()
        default: nil
        }
    }

    private static func list(_ key: String, in json: JSONObject) throws(EvaluationError) -> [JSONValue] {
        switch json[key] {
        case nil, .null: return []
        case .array(let items): return items
        case .some(let other):
            throw EvaluationError(
                .dataMalformed, "a sample's '\(key)' is a list, not \(other.typeName)", cause: .task)
        }
    }
}

extension ToolChoice {
    /// Reads a choice in OpenAI's shape: `auto`, `required`, `none`, or `{type: function, function: {name}}`.
    ///
    /// Null is no choice. Throws ``EvaluationError`` (`data.malformed`) for anything else.
    public init?(json: JSONValue) throws(EvaluationError) {
        switch json {
        case .null: return nil
        case "auto": self = .auto
        case "required", "any": self = .required
        case "none": self = .none
        default:
            guard let name = (json["function"]?["name"] ?? json["name"])?.stringValue else {
                throw EvaluationError(.dataMalformed, "\(json.text()) is no tool choice", cause: .task)
            }
            self = .named(name)
        }
    }
}
