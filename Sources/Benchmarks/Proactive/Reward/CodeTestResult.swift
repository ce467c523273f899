public import JSON

/// How a program ended with its tests.
public struct CodeTestResult: Sendable, Hashable {
    /// Whether every assertion held and the program ran to its end.
    public var passed: Bool
    /// The program's exit status.
    public var exitStatus: Int
    /// Whether its time was up.
    public var timedOut: Bool
    /// How long it ran.
    public var durationMilliseconds: Int
    /// The end of what it wrote to standard error.
    public var standardErrorTail: String
    /// What kept it apart from the machine: `bubblewrap`, `unshare`, `weak`.
    public var sandbox: String
    /// How many of the assertions held; nil unless they were tried one by one.
    public var assertionsHeld: Int?
    /// How many assertions there are, where they were tried one by one.
    public var assertions: Int?

    /// Records an end.
    public init(
        passed: Bool, exitStatus: Int, timedOut: Bool, durationMilliseconds: Int, standardErrorTail: String,
        sandbox: String, assertionsHeld: Int? = nil, assertions: Int? = nil
    ) {
        self.passed = passed
        self.exitStatus = exitStatus
        self.timedOut = timedOut
        self.durationMilliseconds = durationMilliseconds
        self.standardErrorTail = standardErrorTail
        self.sandbox = sandbox
        self.assertionsHeld = assertionsHeld
        self.assertions = assertions
    }

    /// The result as reports hold it.
    public var json: JSONObject {
        var object: JSONObject = [
            "passed": .bool(passed), "exit": JSONValue(exitStatus), "timed_out": .bool(timedOut),
            "duration_ms": JSONValue(durationMilliseconds), "stderr_tail": .string(standardErrorTail),
            "sandbox": .string(sandbox),
        ]
        if let assertionsHeld { object["assertions_held"] = JSONValue(assertionsHeld) }
        if let assertions { object["assertions"] = JSONValue(assertions) }
        return object
    }

    /// Reads what ``json`` writes; what is missing counts as none.
    public init(json: JSONValue) {
        self.init(
            passed: json["passed"]?.boolValue ?? false, exitStatus: json["exit"]?.intValue ?? 0,
            timedOut: json["timed_out"]?.boolValue ?? false, durationMilliseconds: json["duration_ms"]?.intValue ?? 0,
            standardErrorTail: json["stderr_tail"]?.stringValue ?? "", sandbox: json["sandbox"]?.stringValue ?? "",
            assertionsHeld: json["assertions_held"]?.intValue, assertions: json["assertions"]?.intValue)
    }
}
