public import JSON

/// The messages of an episode in order, with who spoke, what it used and how long it took.
public struct Trajectory: Sendable, Hashable {
    /// One message and what is known about its making.
    public struct Entry: Sendable, Hashable {
        /// The message.
        public var message: Message
        /// Who made it.
        ///
        /// A tool's result is the environment's; ``requester`` says for whom.
        public var speaker: Participant
        /// For a tool's result: whose call it answers.
        public var requester: Participant?
        /// Tokens used to make it, where a model did.
        public var usage: Usage?
        /// Its price in US dollars; nil where it is unknown.
        public var cost: Double?
        /// Seconds from the episode's start to the moment it was there.
        public var time: Double
        /// Seconds that making it took.
        public var duration: Double
        /// The model that made it.
        public var model: String?
        /// Why the model stopped, in the provider's normalized word.
        public var finishReason: String?

        /// Records a message.
        public init(
            _ message: Message, by speaker: Participant, requester: Participant? = nil, time: Double = 0,
            duration: Double = 0
        ) {
            self.message = message
            self.speaker = speaker
            self.requester = requester
            self.time = time
            self.duration = duration
        }
    }

    /// The messages in the order in which they were made.
    public var entries: [Entry] = []
    /// Why the dialogue ended; nil while it goes on or where there was none.
    public var termination: Termination?

    /// An empty trajectory.
    public init() {}

    /// The tokens used by one participant's model, or by all.
    public func usage(of speaker: Participant? = nil) -> Usage {
        entries.reduce(Usage()) { sum, entry in
            guard speaker == nil || entry.speaker == speaker, let usage = entry.usage else { return sum }
            return sum + usage
        }
    }

    /// What one participant's model calls cost in US dollars; nil as soon as one of them has no known price.
    public func cost(of speaker: Participant) -> Double? {
        var sum = 0.0
        for entry in entries where entry.speaker == speaker && (entry.usage != nil || entry.cost != nil) {
            guard let cost = entry.cost else { return nil }
            sum += cost
        }
        return sum
    }

    /// How many messages one participant made.
    public func turns(of speaker: Participant) -> Int {
        entries.count { $0.speaker == speaker }
    }
}

extension Trajectory.Entry {
    /// The entry as one JSON object: the message's keys, and `speaker`, `usage`, `cost`, `time`, … beside them.
    public var json: JSONValue {
        var object = message.json.objectValue ?? [:]
        object["speaker"] = .string(speaker.rawValue)
        if let requester { object["requester"] = .string(requester.rawValue) }
        if let usage { object["usage"] = usage.json }
        if let cost { object["cost"] = JSONValue(cost) }
        object["time"] = JSONValue(time)
        object["duration"] = JSONValue(duration)
        if let model { object["model"] = .string(model) }
        if let finishReason { object["finish_reason"] = .string(finishReason) }
        return .object(object)
    }

    /// Reads what ``json`` writes.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) otherwise.
    public init(json: JSONValue) throws(EvaluationError) {
        guard let speaker = json["speaker"]?.stringValue.flatMap(Participant.init) else {
            throw EvaluationError(.dataMalformed, "a trajectory entry needs a known speaker", cause: .gage)
        }
        self.init(
            try Message(json: json), by: speaker,
            requester: json["requester"]?.stringValue.flatMap(Participant.init),
            time: json["time"]?.doubleValue ?? 0, duration: json["duration"]?.doubleValue ?? 0)
        usage = json["usage"].map(Usage.init)
        cost = json["cost"]?.doubleValue
        model = json["model"]?.stringValue
        finishReason = json["finish_reason"]?.stringValue
    }
}

extension Trajectory {
    /// The whole trajectory: `{entries, termination}`.
    public var json: JSONValue {
        var object: JSONObject = ["entries": .array(entries.map(\.json))]
        if let termination { object["termination"] = .string(termination.rawValue) }
        return .object(object)
    }

    /// Reads what ``json`` writes.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) otherwise.
    public init(json: JSONValue) throws(EvaluationError) {
        self.init()
        for entry in json["entries"]?.arrayValue ?? [] { entries.append(try Entry(json: entry)) }
        termination = json["termination"]?.stringValue.map { Termination($0) }
    }
}
