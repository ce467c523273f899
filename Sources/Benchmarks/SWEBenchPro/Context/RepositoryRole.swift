import Evaluation
import JSON

/// `swebench_repo`: makes the agent's copy of the repository ready, and shows the agent what is in it.
struct RepositoryRole: RoleAdapter {
    let parameters: RepositoryParameters

    let contract = StepContract(reads: [.sample, .messages], writes: [.messages, .world, .supportOutputs])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let instance = try Instance(of: episode.sample)
        let sandbox = try await scope.sandboxes.commandSandbox(for: "'swebench_repo'")
        let base = try await parameters.history.prepare(instance, in: sandbox, root: parameters.root)
        var limits = SWEBenchWorld.Limits()
        limits.seconds = parameters.commandTimeout
        limits.longestSeconds = max(parameters.longestCommandTimeout, parameters.commandTimeout)
        episode.world = SWEBenchWorld(
            sandbox: sandbox, capture: PatchCapture(root: parameters.root, base: base), limits: limits)
        let survey = RepositorySurvey(
            sandbox: sandbox, parameters: parameters,
            words: RepositoryWords(instance, includesTests: parameters.usesTestNames))
        let context = try await survey.text()
        if !context.isEmpty { Self.append(context, to: &episode.sample) }
        episode.supportOutputs.append([
            "repository_root": .string(parameters.root), "repository_context": .string(context),
            "history": .string(parameters.history.rawValue),
        ])
    }

    /// Puts the context below the issue, in the last message of the user.
    private static func append(_ context: String, to sample: inout Sample) {
        guard let index = sample.messages.lastIndex(where: { $0.role == .user }) else {
            sample.messages.append(.user(context))
            return
        }
        let text = sample.messages[index].text ?? ""
        sample.messages[index] = .user(text + "\n\n" + context)
    }
}
