public import Evaluation
public import JSON

extension ProactiveState {
    static let ownKeys: Set<String> = [
        "id", "domain", "query", "dialogue_turn", "prev_reject", "task_uncertainty", "mbpp_tests",
    ]

    /// The state as files hold it, with the fields that were passed through behind its own.
    public var json: JSONObject {
        var object = coreJSON
        if let mbppTests { object["mbpp_tests"] = .string(mbppTests) }
        for (key, value) in extras { object[key] = value }
        return object
    }

    /// The six fields that change or name a state, without tests and what was passed through.
    var coreJSON: JSONObject {
        [
            "id": .string(id), "domain": .string(domain.rawValue), "query": .string(query),
            "dialogue_turn": JSONValue(dialogueTurn), "prev_reject": JSONValue(prevReject),
            "task_uncertainty": JSONValue(taskUncertainty),
        ]
    }

    /// Reads a row of a data set or a state of a file.
    ///
    /// `fallbackID` names a row without an id. `domain`, where given, wins over the row's own. The uncertainty is
    /// estimated from the request where the row has none. Throws ``EvaluationError`` (`data.malformed`, cause `task`)
    /// saying which field is wrong.
    public init(
        json row: JSONObject, fallbackID: String? = nil, domain: ProactiveDomain? = nil
    ) throws(EvaluationError) {
        let id = Self.identifier(row["id"]) ?? fallbackID
        guard let id else { throw Self.malformed("a state needs an 'id'") }
        guard let query = row["query"]?.stringValue else {
            throw Self.malformed("state '\(id)' needs a 'query', a text")
        }
        let turn = try Self.count("dialogue_turn", in: row, state: id)
        let reject = try Self.count("prev_reject", in: row, state: id)
        guard reject <= 1 else { throw Self.malformed("state '\(id)': 'prev_reject' is 0 or 1, not \(reject)") }
        var tests: String?
        switch row["mbpp_tests"] {
        case nil, .null: break
        case .string(let text): tests = text.isEmpty ? nil : text
        case .some: throw Self.malformed("state '\(id)': 'mbpp_tests' is a text")
        }
        let ownDomain = if let domain { domain } else { try Self.domain(in: row, state: id) }
        self.init(
            id: id, domain: ownDomain, query: query, dialogueTurn: turn,
            prevReject: reject, taskUncertainty: try Self.uncertainty(in: row, state: id, query: query),
            mbppTests: tests)
        for (key, value) in row where !Self.ownKeys.contains(key) { extras[key] = value }
    }

    private static func malformed(_ message: String) -> EvaluationError {
        EvaluationError(
            .dataMalformed, message, cause: .task,
            advice: "a state is {id, domain, query, dialogue_turn, prev_reject, task_uncertainty}")
    }

    private static func identifier(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text): text.isEmpty ? nil : text
        case .int(let number): String(number)
        default: nil
        }
    }

    private static func domain(in row: JSONObject, state: String) throws(EvaluationError) -> ProactiveDomain {
        guard let value = row["domain"], !value.isNull else {
            throw malformed("state '\(state)' needs a 'domain'")
        }
        guard let domain = value.stringValue.flatMap(ProactiveDomain.init(rawValue:)) else {
            throw malformed("state '\(state)': 'domain' is coding or planning, not \(value.text())")
        }
        return domain
    }

    private static func count(
        _ key: String, in row: JSONObject, state: String
    ) throws(EvaluationError) -> Int {
        switch row[key] {
        case nil, .null: return 0
        case .bool(let flag): return flag ? 1 : 0
        case .some(let value):
            guard let number = value.doubleValue, number >= 0, number == number.rounded(), number < 1e9 else {
                throw malformed("state '\(state)': '\(key)' is a whole number from 0, not \(value.text())")
            }
            return Int(number)
        }
    }

    private static func uncertainty(
        in row: JSONObject, state: String, query: String
    ) throws(EvaluationError) -> Double {
        switch row["task_uncertainty"] {
        case nil, .null: return TaskUncertainty.estimate(query)
        case .some(let value):
            guard let number = value.doubleValue, (0...1).contains(number) else {
                throw malformed("state '\(state)': 'task_uncertainty' is a number from 0 to 1, not \(value.text())")
            }
            return number
        }
    }
}
