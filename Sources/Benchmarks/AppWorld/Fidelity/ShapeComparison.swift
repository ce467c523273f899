import JSON

/// Compares JSON by shape: types, keys, and whether lists are empty; and exactly where the protocol speaks.
///
/// The protocol speaks in statuses of 400 and above, in texts under `message`, `detail`, `requirement` and `label`, in all
/// of an MCP error, in what `/execute` tells an agent, and in every truth value and null. Numbers count where they are
/// results: counts, percentages, codes.
struct ShapeComparison {
    typealias Difference = ExchangeComparison.Difference

    private static let spoken: Set<String> = [
        "message", "detail", "msg", "type", "requirement", "label", "jsonrpc", "protocolVersion", "token_type",
        "task_id",
        "status",
    ]
    private static let counted: Set<String> = [
        "code", "num_tests", "difficulty", "task_goal_completion", "scenario_goal_completion", "id",
    ]
    /// Texts that the tests of a task write, in a language of their own.
    private static let free: Set<String> = ["trace"]

    /// Apps: an object with only such keys may have others of them.
    let apps: Set<String>
    /// Whether all of the body is the protocol's.
    var isProtocol = false
    /// Whether `output` is what an agent's code printed or ran into.
    var isExecution = false

    /// The first difference; nil when the values agree.
    func difference(_ recorded: JSONValue, _ live: JSONValue, at path: String, key: String = "") -> Difference? {
        let differing = Difference(field: path, expected: recorded, actual: live)
        switch (recorded, live) {
        case (.object(let object), .object(let other)): return self.difference(object, other, at: path)
        case (.array(let items), .array(let others)): return self.difference(items, others, at: path, key: key)
        case (.string(let text), .string(let other)): return agree(text, other, key: key) ? nil : differing
        case (.null, .null): return nil
        case (.bool(let flag), .bool(let other)): return flag == other ? nil : differing
        default:
            guard let number = recorded.doubleValue, let other = live.doubleValue else { return differing }
            return !Self.counted.contains(key) || number == other ? nil : differing
        }
    }

    private func difference(_ object: JSONObject, _ other: JSONObject, at path: String) -> Difference? {
        if !apps.isEmpty, !object.isEmpty, object.keys.allSatisfy(apps.contains), other.keys.allSatisfy(apps.contains) {
            return difference(Array(object.values), Array(other.values), at: path, key: "")
        }
        let keys = Set(object.keys)
        guard keys == Set(other.keys) else {
            return Difference(
                field: "\(path): keys", expected: .array(keys.sorted().map { .string($0) }),
                actual: .array(other.keys.sorted().map { .string($0) }))
        }
        var inner = self
        // An MCP error is the protocol's word for word; a result's text says again what its structure says.
        if object["isError"]?.boolValue == true || object["jsonrpc"] != nil && object["error"] != nil {
            inner.isProtocol = true
        }
        let repeats = object["structuredContent"] != nil
        for (key, member) in object where !(repeats && key == "content") {
            guard let live = other[key] else { continue }
            if let found = inner.difference(member, live, at: "\(path).\(key)", key: key) { return found }
        }
        return nil
    }

    private func difference(_ items: [JSONValue], _ others: [JSONValue], at path: String, key: String) -> Difference? {
        let mustCount = ["passes", "failures"].contains(key) || isExecution || isProtocol
        guard items.isEmpty == others.isEmpty, !mustCount || items.count == others.count else {
            return Difference(
                field: "\(path): length", expected: JSONValue(items.count), actual: JSONValue(others.count))
        }
        if mustCount {
            for (place, pair) in zip(items, others).enumerated() {
                if let found = difference(pair.0, pair.1, at: "\(path)[\(place)]", key: key) { return found }
            }
            return nil
        }
        if items.allSatisfy({ $0["name"] != nil }), !items.isEmpty { return named(items, others, at: path) }
        // Lists hold one kind of thing; which of them a server holds is its data.
        guard let first = items.first else { return nil }
        for (place, other) in others.enumerated() {
            let found = items.lazy.map { self.difference($0, other, at: "\(path)[\(place)]") }.contains { $0 == nil }
            if !found { return difference(first, other, at: "\(path)[\(place)]") }
        }
        return nil
    }

    /// Things with names, as tools: those that were recorded must be there; more may be.
    private func named(_ items: [JSONValue], _ others: [JSONValue], at path: String) -> Difference? {
        for item in items {
            let name = item["name"]?.stringValue ?? ""
            guard let other = others.first(where: { $0["name"]?.stringValue == name }) else {
                return Difference(field: "\(path)[\(name)]", expected: item, actual: .null)
            }
            if let found = difference(item, other, at: "\(path)[\(name)]") { return found }
        }
        return nil
    }

    private func agree(_ recorded: String, _ live: String, key: String) -> Bool {
        guard !Self.free.contains(key), !RecordedText.hasMark(recorded) else { return true }
        guard isProtocol || isExecution || Self.spoken.contains(key) else { return true }
        return Self.withoutMarkers(recorded) == Self.withoutMarkers(live)
    }

    /// A traceback without the lines that point into the code: names of other lengths move them.
    private static func withoutMarkers(_ text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            line.isEmpty || !line.allSatisfy { " ^~".contains($0) }
        }
    }
}
