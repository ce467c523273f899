public import Evaluation
public import JSON

extension LogLinearPolicy {
    static let format = "gage.proactive.log_linear"
    /// Grows when a file of the same features no longer means the same policy.
    static let formatVersion = 1

    /// The features and weights as policy files hold them; only weights that are not 0.
    public var json: JSONObject {
        var sparse: JSONObject = [:]
        for (place, weight) in weights.enumerated() where weight != 0 {
            sparse[StateFeatures.Layout.name(of: place)] = JSONValue(weight)
        }
        return [
            "format": .string(Self.format), "version": JSONValue(Self.formatVersion),
            "features": [
                "facts": .array(layout.usedFactNames.map { .string($0) }),
                "words": ["buckets": JSONValue(StateFeatures.Layout.buckets), "hash": "fnv1a-32"],
                "render_persona": .bool(layout.includesPersona),
            ],
            "weights": .object(sparse),
        ]
    }

    /// Reads what ``json`` writes.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`, cause `task`) for another format, other features or a weight that
    /// is no number.
    public init(json: JSONValue, name: String = "native") throws(EvaluationError) {
        guard json["format"]?.stringValue == Self.format, json["version"]?.intValue == Self.formatVersion else {
            throw Self.malformed("its format is not \(Self.format), version \(Self.formatVersion)")
        }
        let words = json["features"]?["words"]
        guard words?["buckets"]?.intValue == StateFeatures.Layout.buckets, words?["hash"]?.stringValue == "fnv1a-32"
        else { throw Self.malformed("its words are hashed in another way") }
        let layout = StateFeatures.Layout(
            includesPersona: json["features"]?["render_persona"]?.boolValue ?? false)
        guard json["features"]?["facts"]?.arrayValue?.compactMap(\.stringValue) == layout.usedFactNames else {
            throw Self.malformed("it looks at other facts")
        }
        guard let sparse = json["weights"]?.objectValue else { throw Self.malformed("it has no weights") }
        var weights = [Double](repeating: 0, count: StateFeatures.Layout.size)
        for (name, value) in sparse {
            guard let place = StateFeatures.Layout.place(of: name) else {
                throw Self.malformed("there is no feature '\(name)'")
            }
            guard let weight = value.doubleValue, weight.isFinite else {
                throw Self.malformed("the weight of '\(name)' is no number")
            }
            weights[place] = weight
        }
        self.init(name: name, layout: layout, weights: weights)
    }

    /// Reads a policy file, or the one in a folder.
    ///
    /// Throws ``EvaluationError``, cause `configuration` where it cannot be read and `task` where it is no policy.
    public static func load(_ path: String) throws(EvaluationError) -> LogLinearPolicy {
        let file = path.hasSuffix(".json") ? path : "\(path)/\(PolicyFolder.nativeFile)"
        return try LogLinearPolicy(json: try ProactiveFiles.json(file))
    }

    private static func malformed(_ reason: String) -> EvaluationError {
        EvaluationError(
            .dataMalformed, "this is no policy of the native engine: \(reason)", cause: .task,
            advice: "train one with `gage proactive train-dpo --model native`")
    }
}
