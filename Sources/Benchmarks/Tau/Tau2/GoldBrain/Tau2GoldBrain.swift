import Evaluation
import JSON
public import Models

/// Plays perfect agents and users of τ²-bench, and a judge that is always content: for mock servers and tests.
///
/// Which side and which task follow from the request's episode and purpose: sample ids are `<domain>_<task>`, as the
/// preprocessor makes them. An agent that was given a respond tool speaks through it; one that was given `done` works
/// alone.
public struct Tau2GoldBrain: MockBrain {
    /// How perfect the agent is.
    public enum Variant: String, Sendable, Hashable, CaseIterable {
        /// It carries out every expected action.
        case gold
        /// It leaves out the last action that changes anything.
        case dropWrite = "drop_write"
        /// It does the one or the other, or the user hangs up at once: by task and trial, always the same.
        case mixed
    }

    /// How one attempt goes.
    private enum Course {
        case gold
        case dropWrite
        case hangUp
    }

    private let store: Tau2DataStore
    private let dataDirectory: String
    private let variant: Variant
    private let respondTool: String

    /// A brain that knows the official tasks below a data directory.
    public init(
        dataDirectory: String, store: Tau2DataStore = Tau2DataStore(), variant: Variant = .gold,
        respondTool: String = "respond"
    ) {
        self.dataDirectory = dataDirectory
        self.store = store
        self.variant = variant
        self.respondTool = respondTool
    }

    /// The answer to a request; a failure that says why where no task can be told from it.
    public func reply(to request: MockRequest) async -> MockReply {
        guard let sample = request.episode?.sample else {
            return MockReply(failure: .exhausted("the request does not say which episode it is of"))
        }
        do {
            guard let (domain, task) = try await task(ofSample: sample) else {
                return MockReply(failure: .exhausted("'\(sample)' is no tau2 sample"))
            }
            return reply(to: request, task: task, domain: domain)
        } catch {
            return MockReply(failure: .exhausted(error.message))
        }
    }

    /// The answer to a request about a task.
    public func reply(to request: MockRequest, task: Tau2Task, domain: Tau2Domain) -> MockReply {
        let course = course(of: task, in: domain, trial: request.episode?.trial ?? 0)
        switch request.purpose {
        case "agent": return agentReply(to: request, task: task, domain: domain, course)
        case "user" where course == .hangUp: return MockReply("Never mind. \(Tau2Token.stop)")
        case "user": return userReply(to: request, task: task, domain: domain, course)
        default: return Self.judgeReply(task: task)
        }
    }

    /// In a mixed variant half of the attempts succeed, as a digest of task and trial says.
    private func course(of task: Tau2Task, in domain: Tau2Domain, trial: Int) -> Course {
        switch variant {
        case .gold: return .gold
        case .dropWrite: return .dropWrite
        case .mixed:
            let digest = sha256Hex("\(domain.taskSet.domain)/\(task.id)/\(trial)".utf8)
            switch digest.utf8.last.map({ $0 % 4 }) {
            case 0: return .dropWrite
            case 1: return .hangUp
            default: return .gold
            }
        }
    }

    private func task(ofSample sample: String) async throws(EvaluationError) -> (Tau2Domain, Tau2Task)? {
        let names = Set(Tau2TaskSet.all.map(\.domain)).sorted { $0.utf8.count > $1.utf8.count }
        guard let name = names.first(where: { sample.hasPrefix("\($0)_") }) else { return nil }
        let domain = try await store.domain(named: name, dataDirectory: dataDirectory)
        guard let task = domain.task(String(sample.dropFirst(name.count + 1))) else { return nil }
        return (domain, task)
    }

    private func agentReply(
        to request: MockRequest, task: Tau2Task, domain: Tau2Domain, _ course: Course
    ) -> MockReply {
        let isSolo = request.tools.contains { $0.name == Tau2Prompts.doneTool }
        let script = script(of: task, domain: domain, isSolo: isSolo, course)
        let said = spoken(in: request, skipping: opening(of: task, isSolo: isSolo).filter(\.isForAgent).count)
        let move = script.agentMove(calls: said.calls, texts: said.texts)
        guard case .say(let text) = move else { return MockReply(move) }
        if isSolo { return MockReply(toolCalls: [ToolCall(id: "", name: Tau2Prompts.doneTool, arguments: [:])]) }
        guard request.tools.contains(where: { $0.name == respondTool }) else { return MockReply(text) }
        return MockReply(
            toolCalls: [ToolCall(id: "", name: respondTool, arguments: ["message": .string(text)])])
    }

    private func userReply(
        to request: MockRequest, task: Tau2Task, domain: Tau2Domain, _ course: Course
    ) -> MockReply {
        let script = script(of: task, domain: domain, isSolo: false, course)
        let opening = opening(of: task, isSolo: false)
        let said = spoken(in: request, skipping: opening.filter(\.isForUser).count)
        // Where a history leaves the floor to the agent, the user has already said why he calls.
        let hasOpened =
            opening.last.map { $0.role == .user || ($0.role == .tool && $0.requestor == .assistant) } ?? false
        return MockReply(script.userMove(calls: said.calls, texts: said.texts + (hasOpened ? 1 : 0)))
    }

    private func script(
        of task: Tau2Task, domain: Tau2Domain, isSolo: Bool, _ course: Course
    ) -> Tau2GoldScript {
        var actions = task.evaluationCriteria?.actions ?? []
        if course == .dropWrite,
            let last = actions.lastIndex(where: { domain.toolKind($0.name)?.mutatesState == true })
        {
            actions.remove(at: last)
        }
        return Tau2GoldScript(task: task, actions: actions, isSolo: isSolo)
    }

    /// What stands in the conversation before anybody was asked.
    private func opening(of task: Tau2Task, isSolo: Bool) -> [Tau2Message] {
        let history = task.initialState?.messageHistory ?? []
        if !history.isEmpty { return history }
        return isSolo ? [] : [Tau2Message(role: .assistant, content: Tau2Prompts.greeting)]
    }

    /// How many calls and texts the asking side has made, instructions and opening left out.
    private func spoken(in request: MockRequest, skipping opening: Int) -> (calls: Int, texts: Int) {
        let conversation = request.messages.drop { $0.role == .system || $0.role == .developer }
        var (calls, texts) = (0, 0)
        for message in conversation.dropFirst(opening) where message.role == .assistant {
            let own = message.toolCalls.filter { $0.name != respondTool }
            calls += own.count
            if own.isEmpty { texts += 1 }
        }
        return (calls, texts)
    }

    /// A judge that finds everything true.
    private static func judgeReply(task: Tau2Task) -> MockReply {
        let statements = task.evaluationCriteria?.naturalLanguageAssertions ?? []
        let results = statements.map { statement -> JSONValue in
            [
                "expectedOutcome": .string(statement), "reasoning": "a mock judge finds everything true",
                "metExpectation": true,
            ]
        }
        return MockReply(JSONValue.object(["results": .array(results)]).text())
    }
}

extension MockReply {
    /// A move as a model's reply.
    init(_ move: Tau2GoldScript.Move) {
        switch move {
        case .say(let text): self.init(text)
        case .call(let action, index: let index):
            self.init(
                toolCalls: [ToolCall(id: "call_\(index + 1)", name: action.name, arguments: action.arguments)])
        }
    }
}
