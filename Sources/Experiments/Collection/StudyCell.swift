public import JSON

/// One attempt at one task under one variant, as the analysis sees it.
public struct StudyCell: Sendable, Hashable {
    /// Which attempt.
    public struct Place: Sendable, Hashable {
        /// The environment's name.
        public var environment: String
        /// The variant's name.
        public var variant: String
        /// The benchmark's id of the task.
        public var task: String
        /// The attempt, counted from 0.
        public var trial: Int

        /// Names an attempt.
        public init(environment: String, variant: String, task: String, trial: Int) {
            self.environment = environment
            self.variant = variant
            self.task = task
            self.trial = trial
        }
    }

    /// Which attempt it is.
    public var place: Place
    /// The sample's id in the run.
    public var sample = ""
    /// The episode's seed.
    public var seed: UInt64 = 0
    /// The worker that did it, from 1; 0 where none is known.
    public var worker = 0
    /// `scored`, `errored` or `unscorable`.
    public var outcome = "scored"
    /// The reward; nil unless scored.
    public var reward: Double?
    /// Whether the reward is the whole one; nil unless scored.
    public var isSuccess: Bool?
    /// How the dialogue ended; nil unless scored.
    public var end: String?
    /// What failed; nil where nothing did.
    public var error: String?
    /// Messages of the user and of the agent.
    public var turns = 0
    /// Tokens of all model calls.
    public var tokens = 0
    /// The price of all model calls in US dollars; nil where it is unknown.
    public var cost: Double?
    /// Seconds that it took.
    public var duration = 0.0
    /// Seconds since 1970 at its start.
    public var startedAt = 0.0
    /// The models that spoke, by who they spoke for.
    public var models: [String: String] = [:]
    /// The SHA-256 of the user's system prompt without the variant's text.
    public var basePrompt: String?
    /// Why the user's prompt is not the variant's; nil where it is.
    public var promptFault: String?

    /// Describes an attempt.
    public init(place: Place) { self.place = place }

    /// The cell as it stands in `aggregated_results.json`.
    public var json: JSONValue {
        var models: JSONObject = [:]
        for (who, model) in self.models.sorted(by: { $0.key < $1.key }) { models[who] = .string(model) }
        return [
            "task_id": .string(place.task), "variant": .string(place.variant),
            "environment": .string(place.environment), "trial": JSONValue(place.trial),
            "reward": JSONValue(optional: reward), "success": isSuccess.map(JSONValue.bool) ?? .null,
            "seed": .number(String(seed)), "worker": JSONValue(worker), "outcome": .string(outcome),
            "end_reason": end.map(JSONValue.string) ?? .null, "error": error.map(JSONValue.string) ?? .null,
            "turns": JSONValue(turns), "tokens": JSONValue(tokens), "cost": JSONValue(optional: cost),
            "duration": JSONValue(duration), "started_at": JSONValue(startedAt),
            "metadata": [
                "sample_id": .string(sample), "models": .object(models),
                "base_prompt_sha256": basePrompt.map(JSONValue.string) ?? .null,
                "prompt_fault": promptFault.map(JSONValue.string) ?? .null,
            ],
        ]
    }

    /// Reads what ``json`` writes; nil without the names that place it.
    ///
    /// A row of an older program, without trial and outcome, is the first trial of a scored task.
    public init?(json: JSONValue) {
        guard let environment = json["environment"]?.stringValue, let variant = json["variant"]?.stringValue,
            let task = json["task_id"]?.stringValue ?? json["task_id"]?.intValue.map({ String($0) })
        else { return nil }
        self.init(
            place: Place(
                environment: environment, variant: variant, task: task, trial: json["trial"]?.intValue ?? 0))
        sample = json.at("metadata.sample_id")?.stringValue ?? ""
        seed = json["seed"].flatMap { UInt64($0.text()) } ?? 0
        worker = json["worker"]?.intValue ?? 0
        outcome = json["outcome"]?.stringValue ?? "scored"
        reward = json["reward"]?.doubleValue
        isSuccess = json["success"]?.boolValue
        end = json["end_reason"]?.stringValue
        error = json["error"]?.stringValue
        turns = json["turns"]?.intValue ?? 0
        tokens = json["tokens"]?.intValue ?? 0
        cost = json["cost"]?.doubleValue
        duration = json["duration"]?.doubleValue ?? 0
        startedAt = json["started_at"]?.doubleValue ?? 0
        for (who, model) in json.at("metadata.models")?.objectValue ?? [:] { models[who] = model.stringValue }
        basePrompt = json.at("metadata.base_prompt_sha256")?.stringValue
        promptFault = json.at("metadata.prompt_fault")?.stringValue
    }
}

extension JSONValue {
    init(optional value: Double?) { self = value.map { JSONValue($0) } ?? .null }
}
