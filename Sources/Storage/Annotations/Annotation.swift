public import Evaluation
public import JSON

/// What a person said about an episode after it ended: a tag, a note, or a verdict in place of the judge's.
///
/// Annotations are only ever added. What was said before stays in the journal with who said it; the last word holds.
public struct Annotation: Sendable, Hashable {
    /// What kind of thing is said.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A label is put on the episode.
        case tag
        /// A label is taken off.
        case untag
        /// A remark in free text.
        case note
        /// A correction of what the episode came to.
        case verdict
    }

    /// Tells the annotation from all others, also when journals are merged.
    public let identifier: String
    /// Seconds since 1970.
    public var time: Double
    /// Who says it.
    public var author: String
    /// The episode.
    public var episode: EpisodeID
    /// What kind of thing is said.
    public var kind: Kind
    /// The tag or note as text; for a verdict what ``Amendment/json`` gives.
    public var value: JSONValue
    /// Why.
    public var reason: String?
    /// Whether the episode was attempted again since, so that what is said is about a dialogue that no longer counts.
    ///
    /// The journal finds it out when it is read. Judging the same dialogue again makes nothing outdated.
    public internal(set) var isOutdated = false

    private init(
        _ kind: Kind, _ value: JSONValue, of episode: EpisodeID, by author: String, because reason: String?,
        at time: Double
    ) {
        identifier = Self.randomIdentifier()
        self.time = time
        self.author = author
        self.episode = episode
        self.kind = kind
        self.value = value
        self.reason = reason
    }

    /// Puts a tag on an episode; `time` is in seconds since 1970.
    public static func tag(
        _ tag: String, of episode: EpisodeID, by author: String, because reason: String? = nil, at time: Double
    ) -> Self {
        Self(.tag, .string(tag), of: episode, by: author, because: reason, at: time)
    }

    /// Takes a tag off an episode.
    public static func untag(
        _ tag: String, of episode: EpisodeID, by author: String, because reason: String? = nil, at time: Double
    ) -> Self {
        Self(.untag, .string(tag), of: episode, by: author, because: reason, at: time)
    }

    /// Says something about an episode.
    public static func note(
        _ text: String, of episode: EpisodeID, by author: String, because reason: String? = nil, at time: Double
    ) -> Self {
        Self(.note, .string(text), of: episode, by: author, because: reason, at: time)
    }

    /// Corrects what an episode came to; a correction has to be justified.
    public static func verdict(
        _ amendment: Amendment, of episode: EpisodeID, by author: String, because reason: String, at time: Double
    ) -> Self {
        Self(.verdict, amendment.json, of: episode, by: author, because: reason, at: time)
    }

    init(identifier: String, time: Double, author: String, episode: EpisodeID, kind: Kind, value: JSONValue) {
        self.identifier = identifier
        self.time = time
        self.author = author
        self.episode = episode
        self.kind = kind
        self.value = value
    }

    /// The text of a tag or a note; nil for a verdict.
    public var text: String? { kind == .verdict ? nil : value.stringValue }

    /// The correction that a verdict makes; nil for anything else.
    public var amendment: Amendment? { kind == .verdict ? Amendment(json: value) : nil }

    private static func randomIdentifier() -> String {
        var generator = SystemRandomNumberGenerator()
        let words = (0..<2).map { _ in String(generator.next(), radix: 16) }
        return words.map { String(repeating: "0", count: 16 - $0.count) + $0 }.joined()
    }
}

extension Annotation {
    /// The annotation as commands, exports and the viewer give it.
    public var json: JSONValue {
        var object: JSONObject = [
            "id": .string(identifier), "time": JSONValue(time), "author": .string(author),
            "episode": .string(episode.description), "task_id": .string(episode.task),
            "sample_id": .string(episode.sample), "trial": .int(Int64(episode.trial)), "kind": .string(kind.rawValue),
            "value": value, "reason": reason.map(JSONValue.string) ?? .null,
        ]
        if isOutdated { object["outdated"] = true }
        return .object(object)
    }
}
