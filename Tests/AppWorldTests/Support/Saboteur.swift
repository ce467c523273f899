import Evaluation
import JSON
import Models
import Sandboxes
import Synchronization

/// An agent's model that takes the container away from under one task, once, and goes on as if nothing had happened.
final class Saboteur: ChatModel {
    let name = "saboteur"
    private let base: any ChatModel
    private let task: String
    private let run: String
    /// Whether it was done.
    private let isDone = Atomic(false)

    init(_ base: any ChatModel, task: String, run: String) {
        self.base = base
        self.task = task
        self.run = run
    }

    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        if context.episode.sample == task, context.purpose == "agent", context.index == 3,
            !isDone.exchange(true, ordering: .acquiringAndReleasing)
        {
            let client = try await DockerClient.connect(environment: StandInRun.environment)
            let labels = ["gage.run=\(run)", "gage.episode=\(context.episode)"]
            for container in try await client.listContainers(labels: labels) {
                try await client.removeContainer(container.id)
            }
        }
        return try await base.respond(to: request, in: context)
    }
}
