import JSON

/// What AppWorld's evaluation says about one task, whichever of its spellings it uses.
struct EvaluationReport: Sendable, Hashable {
    /// Whether the task is done, in percent: 0 or 100.
    var tgc: Double
    /// The same, which the evaluation of one task gives under the scenario's name too.
    var sgc: Double?
    var passes: [JSONValue]?
    var failures: [JSONValue]?
    var difficulty: Int?

    /// Reads an evaluation; nil when it does not say whether the task is done.
    init?(_ value: JSONValue, task: String) {
        guard value.objectValue != nil else { return nil }
        let single = value["individual"]?[task] ?? value
        let tests = single["tests"] ?? single
        passes = tests["passes"]?.arrayValue
        failures = (tests["fails"] ?? tests["failures"])?.arrayValue
        difficulty = (single["difficulty"] ?? value["difficulty"])?.intValue
        let places = [value, value["aggregate"] ?? .null]
        let own = single["success"]?.boolValue.map { $0 ? 100.0 : 0 }
        let told = Self.number(["tgc", "task_goal_completion", "task_completion"], in: places)
        guard let tgc = told ?? own, (0...100).contains(tgc) else { return nil }
        self.tgc = tgc
        sgc = Self.number(["sgc", "scenario_goal_completion"], in: places)
    }

    /// Finds an evaluation in what a program printed: the whole text, or what stands between its outermost braces.
    init?(printed text: String, task: String) {
        let bytes = Array(text.utf8)
        guard let start = bytes.firstIndex(of: UInt8(ascii: "{")), let end = bytes.lastIndex(of: UInt8(ascii: "}")),
            start < end,
            // What is no JSON is prose, and the result is in a file.
            let value = try? JSONValue.parse(bytes: bytes[start...end])
        else { return nil }
        self.init(value, task: task)
    }

    private static func number(_ keys: [String], in places: [JSONValue]) -> Double? {
        for place in places {
            for key in keys {
                if let number = place[key]?.doubleValue { return number }
            }
        }
        return nil
    }

    /// The evaluation under the names that metrics read.
    var json: JSONObject {
        var object: JSONObject = ["tgc": JSONValue(tgc)]
        if let sgc { object["sgc"] = JSONValue(sgc) }
        var tests: JSONObject = [:]
        if let passes { tests["passes"] = .array(passes) }
        if let failures { tests["fails"] = .array(failures) }
        if !tests.isEmpty { object["tests"] = .object(tests) }
        if let difficulty { object["difficulty"] = JSONValue(difficulty) }
        return object
    }
}
