public import JSON

/// What a step may touch besides the episode itself.
public struct EpisodeScope: Sendable {
    /// The run that the episode belongs to.
    public var run: RunIdentity
    /// The episode.
    public var episode: EpisodeID
    /// The episode's random streams.
    public var seeds: SeedDerivation
    /// The configuration around the adapter that runs now.
    public var adapter: AdapterBinding
    /// The run's chat models.
    public var models: any ModelProvider
    /// The sandboxes leased to this episode.
    public var sandboxes: any SandboxLeases
    /// The servers of tools that the configuration names.
    public var tools: any ToolServers = NoToolServers()
    /// Where things that happened are reported.
    public var events: any EventSink
    /// Where files of the run are put.
    public var artifacts: any ArtifactStore
    /// The time.
    public var clock: any EpisodeClock
    /// The moment on the clock's monotonic seconds at which the current phase of the episode is cut off; nil for none.
    public var deadline: Double?
    /// How many attempts came before, at the episode or at the judging that runs now.
    public var attempt = 0

    /// Puts a scope together.
    public init(
        run: RunIdentity, episode: EpisodeID, seeds: SeedDerivation, adapter: AdapterBinding,
        models: any ModelProvider, sandboxes: any SandboxLeases, events: any EventSink, artifacts: any ArtifactStore,
        clock: any EpisodeClock
    ) {
        self.run = run
        self.episode = episode
        self.seeds = seeds
        self.adapter = adapter
        self.models = models
        self.sandboxes = sandboxes
        self.events = events
        self.artifacts = artifacts
        self.clock = clock
    }

    /// Describes a model call of this episode.
    public func call(_ purpose: String, index: Int) -> CallContext {
        var call = CallContext(
            episode: episode, purpose: purpose, index: index, seed: seeds.seed(for: "\(purpose)/\(index)"))
        call.attempt = attempt
        return call
    }
}

/// Which run this is.
public struct RunIdentity: Sendable, Hashable {
    /// The run's id, which is its directory's name.
    public var id: String
    /// The run's seed.
    public var seed: UInt64
    /// The directory against which the configuration's relative paths are read.
    public var baseDirectory: String

    /// Names a run.
    public init(id: String, seed: UInt64, baseDirectory: String) {
        self.id = id
        self.seed = seed
        self.baseDirectory = baseDirectory
    }
}

/// The time, as an episode sees it.
public protocol EpisodeClock: Sendable {
    /// Seconds on a clock that never goes back.
    var monotonicSeconds: Double { get }
    /// Seconds since 1970.
    var wallSeconds: Double { get }
}

/// Where files of a run are put.
public protocol ArtifactStore: Sendable {
    /// Writes a file below the run directory, atomically, and returns its path relative to it.
    ///
    /// The path must be relative and stay below the directory. Throws ``EvaluationError``, cause `gage`.
    func write(_ bytes: [UInt8], to path: String) throws -> String

    /// The absolute path of a directory below the run directory, made if needed, for tools that write files.
    func directory(_ path: String) throws -> String
}

/// Where things that happened are reported; never blocks the caller for long and never fails it.
public protocol EventSink: Sendable {
    /// Reports that something happened.
    func report(_ event: RunEvent)
}

/// Something that happened in a run: one line of `events.jsonl`.
public struct RunEvent: Sendable {
    /// What happened, in snake case: `episode_started`, `model_call` and so on.
    public var name: String
    /// The episode, where it concerns one.
    public var episode: EpisodeID?
    /// The details.
    public var payload: JSONObject

    /// Describes something that happened.
    public init(_ name: String, episode: EpisodeID? = nil, payload: JSONObject = [:]) {
        self.name = name
        self.episode = episode
        self.payload = payload
    }
}
