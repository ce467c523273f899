public import JSON

/// One standardized item of a data set: what every benchmark's records become before anything runs.
public struct Sample: Sendable, Hashable {
    /// Its name, unique within the task.
    public var id: String
    /// The conversation so far, usually one user message.
    public var messages: [Message]
    /// Reference answers: texts, or objects with an `answer`.
    public var references: [JSONValue]
    /// The kind of task (`agent`, `short-answer`, `multiple-choice`, …).
    public var taskType: String?
    /// Choices of a multiple-choice item, as `{id, content}`.
    public var options: [JSONValue]
    /// The right answer, where one text or choice id says it.
    public var label: String?
    /// Tools that the sample itself brings.
    public var tools: [ToolDefinition]
    /// How free the model is to call tools here; nil leaves it to the agent.
    public var toolChoice: ToolChoice?
    /// Sampling parameters that the sample asks for.
    public var samplingParameters: JSONObject
    /// Overrides of the sandbox profile, as in the configuration.
    public var sandbox: JSONObject?
    /// Facts about the sample that prompts, tools and reports may show.
    public var metadata: JSONObject
    /// Gold data that only judges may read.
    ///
    /// Never rendered into a prompt, never sent to a tool.
    public var gold: JSONObject
    /// How often the sample is attempted; nil leaves it to the task.
    public var trialCount: Int?
    /// Fields of the record that have no place above, kept for templates.
    public var extras: JSONObject

    /// Makes a sample; everything but the id and the messages has an empty default.
    public init(id: String, messages: [Message] = []) {
        self.id = id
        self.messages = messages
        references = []
        taskType = nil
        options = []
        label = nil
        tools = []
        toolChoice = nil
        samplingParameters = [:]
        sandbox = nil
        metadata = [:]
        gold = [:]
        trialCount = nil
        extras = [:]
    }

    /// What templates, agent programs and exports see: everything but ``gold`` and ``sandbox``.
    ///
    /// An image's name can say which commit fixes an issue.
    public var visibleJSON: JSONObject {
        var object: JSONObject = ["schema_version": "v1", "id": .string(id)]
        object["messages"] = .array(messages.map(\.json))
        if let taskType { object["task_type"] = .string(taskType) }
        if !options.isEmpty { object["options"] = .array(options) }
        if !tools.isEmpty { object["tools"] = .array(tools.map(\.json)) }
        if !metadata.isEmpty { object["metadata"] = .object(metadata) }
        for (key, value) in extras where object[key] == nil { object[key] = value }
        return object
    }

    /// What judges, metrics and `samples.jsonl` see: ``visibleJSON`` with references, label, sandbox and gold data.
    public var judgedJSON: JSONObject {
        var object = visibleJSON
        if !references.isEmpty { object["references"] = .array(references) }
        if let label { object["label"] = .string(label) }
        if let sandbox { object["sandbox"] = .object(sandbox) }
        if !gold.isEmpty { object["gold"] = .object(gold) }
        return object
    }
}
