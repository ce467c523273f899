public import JSON

/// A variant of the simulated user as a study knows it.
public struct StudyVariant: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The emotion that it should raise, by its name in the emotion lexicon; nil for controls.
    public var emotion: String?
    /// What is put after the user's system prompt; empty for the control.
    public var suffix: String
    /// What the prompt quotes, in lower case.
    public var phrases: [String]
    /// Says whether two runs used the same text.
    public var digest: String

    /// Describes a variant.
    public init(name: String, emotion: String?, suffix: String, phrases: [String], digest: String) {
        self.name = name
        self.emotion = emotion
        self.suffix = suffix
        self.phrases = phrases
        self.digest = digest
    }

    /// The variant as it stands in `experiment_config.json`.
    public var json: JSONValue {
        [
            "name": .string(name), "emotion": emotion.map(JSONValue.string) ?? .null, "suffix": .string(suffix),
            "phrases": .array(phrases.map(JSONValue.string)), "digest": .string(digest),
        ]
    }

    /// Reads what ``json`` writes; nil without a name.
    public init?(json: JSONValue) {
        guard let name = json["name"]?.stringValue else { return nil }
        self.init(
            name: name, emotion: json["emotion"]?.stringValue, suffix: json["suffix"]?.stringValue ?? "",
            phrases: json["phrases"]?.arrayValue?.compactMap(\.stringValue) ?? [],
            digest: json["digest"]?.stringValue ?? "")
    }
}
