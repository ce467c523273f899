import Evaluation
import JSON

/// Which episodes and purposes something is for; what is not named may be anything.
struct EpisodePattern: Sendable, Hashable {
    private static let keys = ["task", "sample", "trial", "purpose"]

    var task: String?
    var sample: String?
    var trial: Int?
    var purpose: String?

    init() {}

    /// Reads the pattern's keys; keys beside them must be among those named.
    init(_ object: JSONObject, beside others: [String]) throws(EvaluationError) {
        for (key, value) in object {
            switch key {
            case "task": task = value.stringValue
            case "sample": sample = value.stringValue ?? value.intValue.map { String($0) }
            case "trial":
                guard let number = value.intValue else { throw Script.invalid("'trial' is a whole number") }
                trial = number
            case "purpose": purpose = value.stringValue
            default:
                guard !others.contains(key) else { continue }
                throw Script.invalid(
                    "there is no key '\(key)' here", advice: NearMiss.advice(key, among: Self.keys + others))
            }
        }
    }

    /// How much the pattern names.
    var weight: Int {
        [task != nil, sample != nil, trial != nil, purpose != nil].count { $0 }
    }

    func matches(_ request: MockRequest) -> Bool {
        if let task, request.episode?.task != task { return false }
        if let sample, request.episode?.sample != sample { return false }
        if let trial, request.episode?.trial != trial { return false }
        if let purpose, request.purpose != purpose { return false }
        return true
    }
}

/// When a rule answers; all that is named must hold.
///
/// Texts are looked for in the conversation's last message only: a rule that an earlier message could fulfil would
/// answer for ever.
struct ScriptCondition: Sendable {
    private static let keys = ["last_user", "last_tool", "last", "call"]

    private var place = EpisodePattern()
    private var call: Int?
    private var lastUser: TextPattern?
    private var lastTool: TextPattern?
    private var last: TextPattern?

    /// Reads the value of `when`: a text that the last message contains, or an object of conditions.
    init(json: JSONValue) throws(EvaluationError) {
        if let text = json.stringValue {
            last = .contains(text)
            return
        }
        guard let object = json.objectValue else {
            throw Script.invalid("'when' is a text or an object, not \(json.typeName)")
        }
        place = try EpisodePattern(object, beside: Self.keys)
        if let number = object["call"] {
            guard let index = number.intValue else { throw Script.invalid("'call' is a whole number") }
            call = index
        }
        lastUser = try TextPattern(object["last_user"])
        lastTool = try TextPattern(object["last_tool"])
        last = try TextPattern(object["last"])
    }

    func holds(for request: MockRequest) -> Bool {
        guard place.matches(request) else { return false }
        if let call, request.call != call { return false }
        if let lastUser, !lastUser.matches(request.lastMessage(from: .user)?.text) { return false }
        if let lastTool, !lastTool.matches(request.lastMessage(from: .tool)?.text) { return false }
        if let last, !last.matches(request.messages.last?.text) { return false }
        return true
    }
}

/// What a text has to be like.
enum TextPattern: Sendable, Hashable {
    /// Only so much of a text is searched with a regular expression, whose time has no bound of its own.
    private static let longestSearch = 16_384

    /// It contains this.
    case contains(String)
    /// It is this.
    case equals(String)
    /// A part of it matches this regular expression.
    case regex(String)

    /// Reads a text (to be contained) or `{contains}`, `{equals}`, `{regex}`; nil for no value.
    init?(_ json: JSONValue?) throws(EvaluationError) {
        guard let json, !json.isNull else { return nil }
        if let text = json.stringValue {
            self = .contains(text)
        } else if let object = json.objectValue, object.count == 1, let (key, value) = object.first,
            let text = value.stringValue
        {
            switch key {
            case "contains": self = .contains(text)
            case "equals": self = .equals(text)
            case "regex":
                do { _ = try Regex(text) } catch {
                    throw Script.invalid("'\(text)' is no regular expression: \(error)")
                }
                self = .regex(text)
            default:
                throw Script.invalid(
                    "there is no key '\(key)' here",
                    advice: NearMiss.advice(key, among: ["contains", "equals", "regex"]))
            }
        } else {
            throw Script.invalid("a condition on text is a text or one of {contains, equals, regex}")
        }
    }

    func matches(_ text: String?) -> Bool {
        guard let text else { return false }
        switch self {
        case .contains(let part): return text.contains(part)
        case .equals(let whole): return text == whole
        case .regex(let pattern):
            // Compiled for each use, as a compiled expression cannot be shared between tasks. That it compiles was
            // seen when the script was read.
            guard let regex = try? Regex(pattern) else { return false }
            return text.prefix(Self.longestSearch).contains(regex)
        }
    }
}
