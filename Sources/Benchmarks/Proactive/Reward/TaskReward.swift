import Evaluation

/// R_task: how well a task was done, by tests where there are any.
public struct TaskReward: Sendable {
    /// How tasks are scored.
    public struct Settings: Sendable, Hashable {
        /// Whether programs are run; without, code alone counts as if there were no tests.
        public var runsTests = true
        /// Whether the share of assertions that hold counts instead of all or nothing.
        public var givesPartialCredit = false
        /// The score of code that has no tests.
        public var codeWithoutTests = 0.5
        /// How plans are scored.
        public var planning = PlanningScore.constant

        /// As published.
        public init() {}
    }

    /// How tasks are scored.
    public var settings: Settings
    /// Runs tests; nil where none are run.
    public var tests: (any CodeTesting)?

    /// Makes a scorer.
    public init(settings: Settings = Settings(), tests: (any CodeTesting)?) {
        self.settings = settings
        self.tests = tests
    }

    /// Scores what the assistant said, its messages joined or the last one alone.
    ///
    /// Throws ``EvaluationError``, cause `sandbox` or `configuration`, when the tests cannot be run; that is never a
    /// zero.
    public func score(_ output: String, for state: ProactiveState) async throws -> TaskScore {
        guard !output.trimmed.isEmpty else { return TaskScore(score: 0, method: "no_output") }
        guard state.domain == .coding else { return settings.planning.score(output, for: state) }
        guard let text = state.mbppTests, settings.runsTests else {
            let hasCode = MessageFacts(output).hasCode || output.contains("import ")
            return hasCode
                ? TaskScore(score: settings.codeWithoutTests, method: state.mbppTests == nil ? "no_tests" : "tests_off")
                : TaskScore(score: 0, method: "no_code")
        }
        guard let code = CodeExtraction.code(in: output) else { return TaskScore(score: 0, method: "no_code") }
        guard let tests else {
            throw EvaluationError(
                .configurationInvalid, "state '\(state.id)' has tests, and nothing to run them with",
                cause: .configuration, advice: "install python3, or score without tests (--no_tests)")
        }
        let result = try await tests.run(code: code, tests: text, isPartial: settings.givesPartialCredit)
        var score = result.passed ? 1.0 : 0
        if settings.givesPartialCredit, let held = result.assertionsHeld, let all = result.assertions, all > 0 {
            score = Double(held) / Double(all)
        }
        return TaskScore(score: score, method: "tests", tests: result)
    }

    /// Scores a trajectory: by its last message that has code, or its last.
    public func score(_ trajectory: ProactiveTrajectory) async throws -> TaskScore {
        let texts = trajectory.messages.map(\.text)
        let final =
            trajectory.state.domain == .coding
            ? texts.last { MessageFacts($0).hasCode } ?? texts.last : texts.last
        return try await score(final ?? "", for: trajectory.state)
    }
}

/// Runs a program with its tests.
public protocol CodeTesting: Sendable {
    /// Runs the program and says how it ended.
    ///
    /// With `isPartial` assertions are tried one by one and counted. What the program does is a result; throws only
    /// when it cannot be run.
    func run(code: String, tests: String, isPartial: Bool) async throws -> CodeTestResult
}
