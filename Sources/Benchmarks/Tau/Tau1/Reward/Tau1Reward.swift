public import JSON

/// The original τ-bench's verdict on a dialogue: equal data, and everything said that had to be said.
public struct Tau1Reward: Sendable, Hashable {
    /// Something that the agent had to tell the user.
    public struct OutputCheck: Sendable, Hashable {
        /// The text.
        public var output: String
        /// Whether it was found.
        public var isFound: Bool
    }

    /// 1 or 0.
    public var value: Double
    /// Whether the data ended up as after the expected actions.
    public var actionsMatch: Bool
    /// What had to be said, in the task's order; empty where the task asks for nothing.
    public var outputs: [OutputCheck]
    /// Whether the task's expected actions did their work and yet change nothing; such a verdict deserves no trust.
    public var isGoldInert: Bool

    /// Where the data differ from those after the expected actions, as `[{path, old, new}]`.
    public var worldDifference: [JSONValue] = []

    /// How a `respond` without text is taken when the outputs are looked for.
    public enum MissingText: Sendable, Hashable {
        /// As an answer that says nothing.
        case saysNothing
        /// As the official code does: an exception, which ends the run with reward 0.
        case raises
    }

    /// Grades what the agent has done in an environment.
    ///
    /// Only the agent's answers to the user are searched for outputs, as substrings in lower case, with commas taken out of
    /// the answers alone. Throws what the official code raises for an answer that is no text, where `missingText` says so.
    public init(
        of environment: Tau1Environment, missingText: MissingText = .saysNothing
    ) throws(PythonException) {
        let gold = Tau1Gold(of: environment.task, in: environment.domain)
        actionsMatch = environment.world.hasSameData(as: gold.world)
        isGoldInert = gold.isInert
        if !actionsMatch {
            worldDifference = WorldDifference.json(environment.world.database.differences(from: gold.world.database))
        }
        outputs = try Self.check(environment.task.outputs, in: environment.actions, missingText)
        value = actionsMatch && outputs.allSatisfy(\.isFound) ? 1 : 0
    }

    private static func check(
        _ outputs: [String], in actions: [Tau1Action], _ missingText: MissingText
    ) throws(PythonException) -> [OutputCheck] {
        guard !outputs.isEmpty else { return [] }
        let contents = actions.filter(\.isRespond).map { $0.arguments["content"] ?? .null }
        var checks: [OutputCheck] = []
        for output in outputs {
            let wanted = output.lowercasedLikePython()
            var isFound = false
            for content in contents where !isFound {
                guard let text = content.stringValue else {
                    if missingText == .raises { throw .attribute("lower", ofType: content.pythonTypeName) }
                    continue
                }
                isFound = text.lowercasedLikePython().replacingText(",", with: "").containsText(wanted)
            }
            checks.append(OutputCheck(output: output, isFound: isFound))
        }
        return checks
    }
}

extension Tau1Reward {
    /// The verdict as official results write it under `reward_info`.
    ///
    /// Where the task has outputs, they stand in the place of the verdict on the data: an official habit. Only a verdict
    /// without outputs needs the digest of the state that counts as right, and costs hashing the data once a task.
    public func json(for task: Tau1Task, in domain: Tau1Domain) -> JSONValue {
        [
            "reward": JSONValue(value), "info": info(for: task, in: domain),
            "actions": .array(task.actions.map(\.json)),
        ]
    }

    private func info(for task: Tau1Task, in domain: Tau1Domain) -> JSONValue {
        guard !outputs.isEmpty else {
            return [
                "r_actions": JSONValue(actionsMatch ? 1.0 : 0.0), "gt_data_hash": .string(domain.goldDigest(of: task)),
            ]
        }
        var found = JSONObject()
        for check in outputs { found[check.output] = .bool(check.isFound) }
        return ["r_outputs": JSONValue(outputsScore), "outputs": .object(found)]
    }

    /// 1 when everything was said, else 0: the official `r_outputs`.
    public var outputsScore: Double { outputs.allSatisfy(\.isFound) ? 1 : 0 }
}
