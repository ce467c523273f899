public import JSON
import Evaluation

/// Who a user is, in words: what a language model or the template writer adds to the drawn figures.
public struct PausePersona: Sendable, Hashable {
    /// `basic_info`, `health_risks`, `dietary_restrictions` and `preferences` of the platform's profile.
    public var userProfile: JSONObject
    /// `basic_info`, `health_risks` and `dietary_restrictions` that the health providers know.
    public var medicalProfile: JSONObject
    /// 80 to 120 words about the user.
    public var narrativeSummary: String

    init(userProfile: JSONObject, medicalProfile: JSONObject, narrativeSummary: String) {
        self.userProfile = userProfile
        self.medicalProfile = medicalProfile
        self.narrativeSummary = narrativeSummary
    }

    /// The object that ``init(json:)`` reads.
    public var json: JSONObject {
        [
            "user_profile": .object(userProfile), "med_user_profile": .object(medicalProfile),
            "narrative_summary": .string(narrativeSummary),
        ]
    }

    /// Reads `{user_profile, med_user_profile, narrative_summary}`, as a model writes it.
    ///
    /// Throws ``EvaluationError``, cause `task`, when the keys are not exactly those, a value has the wrong type, or the
    /// summary is not of 80 to 120 words.
    public init(json: JSONObject) throws {
        try Self.requireKeys(["user_profile", "med_user_profile", "narrative_summary"], of: json, "the persona")
        let fields = PauseFields(json, of: "the persona")
        let user = try fields.nested("user_profile")
        try Self.check(user, alsoKeys: ["preferences"])
        let preferences = try user.nested("preferences")
        try Self.requireKeys(["sport", "food"], of: preferences.object, preferences.owner)
        for key in ["sport", "food"] { try Self.checkTexts(key, of: preferences) }
        let medical = try fields.nested("med_user_profile")
        try Self.check(medical, alsoKeys: [])
        let summary = try fields.text("narrative_summary")
        let words = summary.split(whereSeparator: \.isWhitespace).count
        guard (80...120).contains(words) else {
            throw EvaluationError.malformedPause("the persona's narrative_summary has \(words) words, not 80 to 120")
        }
        userProfile = user.object
        medicalProfile = medical.object
        narrativeSummary = summary
    }

    private static func check(_ fields: PauseFields, alsoKeys: [String]) throws {
        try requireKeys(
            ["basic_info", "health_risks", "dietary_restrictions"] + alsoKeys, of: fields.object, fields.owner)
        let basic = try fields.nested("basic_info")
        try requireKeys(["name", "age", "gender"], of: basic.object, basic.owner)
        _ = try basic.text("name")
        _ = try basic.text("gender")
        _ = try basic.integer("age")
        for key in ["health_risks", "dietary_restrictions"] { try checkTexts(key, of: fields) }
    }

    private static func checkTexts(_ key: String, of fields: PauseFields) throws {
        guard try fields.list(key).allSatisfy({ $0.stringValue != nil }) else {
            throw EvaluationError.malformedPause("'\(key)' of \(fields.owner) must be a list of texts")
        }
    }

    private static func requireKeys(_ keys: [String], of object: JSONObject, _ owner: String) throws {
        guard Set(object.keys) == Set(keys) else {
            throw EvaluationError.malformedPause(
                "\(owner) must have exactly the keys \(keys.joined(separator: ", ")), "
                    + "not \(object.keys.joined(separator: ", "))")
        }
    }
}
