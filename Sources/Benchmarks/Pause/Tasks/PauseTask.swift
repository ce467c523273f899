public import JSON

/// One task: what the user wants, what has to be reached, and, where a program knows it, how.
public struct PauseTask: Sendable, Hashable {
    /// The two groups in which results are reported.
    public enum Difficulty: String, Sendable, Hashable, CaseIterable {
        /// One look at visible data.
        case easy
        /// Gates, hidden state, several steps.
        case hard
    }

    /// What the user is told to want, in the second person; for shopping the whole role-play text.
    public var instruction: String
    /// A short name for the kind of task.
    public var label: String
    /// What has to be reached: sentences, or for shopping one `{"transaction": {…}}` object.
    public var targets: [JSONValue]
    /// The group in which it is reported.
    public var difficulty: Difficulty
    /// For shopping: the user's hidden plan.
    public var shoppingPlan: JSONObject?
    /// How a program solves it, and what follows from that.
    public var gold: PauseGold?
    /// The log of the trajectory that was chosen as reference, relative to the run's directory or absolute.
    public var annotatedLogPath: String?
    /// Members that later stages add (`aligned_targets`, …), kept as they are.
    public var extras: JSONObject

    /// Describes a task.
    public init(
        instruction: String, label: String, targets: [JSONValue], difficulty: Difficulty,
        shoppingPlan: JSONObject? = nil, gold: PauseGold? = nil
    ) {
        self.instruction = instruction
        self.label = label
        self.targets = targets
        self.difficulty = difficulty
        self.shoppingPlan = shoppingPlan
        self.gold = gold
        extras = [:]
    }

    /// The targets as sentences; a target that is an object is its JSON text.
    public var targetTexts: [String] { targets.map { $0.stringValue ?? $0.text() } }

    /// For shopping: what the user says first, as far as the plan has it in words.
    public var openingRequest: String? { shoppingPlan?["opening_request"]?.stringValue }

    /// For shopping: the order that has to be there at the end.
    public var expectedTransaction: JSONObject? { targets.first?["transaction"]?.objectValue }
}
