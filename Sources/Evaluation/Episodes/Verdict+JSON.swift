public import JSON

extension Verdict {
    /// The verdict as it stands in journals and `samples.jsonl`.
    public var json: JSONValue {
        var object: JSONObject = ["judge": .string(judge), "output": .object(output)]
        if let unscorableReason { object["unscorable_reason"] = .string(unscorableReason) }
        return .object(object)
    }

    /// Reads what ``json`` writes; nil when the judge's name is missing.
    public init?(json: JSONValue) {
        guard let judge = json["judge"]?.stringValue else { return nil }
        self.init(
            judge: judge, output: json["output"]?.objectValue ?? [:],
            unscorableReason: json["unscorable_reason"]?.stringValue)
    }
}
