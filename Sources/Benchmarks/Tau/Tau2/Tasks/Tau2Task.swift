public import JSON

/// One task of a τ²-bench domain: who calls, in what state the world is, and what has to come of it.
///
/// Unknown keys of the official files are ignored, as the official loader does.
public struct Tau2Task: Sendable, Hashable {
    /// Its name, unique within the domain.
    public var id: String
    /// What the task is for; only for the reader.
    public var description: JSONObject?
    /// What the simulated user is told.
    public var userScenario: Tau2UserScenario
    /// The request in writing, for an agent that works alone.
    public var ticket: String?
    /// What is already so when the dialogue begins.
    public var initialState: Tau2InitialState?
    /// What the agent is judged by; nil means that any finished dialogue passes.
    public var evaluationCriteria: Tau2EvaluationCriteria?
    /// Discussions of the task, kept for exports.
    public var issues: JSONValue
    /// Documents that a knowledge domain needs, kept for exports.
    public var requiredDocuments: [String]?
    /// The user tools that the simulated user gets; nil for all of the domain's.
    public var userTools: [String]?
}

/// What is already so when a dialogue begins.
public struct Tau2InitialState: Sendable, Hashable {
    /// Data merged into the agent's database.
    public var agentData: JSONObject?
    /// Data merged into the user's database.
    public var userData: JSONObject?
    /// Whether `initialization_data` was there at all, for exports.
    public var hasInitializationData: Bool
    /// Functions run on the world before anybody speaks; nil where the file says null.
    public var initializationActions: [EnvironmentCall]?
    /// What was already said and done; nil where the file says null.
    public var messageHistory: [Tau2Message]?
}

/// A call whose result must be a certain boolean once the dialogue has ended.
public struct Tau2EnvironmentAssertion: Sendable, Hashable {
    /// What is called.
    public var call: EnvironmentCall
    /// The result that is asked for.
    public var expected: Bool
    /// What the author says about a failure.
    public var message: String?
}

/// A tool call that a perfect dialogue contains.
public struct Tau2Action: Sendable, Hashable {
    /// Its name within the task.
    public var id: String
    /// Who makes the call.
    public var requestor: Requestor
    /// The tool's name.
    public var name: String
    /// The arguments by name.
    public var arguments: JSONObject
    /// What the author says about it.
    public var info: String?
    /// The arguments that have to agree; nil for those that the predicted call has.
    public var comparedArguments: [String]?
}

/// A part of the reward.
public enum Tau2RewardComponent: String, Sendable, Hashable, CaseIterable {
    /// The databases end up as after the expected actions.
    case database = "DB"
    /// The assertions on the world hold.
    case environmentAssertion = "ENV_ASSERTION"
    /// A judge finds the statements about the dialogue true.
    case naturalLanguageAssertion = "NL_ASSERTION"
    /// The expected calls were made.
    case action = "ACTION"
    /// The agent said what it had to say.
    case communicate = "COMMUNICATE"
}

/// What an agent is judged by.
public struct Tau2EvaluationCriteria: Sendable, Hashable {
    /// The calls of a perfect dialogue; nil where the file says null, which differs from none.
    public var actions: [Tau2Action]?
    /// What must hold in the world afterwards.
    public var environmentAssertions: [Tau2EnvironmentAssertion]?
    /// What the agent must have said, as substrings.
    public var communicateInfo: [String]?
    /// What a judge must find true of the dialogue.
    public var naturalLanguageAssertions: [String]?
    /// The parts whose product is the reward.
    public var rewardBasis: [Tau2RewardComponent]

    /// The parts that count where a task names none.
    public static let defaultRewardBasis: [Tau2RewardComponent] = [.database, .communicate]
}
