import Evaluation
import GageConfiguration
import JSON

/// The sandboxes of one episode: started when asked for, ended with the episode.
actor EpisodeLeases: SandboxLeases {
    private let pool: SandboxPool
    private let episode: EpisodeID
    private let wish: SandboxWish
    /// Lets the steps of an episode that ask at once start one sandbox and not several.
    private let turn = AsyncSemaphore(1)
    private var leased: (any Sandbox)?
    private var owned: [any Sandbox] = []
    private var places: Set<String> = []
    private var hasEnded = false

    init(pool: SandboxPool, episode: EpisodeID, wish: SandboxWish) {
        self.pool = pool
        self.episode = episode
        self.wish = wish
    }

    nonisolated var profile: String? { wish.profile }

    /// Whether the episode's sandbox ends with it, and is nobody else's.
    nonisolated var ownsSandbox: Bool { wish.lifecycle != .perRun }

    func sandbox() async throws -> any Sandbox {
        try await turn.acquire()
        defer { turn.release() }
        if let leased { return leased }
        guard let name = wish.profile else {
            throw EvaluationError(
                .configurationInvalid, "a step needs a sandbox, and no adapter of the task names one",
                cause: .configuration, advice: "give the agent's adapter a 'sandbox' with a 'sandbox_id'")
        }
        let sandbox: any Sandbox
        switch wish.lifecycle {
        case .perRun: sandbox = try await pool.sharedSandbox(try order(name))
        case .perTask, .perSample: sandbox = try await startOwn(name)
        }
        leased = sandbox
        return sandbox
    }

    func fresh(profile: String) async throws -> any Sandbox { try await fresh(profile: profile, overrides: [:]) }

    func fresh(profile: String, overrides: JSONObject) async throws -> any Sandbox {
        try await turn.acquire()
        defer { turn.release() }
        return try await startOwn(profile, overrides: overrides)
    }

    /// Ends everything that the episode started and gives its places back.
    ///
    /// Waits for a start that is under way, so that no sandbox is left behind.
    func end() async {
        // The caller's task is never cancelled, so this waits and does not throw.
        try? await turn.acquire()
        defer { turn.release() }
        hasEnded = true
        for sandbox in owned.reversed() { await pool.stop(sandbox, of: episode) }
        owned = []
        leased = nil
        for profile in places { pool.givePlaceBack(profile: profile) }
        places = []
    }

    private func startOwn(_ name: String, overrides: JSONObject = [:]) async throws -> any Sandbox {
        guard !hasEnded else {
            throw EvaluationError(.unexpected, "a sandbox was asked for after its episode's end", cause: .gage)
        }
        var order = try order(name)
        order.settings.deepMerge(overrides)
        if !places.contains(name) {
            try await pool.takePlace(profile: name)
            places.insert(name)
        }
        let sandbox = try await pool.start(order)
        owned.append(sandbox)
        return sandbox
    }

    private func order(_ name: String) throws(EvaluationError) -> SandboxOrder {
        SandboxOrder(profile: name, episode: episode, settings: wish.settings(of: try pool.profile(name)))
    }
}
