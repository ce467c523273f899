import Evaluation
import JSON

/// Finds in what judges said the points that they checked one by one, whatever the benchmark calls them.
///
/// A point is an object with one yes-or-no member whose name says a result (`met`, `action_match`, `passed`, …). What it
/// is about is found by its own words: places of messages, a tool call that some message made, or words that must be said.
struct TranscriptFindings {
    /// The points of an episode, at most ``limit``.
    static func of(_ record: EpisodeRecord) -> [TranscriptView.Finding] {
        var search = Self(trajectory: record.trajectory)
        for verdict in record.verdicts { search.visit(.object(verdict.output), named: verdict.judge, depth: 0) }
        return search.found
    }

    /// The most points of an episode, and the deepest place in a verdict that is looked at.
    private static let limit = 200
    private static let depthLimit = 8
    private static let titleLimit = 300

    private let trajectory: Trajectory
    private var found: [TranscriptView.Finding] = []
    /// Calls that a point is already about, so that the same call made twice is cited for two points.
    private var usedCalls: Set<Int> = []

    private init(trajectory: Trajectory) { self.trajectory = trajectory }

    private mutating func visit(_ value: JSONValue, named name: String, depth: Int) {
        guard depth < Self.depthLimit, found.count < Self.limit else { return }
        switch value {
        case .array(let elements):
            for element in elements { visit(element, named: name, depth: depth + 1) }
        case .object(let object):
            if let result = Self.result(in: object), let title = Self.title(of: object, named: name, result.key) {
                let finding = TranscriptView.Finding(
                    kind: name, title: TranscriptContent.cut(title, to: Self.titleLimit).kept, passed: result.passed,
                    detail: Self.detail(in: object), cites: cites(of: object))
                found.append(finding)
                return
            }
            for (key, member) in object { visit(member, named: key, depth: depth + 1) }
        default: break
        }
    }

    private static let resultKeys = [
        "met", "passed", "match", "ok", "satisfied", "correct", "achieved", "granted", "fulfilled",
    ]

    private static func result(in object: JSONObject) -> (key: String, passed: Bool)? {
        for (key, value) in object {
            guard let passed = value.boolValue else { continue }
            if resultKeys.contains(where: { key == $0 || key.hasSuffix("_\($0)") }) { return (key, passed) }
        }
        return nil
    }

    private static let titleKeys = [
        "title", "name", "nl_assertion", "assertion", "info", "criterion", "check", "target", "goal", "gate", "test",
        "id", "tool",
    ]

    /// What a point is about: the call that it expects, its own words, or, without any, its name.
    private static func title(of object: JSONObject, named name: String, _ resultKey: String) -> String? {
        if let call = call(in: object) { return "\(call.name)(\(callText(call.arguments)))" }
        for key in titleKeys {
            if let text = object[key]?.stringValue, !text.isEmpty { return text }
        }
        for (_, member) in object {
            if let text = member["func_name"]?.stringValue { return "\(text) \(member["arguments"]?.text() ?? "")" }
        }
        // A point about the whole, such as whether the database is as it should be.
        return object.count <= 4 ? "\(name): \(resultKey)".replacing("_", with: " ") : nil
    }

    private static func callText(_ arguments: JSONObject) -> String {
        arguments.map { "\($0.key): \($0.value.text())" }.joined(separator: ", ")
    }

    private static func detail(in object: JSONObject) -> String? {
        for key in ["justification", "reason", "reasoning", "explanation", "detail", "message", "note"] {
            if let text = object[key]?.stringValue, !text.isEmpty {
                return TranscriptContent.cut(text, to: 2_000).kept
            }
        }
        return nil
    }

    private static func call(in object: JSONObject) -> (name: String, arguments: JSONObject)? {
        for (_, member) in object {
            if let name = member["name"]?.stringValue, let arguments = member["arguments"]?.objectValue {
                return (name, arguments)
            }
        }
        return nil
    }

    private mutating func cites(of object: JSONObject) -> [Int] {
        for key in ["message_index", "message_indices", "messages", "cites"] {
            guard let value = object[key] else { continue }
            let places = (value.arrayValue ?? [value]).compactMap(\.intValue).filter(
                trajectory.entries.indices.contains)
            if !places.isEmpty { return Array(places.prefix(20)) }
        }
        if let call = Self.call(in: object) { return messages(calling: call.name, call.arguments) }
        if let words = object["info"]?.stringValue, !words.isEmpty { return messages(saying: words) }
        return []
    }

    /// The first message, not cited for another call yet, that calls a tool with these arguments.
    private mutating func messages(calling name: String, _ arguments: JSONObject) -> [Int] {
        let matching = trajectory.entries.indices.filter { index in
            trajectory.entries[index].message.toolCalls.contains { $0.name == name && $0.arguments == arguments }
        }
        guard let place = matching.first(where: { !usedCalls.contains($0) }) ?? matching.first else { return [] }
        usedCalls.insert(place)
        return [place]
    }

    private func messages(saying words: String) -> [Int] {
        let sought = words.lowercased()
        let place = trajectory.entries.lastIndex { entry in
            entry.speaker == .agent && entry.message.text?.lowercased().contains(sought) == true
        }
        return place.map { [$0] } ?? []
    }
}
