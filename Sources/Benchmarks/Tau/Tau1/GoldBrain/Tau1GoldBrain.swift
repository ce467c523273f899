import Evaluation
import JSON
public import Models

/// Plays perfect agents and content users of the original τ-bench: for mock servers and tests.
///
/// Which side and which task follow from the request's episode and purpose: sample ids are `<env>_<split>_<task>`, as the
/// preprocessor makes them. An agent that is shown no tools writes its actions as text.
public struct Tau1GoldBrain: MockBrain {
    /// How perfect the agent is.
    public enum Variant: String, Sendable, Hashable, CaseIterable {
        /// It carries out every expected action and says everything that has to be said.
        case gold
        /// It leaves out the last action that changes anything.
        case dropWrite = "drop_write"
    }

    private let store: Tau1DataStore
    private let dataDirectory: String
    private let variant: Variant

    /// A brain that knows the official tasks below a data directory.
    public init(dataDirectory: String, store: Tau1DataStore = Tau1DataStore(), variant: Variant = .gold) {
        self.dataDirectory = dataDirectory
        self.store = store
        self.variant = variant
    }

    /// The answer to a request; a failure that says why where no task can be told from it.
    public func reply(to request: MockRequest) async -> MockReply {
        guard let sample = request.episode?.sample else {
            return MockReply(failure: .exhausted("the request does not say which episode it is of"))
        }
        do {
            guard let (domain, task) = try await task(ofSample: sample) else {
                return MockReply(failure: .exhausted("'\(sample)' is no τ-bench sample"))
            }
            switch request.purpose {
            case "agent": return agentReply(to: request, task: task, domain: domain)
            case "user_verification": return MockReply("true")
            default: return Self.userReply(to: request)
            }
        } catch {
            return MockReply(failure: .exhausted(error.message))
        }
    }

    private func task(ofSample sample: String) async throws(EvaluationError) -> (Tau1Domain, Tau1Task)? {
        let parts = sample.split(separator: "_").map(String.init)
        guard parts.count == 3, let name = Tau1DomainName(rawValue: parts[0]), let id = Int(parts[2]) else {
            return nil
        }
        let domain = try await store.domain(name, dataDirectory: dataDirectory)
        return (domain, try domain.task(id, inSplit: parts[1]))
    }

    private func agentReply(to request: MockRequest, task: Tau1Task, domain: Tau1Domain) -> MockReply {
        let script = script(of: task, in: domain)
        let isWriting = request.tools.isEmpty
        let reader = Tau1ActionReader(strategy: isWriting ? .act : .toolCalling)
        let done = request.messages.count { message in
            // A message that cannot be read did nothing.
            guard message.role == .assistant, let action = try? reader.action(of: message) else { return false }
            return !action.isRespond
        }
        let action = done < script.count ? script[done] : Self.closing(of: task)
        if isWriting {
            let written = JSONValue.object(["name": .string(action.name), "arguments": .object(action.arguments)])
            return MockReply("Thought:\nThis comes next.\nAction:\n\(written.text(.python))")
        }
        if action.isRespond { return MockReply(action.arguments["content"]?.stringValue) }
        return MockReply(
            toolCalls: [ToolCall(id: "call_\(done + 1)", name: action.name, arguments: action.arguments)])
    }

    /// The expected actions; one that ends the dialogue comes last, and only where nothing has to be said.
    private func script(of task: Tau1Task, in domain: Tau1Domain) -> [Tau1Action] {
        let ends = { (action: Tau1Action) in domain.terminatingTools.contains(action.name) }
        var actions = task.actions.filter { !ends($0) }
        let world = domain.makeWorld()
        if variant == .dropWrite,
            let last = actions.lastIndex(where: { world.toolKind($0.name)?.mutatesState == true })
        {
            actions.remove(at: last)
        }
        if task.outputs.isEmpty, let end = task.actions.last(where: ends) { actions.append(end) }
        return actions
    }

    private static func closing(of task: Tau1Task) -> Tau1Action {
        let facts = task.outputs.isEmpty ? "" : "Here is what you asked for: \(task.outputs.joined(separator: "; ")). "
        return .respond(.string(facts + "Is there anything else that I can do for you?"))
    }

    /// Opens the dialogue, and is content with the first answer.
    private static func userReply(to request: MockRequest) -> MockReply {
        let hasSpoken = request.messages.contains { $0.role == .assistant }
        let text = hasSpoken ? Tau1Environment.stopToken : "Hello, I need help. Please go ahead."
        let isThinking = request.messages.first?.text?.containsText("User Response:") == true
        return MockReply(isThinking ? "Thought:\nI answer.\n\nUser Response:\n\(text)" : text)
    }
}
