import Evaluation
import JSON

/// The parameters of `implementation: command` of a role adapter.
struct ProgramRoleParameters: Parameters {
    var program = ProgramSettings()
    var agent = AgentParameters()

    static var fields: [ParameterField<Self>] {
        ProgramSettings.fields.map { .init(of: \.program, $0) } + AgentParameters.fields.map { .init(of: \.agent, $0) }
    }
}

/// `implementation: command` of a role adapter: a program judges, or speaks as the agent.
struct ProgramRole: RoleDependent {
    private let parameters: ProgramRoleParameters
    private let program: Program
    let contract = StepContract()

    init(_ parameters: ProgramRoleParameters) throws {
        self.parameters = parameters
        program = try Program(parameters.program)
    }

    func playing(_ role: RoleType) -> any RoleAdapter {
        switch role {
        case .dutAgent: ProgramAgent(agent: AgentRole(parameters.agent), program: program)
        default: ProgramJudge(program: program)
        }
    }

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        try await playing(scope.adapter.role).perform(on: &episode, in: scope)
    }
}

/// A program that judges.
struct ProgramJudge: RoleAdapter {
    let program: Program
    let contract = StepContract(reads: [.prediction], writes: [.verdicts])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let answer = try await program.ask(.judge, ProgramView.judged(episode))
        let reason = answer["unscorable"]?.stringValue
        guard let verdict = answer["verdict"]?.objectValue ?? (reason == nil ? nil : [:]) else {
            throw program.failure(
                .judge, .programMalformedReply, "answered without a 'verdict'",
                advice: "answer {\"verdict\": {\"reward\": 1}} or {\"unscorable\": \"why\"}")
        }
        episode.verdicts.append(Verdict(judge: scope.adapter.id, output: verdict, unscorableReason: reason))
    }
}

/// A program that speaks as the agent: the dialogue is gage's, with its tools, limits and hooks.
struct ProgramAgent: RoleAdapter, ComponentReferring {
    var agent: AgentRole
    let program: Program

    var contract: StepContract { agent.contract }

    func resolved(in registry: Registry, into diagnostics: inout Diagnostics) -> Self {
        Self(agent: agent.resolved(in: registry, into: &diagnostics), program: program)
    }

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        var scope = scope
        scope.adapter.model = ProgramModel(program: program, task: .agent)
        try await agent.perform(on: &episode, in: scope)
    }
}
