import JSON

extension RunOptions {
    /// What of the options decides which episodes there are and how they are judged; the same for all shards of a run.
    var deciding: JSONObject {
        var object: JSONObject = [:]
        if let maxSamples { object["max_samples"] = JSONValue(maxSamples) }
        if !metricIDs.isEmpty { object["metric_ids"] = .array(metricIDs.map(JSONValue.string)) }
        if skipsJudges { object["skip_judge"] = true }
        return object
    }

    /// Takes over what ``deciding`` says of another run's options.
    mutating func take(_ deciding: JSONObject) {
        maxSamples = deciding["max_samples"]?.intValue
        metricIDs = deciding["metric_ids"]?.arrayValue?.compactMap(\.stringValue) ?? []
        skipsJudges = deciding["skip_judge"]?.boolValue ?? false
    }
}
