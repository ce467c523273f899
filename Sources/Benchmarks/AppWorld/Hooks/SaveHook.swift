import Evaluation
import JSON

/// `appworld_save`: writes the world's state where the evaluation looks for it; before that nothing is on disk.
struct SaveHook: AgentHook {
    let parameters: SaveParameters
    let servers: AppWorldServers

    func run(on episode: inout Episode, in scope: EpisodeScope) async throws {
        guard var session = AppWorldSession.of(episode) else {
            throw EvaluationError(
                .configurationInvalid, "'appworld_save' finds no world to save", cause: .configuration,
                advice: "let 'appworld_initialize' be one of the agent's 'pre_hooks'")
        }
        if let address = parameters.environment {
            session.server = try await servers.servers(
                in: scope,
                overrides: .init(environment: address, apis: session.server.addresses.apis))
        }
        session.server.timeout = .bounded(seconds: parameters.timeout)
        try await session.server.save(task: session.task.id)
        session.isSaved = true
        session.keep(in: &episode)
    }
}
