public import Evaluation
public import JSON

/// One task of the original τ-bench: what the user wants, and what has to come of it.
public struct Tau1Task: Sendable, Hashable {
    /// Its position in the list of its split, which is how official results name it.
    public var id: Int
    /// The customer, for the reader; the agent has to ask.
    public var userID: String
    /// What the simulated user is told.
    public var instruction: String
    /// The actions that lead to the state that counts as right.
    public var actions: [Tau1Action]
    /// What the agent must have told the user, as substrings; empty where only the data count.
    public var outputs: [String]

    /// Makes a task.
    public init(id: Int, userID: String, instruction: String, actions: [Tau1Action], outputs: [String] = []) {
        self.id = id
        self.userID = userID
        self.instruction = instruction
        self.actions = actions
        self.outputs = outputs
    }

    /// Reads a task in the official shape `{user_id, instruction, actions, outputs}`.
    ///
    /// `position` is its place in the list. An action that speaks to the user is refused: the official grader would ask the
    /// user simulator while grading, and count the text as the agent's. Throws ``EvaluationError`` (`data.malformed`).
    public init(json: JSONValue, position: Int) throws(EvaluationError) {
        let owner = "task \(position)"
        guard let object = json.objectValue else {
            throw EvaluationError(.dataMalformed, "\(owner) must be an object", cause: .task)
        }
        id = position
        userID = try object.requiredString("user_id", of: owner)
        instruction = try object.requiredString("instruction", of: owner)
        outputs = try object.optionalStrings("outputs", of: owner) ?? []
        actions = []
        for item in try object.optionalList("actions", of: owner) ?? [] {
            let action = try Tau1Action(json: item, owner: owner)
            guard !action.isRespond else {
                throw EvaluationError(
                    .dataMalformed, "\(owner) expects the action 'respond'", cause: .task,
                    advice: "expected actions are tool calls; what has to be said belongs into 'outputs'")
            }
            actions.append(action)
        }
    }

    /// The task as official results show it.
    public var json: JSONValue {
        [
            "user_id": .string(userID), "actions": .array(actions.map(\.json)), "instruction": .string(instruction),
            "outputs": .array(outputs.map { .string($0) }),
        ]
    }
}
