public import JSON

extension EvaluationError {
    /// The error as it stands in journals and `samples.jsonl`.
    public var json: JSONValue {
        var object: JSONObject = [
            "code": .string(code.rawValue), "message": .string(message), "cause": .string(cause.rawValue),
            "retry": retry.json,
        ]
        if let location {
            object["location"] = [
                "file": .string(location.file), "line": JSONValue(location.line), "column": JSONValue(location.column),
            ]
        }
        if let step { object["step"] = .string(step) }
        if let advice { object["advice"] = .string(advice) }
        if let underlying { object["underlying"] = .string(underlying) }
        return .object(object)
    }

    /// Reads what ``json`` writes; nil when code, message or a known cause is missing.
    public init?(json: JSONValue) {
        guard let code = json["code"]?.stringValue, let message = json["message"]?.stringValue,
            let cause = json["cause"]?.stringValue.flatMap(Cause.init)
        else { return nil }
        self.init(Code(code), message, cause: cause, retry: RetryAdvice(json: json["retry"] ?? .null))
        if let place = json["location"], let file = place["file"]?.stringValue, let line = place["line"]?.intValue,
            let column = place["column"]?.intValue
        {
            location = SourceLocation(file: file, line: line, column: column)
        }
        step = json["step"]?.stringValue
        advice = json["advice"]?.stringValue
        underlying = json["underlying"]?.stringValue
    }
}

extension RetryAdvice {
    /// `never`, `worthwhile`, or `{after: {seconds, attoseconds}}`.
    public var json: JSONValue {
        switch self {
        case .never: return "never"
        case .worthwhile: return "worthwhile"
        case .after(let delay):
            let (seconds, attoseconds) = delay.components
            return ["after": ["seconds": .int(seconds), "attoseconds": .int(attoseconds)]]
        }
    }

    /// Reads what ``json`` writes; anything else is ``never``.
    public init(json: JSONValue) {
        if let after = json["after"] {
            self = .after(
                Duration(
                    secondsComponent: Int64(after["seconds"]?.intValue ?? 0),
                    attosecondsComponent: Int64(after["attoseconds"]?.intValue ?? 0)))
        } else {
            self = json.stringValue == "worthwhile" ? .worthwhile : .never
        }
    }
}
