public import JSON

/// How a program solves a task, and what has to be true afterwards.
public struct PauseGold: Sendable, Hashable {
    /// A call that the assistant makes.
    public struct Call: Sendable, Hashable {
        /// The tool, with its source or `med-` prefix.
        public var name: String
        /// The arguments.
        public var arguments: JSONObject
        /// The target that asks for exactly this call; nil for a call that only serves to learn something.
        public var target: Int?
        /// Arguments that may differ: free text such as a note.
        public var wildcards: [String]

        /// Describes a call.
        public init(name: String, arguments: JSONObject, target: Int? = nil, wildcards: [String] = []) {
            self.name = name
            self.arguments = arguments
            self.target = target
            self.wildcards = wildcards
        }
    }

    /// A call of a user tool that the assistant has to ask for.
    public struct UserAction: Sendable, Hashable {
        /// The number of assistant calls that come before it.
        public var before: Int
        /// The user tool.
        public var name: String
        /// The arguments; the value `"$transaction"` stands for the newest pending transaction.
        public var arguments: JSONObject

        /// Describes an action.
        public init(before: Int, name: String, arguments: JSONObject) {
            self.before = before
            self.name = name
            self.arguments = arguments
        }
    }

    /// A value that the assistant has to tell the user.
    public struct Answer: Sendable, Hashable {
        /// The target that asks for it.
        public var target: Int
        /// What the value is, in words.
        public var key: String
        /// The value: a number, or a text, date (`2025-03-04`) or time of day (`18:00`) as a string.
        public var value: JSONValue
        /// How far a number may be off.
        public var tolerance: Double
        /// The unit of a number (`steps`, `kcal`, `minutes`, `%`, …); nil where it has none.
        public var unit: String?

        /// Describes an answer.
        public init(target: Int, key: String, value: JSONValue, tolerance: Double = 0, unit: String? = nil) {
            self.target = target
            self.key = key
            self.value = value
            self.tolerance = tolerance
            self.unit = unit
        }
    }

    /// One thing that has to be true of the profile at the end.
    public struct StateCondition: Sendable, Hashable {
        /// A dotted path into the profile; with `+` at its end the list gains records, with `-` it loses them.
        public var path: String
        /// The value at the path; for `+` the new records without their ids (`"*"` for free text), for `-` the ids.
        public var value: JSONValue
        /// The target that asks for it; nil where it only follows from the way there.
        public var target: Int?

        /// Describes a condition.
        public init(path: String, value: JSONValue, target: Int? = nil) {
            self.path = path
            self.value = value
            self.target = target
        }
    }

    /// The assistant's calls, in order.
    public var toolCalls: [Call]
    /// What the user has to do meanwhile.
    public var userActions: [UserAction]
    /// What the assistant has to say.
    public var answers: [Answer]
    /// What has to be true of the profile afterwards.
    public var finalState: [StateCondition]
    /// Tools that must not be called, and predicates; see ``RuleJudge/Predicate``.
    public var forbidden: [String]

    /// Describes a solution.
    public init(
        toolCalls: [Call] = [], userActions: [UserAction] = [], answers: [Answer] = [],
        finalState: [StateCondition] = [], forbidden: [String] = []
    ) {
        self.toolCalls = toolCalls
        self.userActions = userActions
        self.answers = answers
        self.finalState = finalState
        self.forbidden = forbidden
    }

    /// All answers in sentences that the rule judge finds them in; empty when there are none.
    public var spokenAnswers: String {
        answers.map { answer in
            let value = answer.value.stringValue ?? answer.value.text()
            return "\(answer.key): \(value)\(answer.unit.map { " \($0)" } ?? "")."
        }.joined(separator: "\n")
    }
}
