import Evaluation
import JSON

extension EvaluationError {
    /// A store, profile or catalogue that is not of the documented shape.
    static func malformedPause(_ message: String) -> EvaluationError {
        EvaluationError(.dataMalformed, message, cause: .task)
    }
}

/// Reads the fields of an object that came from a file, and names what cannot be used.
struct PauseFields {
    let object: JSONObject
    let owner: String

    init(_ object: JSONObject, of owner: String) {
        self.object = object
        self.owner = owner
    }

    func text(_ key: String) throws -> String {
        guard let text = object[key]?.stringValue else { throw wrong(key, "text") }
        return text
    }

    func integer(_ key: String) throws -> Int {
        guard let value = object[key]?.intValue else { throw wrong(key, "an integer") }
        return value
    }

    func number(_ key: String) throws -> Double {
        guard let value = object[key]?.doubleValue, value.isFinite else { throw wrong(key, "a number") }
        return value
    }

    func list(_ key: String) throws -> [JSONValue] {
        guard let value = object[key]?.arrayValue else { throw wrong(key, "a list") }
        return value
    }

    func nested(_ key: String) throws -> PauseFields {
        guard let value = object[key]?.objectValue else { throw wrong(key, "an object") }
        return PauseFields(value, of: "'\(key)' of \(owner)")
    }

    func moment(_ key: String) throws -> DayTime {
        guard let moment = DayTime(lenient: try text(key)) else { throw wrong(key, "a time YYYY-MM-DDTHH:MM:SS") }
        return moment
    }

    private func wrong(_ key: String, _ wanted: String) -> EvaluationError {
        let found = object[key].map { "not \($0.typeName)" } ?? "which is missing"
        return .malformedPause("'\(key)' of \(owner) must be \(wanted), \(found)")
    }
}
