import Evaluation
import GageConfiguration
import JSON

/// The sandboxes of a run: what is shared by all episodes, and how many there may be at once.
///
/// A profile's `pool_size` bounds how many episodes hold sandboxes of it at once, not how many sandboxes: an episode that
/// has one and asks for another, as a judge does that wants a clean one, never waits for itself.
actor SandboxPool {
    /// What every sandbox of a run is started with.
    struct Setting: Sendable {
        var run: RunIdentity
        var models: any ModelProvider
        var environment: [String: String]
        var events: any EventSink
        var clock: any EpisodeClock
    }

    /// A sandbox of the whole run, and the turn to start it.
    private struct Shared {
        let turn = AsyncSemaphore(1)
        var sandbox: (any Sandbox)?
    }

    private let profiles: [String: PlannedSandboxProfile]
    private let places: [String: AsyncSemaphore]
    private let setting: Setting
    private var shared: [String: Shared] = [:]

    init(profiles: [PlannedSandboxProfile], setting: Setting) {
        self.profiles = Dictionary(profiles.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        places = self.profiles.compactMapValues { $0.poolSize.map(AsyncSemaphore.init) }
        self.setting = setting
    }

    /// The sandboxes that an episode may use; nothing is started before it asks.
    nonisolated func leases(for episode: Episode, planned: PlannedSandbox?) -> EpisodeLeases {
        EpisodeLeases(pool: self, episode: episode.id, wish: SandboxWish(planned: planned, sample: episode.sample))
    }

    /// Ends the sandboxes of the whole run; those of episodes end with them.
    func endRun() async {
        let ending = shared.values.compactMap(\.sandbox)
        shared = [:]
        for sandbox in ending { await stop(sandbox) }
    }

    /// The run's sandbox of these settings, started by the first who asks; a dead one is replaced.
    func sharedSandbox(_ request: SandboxOrder) async throws -> any Sandbox {
        let key = "\(request.profile) \(JSONValue.object(request.settings).digest())"
        let turn = shared[key, default: Shared()].turn
        shared[key] = shared[key] ?? Shared()
        try await turn.acquire()
        defer { turn.release() }
        if let sandbox = shared[key]?.sandbox {
            if await sandbox.isAlive() { return sandbox }
            shared[key]?.sandbox = nil
            await stop(sandbox)
        }
        let sandbox = try await start(request)
        shared[key]?.sandbox = sandbox
        return sandbox
    }

    /// Takes a place for an episode among those that may hold sandboxes of a profile, waiting for one if need be.
    nonisolated func takePlace(profile: String) async throws { try await places[profile]?.acquire() }

    /// Gives a place back.
    nonisolated func givePlaceBack(profile: String) { places[profile]?.release() }

    /// Starts a sandbox.
    nonisolated func start(_ order: SandboxOrder) async throws -> any Sandbox {
        let profile = try profile(order.profile)
        let request = SandboxRequest(
            profile: profile.id, run: setting.run, episode: order.episode, settings: order.settings,
            models: setting.models, environment: setting.environment, events: setting.events)
        let start = setting.clock.monotonicSeconds
        do {
            let sandbox = try await profile.runtime.start(request)
            report("sandbox_started", order.episode, sandbox, profile.id, since: start)
            return sandbox
        } catch let error as EvaluationError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw EvaluationError(
                .sandboxUnavailable, "a sandbox of profile '\(profile.id)' could not be started", cause: .sandbox,
                retry: .worthwhile, underlying: error)
        }
    }

    /// Ends a sandbox.
    nonisolated func stop(_ sandbox: any Sandbox, of episode: EpisodeID? = nil) async {
        let start = setting.clock.monotonicSeconds
        await sandbox.stop()
        report("sandbox_stopped", episode, sandbox, nil, since: start)
    }

    /// A profile by its id, or an error that names what was probably meant.
    nonisolated func profile(_ id: String) throws(EvaluationError) -> PlannedSandboxProfile {
        if let profile = profiles[id] { return profile }
        throw EvaluationError(
            .configurationInvalid, "there is no sandbox profile '\(id)'", cause: .configuration,
            advice: NearMiss.advice(id, among: Array(profiles.keys)))
    }

    private nonisolated func report(
        _ name: String, _ episode: EpisodeID?, _ sandbox: any Sandbox, _ profile: String?, since start: Double
    ) {
        var payload: JSONObject = ["sandbox": .string(sandbox.identifier)]
        if let profile { payload["profile"] = .string(profile) }
        payload["seconds"] = JSONValue(setting.clock.monotonicSeconds - start)
        setting.events.report(RunEvent(name, episode: episode, payload: payload))
    }
}

/// A sandbox that an episode asks for, its settings put together.
struct SandboxOrder: Sendable {
    var profile: String
    var episode: EpisodeID
    var settings: JSONObject
}
