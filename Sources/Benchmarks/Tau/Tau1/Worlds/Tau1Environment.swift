public import JSON

/// The original τ-bench's environment for one task: the world, what the agent has done in it, and whether it is over.
///
/// It is a value and talks to nobody: an answer to the user comes back as ``Tau1StepResult/awaitsUser(content:)``, and what
/// the user says is told to ``hear(_:)``. There is no limit of steps here.
public struct Tau1Environment: Sendable {
    /// The task.
    public let task: Tau1Task
    /// The environment's data, tools and tasks.
    public let domain: Tau1Domain
    /// The data as the agent's calls have left them.
    public private(set) var world: Tau1World
    /// Everything that the agent has done, answers to the user and failed calls included.
    public private(set) var actions: [Tau1Action] = []
    /// Whether the dialogue has ended officially: the user has said the stop token, or a terminating tool was called.
    public private(set) var isDone = false

    /// What a user says to end the dialogue, anywhere in a message.
    public static let stopToken = "###STOP###"

    /// Puts an agent before a task, with fresh data.
    public init(_ task: Tau1Task, in domain: Tau1Domain) {
        self.task = task
        self.domain = domain
        world = domain.makeWorld()
    }

    /// Performs one action of the agent.
    ///
    /// A terminating tool ends the dialogue even when its arguments were wrong.
    public mutating func step(_ action: Tau1Action) -> Tau1StepResult {
        actions.append(action)
        if action.isRespond {
            guard let content = action.arguments["content"] else {
                return .aborted(PythonException(.keyError, "'content'"))
            }
            return .awaitsUser(content: content)
        }
        do throws(PythonException) {
            guard let outcome = try world.call(action.name, arguments: action.arguments) else {
                return .observation(.init(content: "Unknown action \(action.name)", isError: true))
            }
            if domain.terminatingTools.contains(action.name) { isDone = true }
            return .observation(outcome)
        } catch {
            return .aborted(error)
        }
    }

    /// Takes what the user has answered, which may end the dialogue.
    public mutating func hear(_ reply: String) {
        if reply.containsText(Self.stopToken) { isDone = true }
    }
}

/// What came of one action in the original τ-bench.
public enum Tau1StepResult: Sendable, Hashable {
    /// What the agent reads; the official `source` is the action's name.
    case observation(ToolOutcome)
    /// The agent has spoken, and the user has to answer; a model without text has said null.
    case awaitsUser(content: JSONValue)
    /// An exception that the official environment does not catch, which ends the run with reward 0.
    case aborted(PythonException)
}
