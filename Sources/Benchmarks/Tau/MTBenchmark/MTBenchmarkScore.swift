public import Evaluation
public import JSON

/// One line of the scores: an attempt at a task, as the MT-benchmark writes it.
public struct MTBenchmarkScore: Sendable {
    /// The environment.
    public var subset: String
    /// The task's id.
    public var task: Int
    /// The attempt, counted from 0.
    public var trial: Int
    /// What the user was told.
    public var prompt: String
    /// The tool calls that the agent made.
    public var result: String
    /// The tool calls that were expected.
    public var truth: String
    /// The reward; nil where the attempt could not be scored.
    public var score: Double?
    /// Wall-clock time in milliseconds.
    public var duration: Int
    /// Why there is no score.
    public var error: String?

    /// Reads a finished episode of τ-bench; nil for an episode of anything else.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) for one whose sample is broken.
    public init?(_ record: EpisodeRecord) throws(EvaluationError) {
        guard let facts = try MTBenchmarkScore.facts(of: record) else { return nil }
        subset = facts.environment
        task = facts.task.id
        trial = record.id.trial
        prompt = facts.task.instruction
        result = Self.text(of: Self.calls(in: record.trajectory, facts.agentStrategy)) ?? Self.noCalls
        truth = Self.text(of: facts.task.actions) ?? ""
        duration = Int((record.duration * 1000).rounded())
        switch record.outcome {
        case .scored: score = record.judgeOutput["tau_bench"]?["reward"]?.doubleValue
        case .unscorable(let reason): error = reason
        case .errored(let failure): error = Self.text(of: failure)
        }
        if score == nil, error == nil { error = "the judge left no reward" }
    }

    /// What an episode's sample says about its task; nil for an episode of anything else than τ-bench.
    static func facts(of record: EpisodeRecord) throws(EvaluationError) -> Tau1SampleFacts? {
        guard record.sample["metadata"]?["tau_bench"] != nil else { return nil }
        return try Tau1SampleFacts(try Sample(json: record.sample))
    }

    /// The messages of an episode in the shape of official results, one JSON object each; empty where there are none.
    public static func messages(of record: EpisodeRecord) throws(EvaluationError) -> [JSONValue] {
        guard let facts = try facts(of: record) else { return [] }
        return Tau1Messages.official(record.trajectory, strategy: facts.agentStrategy)
    }

    /// The tool calls that the agent made, in order; texts to the user are not among them.
    private static func calls(in trajectory: Trajectory, _ strategy: Tau1AgentStrategy) -> [Tau1Action] {
        let reader = Tau1ActionReader(strategy: strategy)
        return trajectory.entries.filter { $0.speaker == .agent }.compactMap { entry in
            // A message that cannot be read called nothing.
            guard let action = try? reader.action(of: entry.message), !action.isRespond else { return nil }
            return action
        }
    }

    /// The line: `task-id, prompt, result, truth, score, duration`, then `trial` and `error` where they say something.
    public func json(withTrial: Bool) -> JSONObject {
        var line: JSONObject = [
            "task-id": .string("task-\(task)"), "prompt": .string(prompt), "result": .string(result),
            "truth": .string(truth),
        ]
        line["score"] = JSONValue(optional: score)
        line["duration"] = JSONValue(duration)
        if withTrial { line["trial"] = JSONValue(trial) }
        if let error { line["error"] = .string(error) }
        return line
    }

    private static let noCalls = "No actions executed"

    /// Calls as `name({"key": "value"})`, joined by commas; nil when there are none.
    private static func text(of calls: [Tau1Action]) -> String? {
        guard !calls.isEmpty else { return nil }
        return calls.map { "\($0.name)(\(JSONValue.object($0.arguments).text(.python)))" }.joined(separator: ",")
    }

    private static func text(of error: EvaluationError) -> String {
        let cause = "\(error.message) [\(error.code.rawValue), cause: \(error.cause.rawValue)]"
        return error.advice.map { "\(cause); \($0)" } ?? cause
    }
}
