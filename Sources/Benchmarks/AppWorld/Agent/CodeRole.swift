import Evaluation
import JSON

/// The parameters of `appworld_code`.
struct CodeParameters: Parameters {
    var outputLimit = 20_000
    var timeout = 300.0

    static var fields: [ParameterField<Self>] {
        [
            .init("max_output_chars", \.outputLimit, "The most characters of a program's output that the model sees.") {
                $0.minimum = 100
            },
            .init("timeout_s", \.timeout, "The longest wait for a program, in seconds; AppWorld's own limit is 100.") {
                $0.minimum = 1
            },
        ]
    }
}

/// `appworld_code`: lets the agent work by programs instead of tools.
struct CodeRole: RoleAdapter {
    let parameters: CodeParameters
    let servers: AppWorldServers

    let contract = StepContract(reads: [.sample], writes: [.world])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let task = try AppWorldTask(episode.sample)
        let server = try await servers.servers(in: scope, timeout: .bounded(seconds: parameters.timeout))
        episode.world = CodeWorld(server: server, task: task.id)
        episode.agent = CodeAgent(outputLimit: parameters.outputLimit)
        episode.supportOutputs.append(["agent_style": "code"])
    }
}
