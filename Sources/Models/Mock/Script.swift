public import Evaluation
public import JSON

/// Answers written down beforehand.
///
/// A rule whose conditions hold answers first. Otherwise the reply is the one at the call's position in the list of
/// replies for its episode and purpose: the list that names the most of task, sample, trial and purpose, or else the
/// default list. Positions come from the request, so concurrent episodes never take each other's replies.
///
/// ```json
/// {
///   "replies": ["Hello!", {"text": null, "tool_calls": [{"name": "get_user", "arguments": {"id": "7"}}]}],
///   "cycle": true,
///   "episodes": [{"sample": "task_3", "trial": 0, "purpose": "agent", "replies": ["I cannot do that."]}],
///   "rules": [{"when": {"purpose": "user", "last_user": {"regex": "order #\\d+"}}, "reply": "Yes, that one."}]
/// }
/// ```
///
/// A bare list is a list of replies; rules and episodes may stand in it too, and in a `.jsonl` file each line is an
/// entry of that list.
public struct Script: Sendable {
    private var rules: [Rule] = []
    private var lists: [ReplyList] = []
    /// Where the lists for a sample stand; lists for any sample are under nil.
    private var listsBySample: [String?: [Int]] = [:]
    private var defaults = ReplyList(place: EpisodePattern(), replies: [], cycles: false)

    /// A rule: the reply to every request for which its conditions hold.
    struct Rule: Sendable {
        var condition: ScriptCondition
        var reply: MockReply
    }

    /// The replies for the episodes and purposes that a pattern names.
    struct ReplyList: Sendable {
        var place: EpisodePattern
        var replies: [MockReply]
        var cycles: Bool
    }

    /// A script that always gives these replies in order.
    public init(replies: [MockReply], cycles: Bool = false) {
        defaults.replies = replies
        defaults.cycles = cycles
    }

    /// Reads a script's file.
    ///
    /// Throws ``EvaluationError`` (`configuration.invalid`) that names the entry.
    public init(path: String) throws(EvaluationError) {
        guard let bytes = try ModelFiles.readIfPresent(path, limit: Self.maximumFileBytes) else {
            throw EvaluationError(
                .configurationInvalid, "the script '\(path)' does not exist", cause: .configuration)
        }
        do {
            if path.hasSuffix(".jsonl") {
                var reader = JSONLinesReader()
                try self.init(json: .array(try reader.values(in: bytes)))
            } else {
                try self.init(json: try JSONValue.parse(bytes: bytes))
            }
        } catch let error as JSONParsingError {
            throw EvaluationError(
                .configurationInvalid, "the script is not JSON: \(error.message)", cause: .configuration,
                location: SourceLocation(file: path, line: error.line, column: error.column))
        } catch var error as EvaluationError {
            error.message = "the script '\(path)': \(error.message)"
            throw error
        } catch {
            throw EvaluationError(.unexpected, "the script '\(path)' cannot be read", cause: .gage, underlying: error)
        }
    }

    /// Reads a script.
    ///
    /// Throws ``EvaluationError`` (`configuration.invalid`) that names the entry.
    public init(json: JSONValue) throws(EvaluationError) {
        switch json {
        case .array(let entries):
            for (number, entry) in entries.enumerated() { try add(entry, "entry \(number)") }
        case .object(let object):
            let known = ["replies", "cycle", "episodes", "rules"]
            for key in object.keys where !known.contains(key) {
                throw Self.invalid("a script has no key '\(key)'", advice: NearMiss.advice(key, among: known))
            }
            try add("replies", object) { script, entry throws(EvaluationError) in
                script.defaults.replies.append(try MockReply(json: entry))
            }
            defaults.cycles = object["cycle"]?.boolValue ?? false
            try add("episodes", object) { script, entry throws(EvaluationError) in try script.addList(entry) }
            try add("rules", object) { script, entry throws(EvaluationError) in try script.addRule(entry) }
        default:
            throw Self.invalid("a script is a list or an object, not \(json.typeName)")
        }
    }

    /// The reply to a request; nil when the script has none.
    public func answer(to request: MockRequest) -> MockReply? {
        if let rule = rules.first(where: { $0.condition.holds(for: request) }) { return rule.reply }
        let list = self.list(for: request)
        guard !list.replies.isEmpty else { return nil }
        if list.cycles { return list.replies[request.call % list.replies.count] }
        return request.call < list.replies.count ? list.replies[request.call] : nil
    }

    private func list(for request: MockRequest) -> ReplyList {
        var places = listsBySample[nil] ?? []
        if let sample = request.episode?.sample { places += listsBySample[sample] ?? [] }
        var best: (weight: Int, place: Int)?
        for place in places where lists[place].place.matches(request) {
            let weight = lists[place].place.weight
            if let best, (best.weight, -best.place) >= (weight, -place) { continue }
            best = (weight, place)
        }
        return best.map { lists[$0.place] } ?? defaults
    }
}

extension Script {
    private static let maximumFileBytes = 256 << 20

    private mutating func add(_ entry: JSONValue, _ name: String) throws(EvaluationError) {
        do {
            if entry["when"] != nil {
                try addRule(entry)
            } else if entry["replies"] != nil {
                try addList(entry)
            } else {
                defaults.replies.append(try MockReply(json: entry))
            }
        } catch {
            throw Self.located(error, name)
        }
    }

    private mutating func add(
        _ key: String, _ object: JSONObject, _ body: (inout Script, JSONValue) throws(EvaluationError) -> Void
    ) throws(EvaluationError) {
        guard let value = object[key], !value.isNull else { return }
        guard let entries = value.arrayValue else {
            throw Self.invalid("'\(key)' is a list, not \(value.typeName)")
        }
        for (number, entry) in entries.enumerated() {
            do { try body(&self, entry) } catch { throw Self.located(error, "\(key)[\(number)]") }
        }
    }

    private mutating func addList(_ entry: JSONValue) throws(EvaluationError) {
        guard let object = entry.objectValue, let replies = object["replies"]?.arrayValue else {
            throw Self.invalid("an episode's entry is an object with a list of 'replies'")
        }
        let pattern = try EpisodePattern(object, beside: ["replies", "cycle"])
        var list = ReplyList(place: pattern, replies: [], cycles: object["cycle"]?.boolValue ?? false)
        for reply in replies { list.replies.append(try MockReply(json: reply)) }
        listsBySample[pattern.sample, default: []].append(lists.count)
        lists.append(list)
    }

    private mutating func addRule(_ entry: JSONValue) throws(EvaluationError) {
        guard let when = entry["when"], let reply = entry["reply"] else {
            throw Self.invalid("a rule is an object with 'when' and 'reply'")
        }
        rules.append(Rule(condition: try ScriptCondition(json: when), reply: try MockReply(json: reply)))
    }

    private static func located(_ error: EvaluationError, _ place: String) -> EvaluationError {
        var error = error
        error.code = .configurationInvalid
        error.cause = .configuration
        error.message = "\(place): \(error.message)"
        return error
    }

    static func invalid(_ message: String, advice: String? = nil) -> EvaluationError {
        EvaluationError(.configurationInvalid, message, cause: .configuration, advice: advice)
    }
}

extension Script: MockBrain {
    /// The script's reply, or a failure that says for which call it has none.
    public func reply(to request: MockRequest) async -> MockReply {
        if let answer = answer(to: request) { return answer }
        let episode = request.episode.map { " of episode \($0)" } ?? ""
        let purpose = request.purpose.map { " for '\($0)'" } ?? ""
        return MockReply(failure: .exhausted("the script has no reply to call \(request.call)\(purpose)\(episode)"))
    }
}
