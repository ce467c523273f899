import Evaluation

/// A sandbox of an episode, leased when it is first needed.
///
/// Tests of an episode run one after the other in the one sandbox; it ends with the episode.
actor LeasedSandbox {
    private let scope: EpisodeScope
    private let profile: String?
    private var sandbox: (any Sandbox)?

    init(scope: EpisodeScope, profile: String?) {
        self.scope = scope
        self.profile = profile
    }

    func open() async throws -> any Sandbox {
        if let sandbox { return sandbox }
        guard let name = profile ?? scope.adapter.sandboxProfile ?? scope.sandboxes.profile else {
            throw EvaluationError(
                .configurationInvalid, "adapter '\(scope.adapter.id)' runs tests and names no sandbox",
                cause: .configuration,
                advice: "give it a 'sandbox' whose profile has 'runtime: local', or set 'run_tests: false'")
        }
        let opened = try await scope.sandboxes.fresh(profile: name)
        sandbox = opened
        return opened
    }
}

extension SandboxCodeTests {
    /// Runs tests in a sandbox of an episode's own.
    static func leased(from scope: EpisodeScope, profile: String?, cache: CodeTestCache) -> SandboxCodeTests {
        let lease = LeasedSandbox(scope: scope, profile: profile)
        return SandboxCodeTests(source: Source(endsAfterUse: false) { try await lease.open() }, cache: cache)
    }
}
