public import JSON

/// A request that is answered with an error: its status, and what the client is told.
public struct APIProblem: Error, Sendable, Hashable {
    /// The HTTP status.
    public var status: Int
    /// A stable name of the kind of problem: `unknown_subset`.
    public var code: String
    /// What is wrong, in one sentence.
    public var message: String
    /// What the client can do, in one sentence.
    public var advice: String?
    /// What is wrong with which field.
    public var fields: [Field] = []
    /// The run that the problem is about.
    public var runID: String?
    /// Seconds after which trying again makes sense.
    public var retryAfter: Int?
    /// Anything else that helps, by name.
    public var details: JSONObject = [:]

    /// What is wrong with a field of the query or the body.
    public struct Field: Sendable, Hashable {
        /// The field's name.
        public var name: String
        /// What is wrong with it.
        public var message: String

        /// Describes what is wrong.
        public init(_ name: String, _ message: String) {
            self.name = name
            self.message = message
        }
    }

    /// Describes a problem.
    public init(_ status: Int, _ code: String, _ message: String, advice: String? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.advice = advice
    }

    /// A field that is missing or wrong (422).
    public static func field(_ name: String, _ message: String, advice: String? = nil) -> Self {
        invalid([Field(name, message)], advice: advice)
    }

    /// Several fields that are missing or wrong (422).
    public static func invalid(_ fields: [Field], advice: String? = nil) -> Self {
        var problem = Self(
            422, "invalid_request", fields.map { "\($0.name): \($0.message)" }.joined(separator: "; "), advice: advice)
        problem.fields = fields
        return problem
    }

    /// A run that is not there (404).
    public static func unknownRun(_ id: String) -> Self {
        Self(404, "unknown_run", "there is no run '\(id)'", advice: "GET /runs lists them")
    }

    /// The answer's body: `{"error": {"code", "message", …}}`.
    public var json: JSONValue {
        var error: JSONObject = ["code": .string(code), "message": .string(message)]
        if let advice { error["advice"] = .string(advice) }
        if !fields.isEmpty {
            error["fields"] = .array(
                fields.map { ["field": .string($0.name), "message": .string($0.message)] })
        }
        if let runID { error["run_id"] = .string(runID) }
        if let retryAfter { error["retry_after_s"] = JSONValue(retryAfter) }
        return ["error": .object(error.merging(details))]
    }
}
