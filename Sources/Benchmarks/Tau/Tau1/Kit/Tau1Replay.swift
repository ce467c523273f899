import Evaluation
import JSON

/// A recorded dialogue, gone through again in a fresh environment.
struct Tau1Replay {
    /// The environment as the dialogue left it.
    private(set) var environment: Tau1Environment
    /// Why the agent's last message could not be used; nil when all could.
    private(set) var failure: String?
    /// The official `source` of the last thing that the agent read: `user`, or a tool's name.
    private(set) var lastSource = "user"

    init(of trajectory: Trajectory, strategy: Tau1AgentStrategy, task: Tau1Task, in domain: Tau1Domain) {
        environment = Tau1Environment(task, in: domain)
        let reader = Tau1ActionReader(strategy: strategy)
        for entry in trajectory.entries {
            switch entry.speaker {
            case .agent: follow(entry.message, reader)
            case .user:
                // What the user says before the agent has spoken ends nothing.
                if !environment.actions.isEmpty { environment.hear(entry.message.text ?? "") }
            case .environment: break
            }
        }
    }

    private mutating func follow(_ message: Message, _ reader: Tau1ActionReader) {
        do throws(EvaluationError) {
            let action = try reader.action(of: message)
            switch environment.step(action) {
            case .observation: lastSource = action.name
            case .awaitsUser(let content):
                lastSource = "user"
                if !content.isNull, content.stringValue == nil {
                    failure = "the agent's answer to the user is \(content.typeName), not text"
                }
            case .aborted(let exception): failure = exception.message
            }
        } catch {
            failure = error.message
        }
    }
}
