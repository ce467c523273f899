public import Evaluation
public import JSON

/// How well the task was done, with the evidence.
public struct TaskScore: Sendable, Hashable {
    /// From 0 to 1.
    public var score: Double
    /// How it was found: `tests`, `no_tests`, `code_present`, `no_code`, `no_output`, `constant`, `rules`.
    public var method: String
    /// The test program's end; nil where none ran.
    public var tests: CodeTestResult?

    /// Records a score.
    public init(score: Double, method: String, tests: CodeTestResult? = nil) {
        self.score = score
        self.method = method
        self.tests = tests
    }

    /// The score as reports hold it.
    public var json: JSONObject {
        var object: JSONObject = ["score": JSONValue(score), "method": .string(method)]
        if let tests { object["tests"] = .object(tests.json) }
        return object
    }

    /// Reads what ``json`` writes.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`, cause `gage`) without a score.
    public init(json: JSONValue) throws(EvaluationError) {
        guard let score = json["score"]?.doubleValue, let method = json["method"]?.stringValue else {
            throw EvaluationError(.dataMalformed, "\(json.text()) is no task score", cause: .gage)
        }
        self.init(score: score, method: method, tests: json["tests"].map(CodeTestResult.init))
    }
}
