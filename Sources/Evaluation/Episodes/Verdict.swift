public import JSON

/// What a judge decided about an episode, with its evidence.
public struct Verdict: Sendable, Hashable {
    /// The judge's adapter id.
    public var judge: String
    /// What the judge found, under the benchmark's own keys.
    ///
    /// Judges of one episode merge by key.
    public var output: JSONObject
    /// Why no score can be given, where that is the verdict.
    public var unscorableReason: String?

    /// Records a verdict.
    public init(judge: String, output: JSONObject, unscorableReason: String? = nil) {
        self.judge = judge
        self.output = output
        self.unscorableReason = unscorableReason
    }
}

/// One metric's value for one episode.
public struct Score: Sendable, Hashable {
    /// The metric's id in the configuration.
    public var metric: String
    /// The numbers by name; most metrics have one.
    ///
    /// A number that does not exist is left out, never zero.
    public var values: [String: Double]
    /// What an aggregation needs besides: a category, a group.
    public var metadata: JSONObject
    /// Why, in a sentence for the reader.
    public var explanation: String?

    /// Records a score.
    public init(metric: String, values: [String: Double], metadata: JSONObject = [:], explanation: String? = nil) {
        self.metric = metric
        self.values = values
        self.metadata = metadata
        self.explanation = explanation
    }

    /// The score as it stands in journals and `samples.jsonl`.
    public var json: JSONValue {
        var numbers: JSONObject = [:]
        for key in values.keys.sorted() { numbers[key] = values[key].map { JSONValue($0) } }
        var object: JSONObject = ["metric_id": .string(metric), "values": .object(numbers)]
        if !metadata.isEmpty { object["metadata"] = .object(metadata) }
        if let explanation { object["explanation"] = .string(explanation) }
        return .object(object)
    }

    /// Reads what ``json`` writes; nil when the metric's name is missing.
    public init?(json: JSONValue) {
        guard let metric = json["metric_id"]?.stringValue else { return nil }
        var values: [String: Double] = [:]
        for (key, value) in json["values"]?.objectValue ?? [:] { values[key] = value.doubleValue }
        self.init(
            metric: metric, values: values, metadata: json["metadata"]?.objectValue ?? [:],
            explanation: json["explanation"]?.stringValue)
    }
}
