public import JSON

/// Why and for whom a model is called.
///
/// Part of every call so that recorders, caches, budgets and mock models can tell calls apart.
public struct CallContext: Sendable, Hashable {
    /// The episode that the call serves.
    public var episode: EpisodeID
    /// Who asks: `agent`, `user`, or a judge's or helper's adapter id.
    public var purpose: String
    /// How many calls of this purpose came before in the episode.
    public var index: Int
    /// The seed that this call may use, derived from the episode's.
    public var seed: UInt64
    /// How many attempts came before, at the episode or at the judging that asks.
    public var attempt = 0

    /// Describes a call of a first attempt.
    public init(episode: EpisodeID, purpose: String, index: Int = 0, seed: UInt64 = 0) {
        self.episode = episode
        self.purpose = purpose
        self.index = index
        self.seed = seed
    }
}

/// Anything that answers a chat request: an HTTP provider, a script, a replay.
///
/// Decorators (retry, rate limit, cache, recorder) conform too and wrap another model.
public protocol ChatModel: Sendable {
    /// The model's name, as reports show it.
    var name: String { get }

    /// Answers a request. Throws ``EvaluationError`` with cause `provider` or `model`; honours cancellation.
    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse
}

/// Makes a chat model from a backend's parameters when a run starts.
public protocol ChatModelFactory: Sendable {
    /// Makes the model. Throws ``EvaluationError`` with cause `configuration` when it cannot work.
    func makeModel(for backend: BackendIdentity) throws -> any ChatModel
}

/// What a model factory needs to know besides its own parameters.
public struct BackendIdentity: Sendable {
    /// The backend's id in the configuration.
    public var id: String
    /// The directory against which relative paths are read.
    public var baseDirectory: String
    /// Environment variables as they were when the configuration was read; for API keys and proxies.
    public var environment: [String: String]
    /// Where a model puts what it holds for the whole run; nil where models are used outside of runs.
    public var resources: RunResources?

    /// Describes a backend.
    public init(id: String, baseDirectory: String, environment: [String: String]) {
        self.id = id
        self.baseDirectory = baseDirectory
        self.environment = environment
    }
}

/// Finds the chat models of a run.
public protocol ModelProvider: Sendable {
    /// The model of a backend that the configuration declares.
    func model(backend id: String) throws -> any ChatModel

    /// The model that a LiteLLM-style name means (`gpt-4.1`, `anthropic/claude-…`, `openai/my-model`), with these
    /// parameters (`api_base`, `temperature`, …).
    func model(named name: String, parameters: JSONObject) throws -> any ChatModel

    /// A run begins that the models are for; called before any model is asked for anything.
    func runBegins(in surroundings: RunSurroundings)

    /// Makes ready what the models made so far hold for the run, so that no episode waits for it.
    ///
    /// Throws ``EvaluationError`` when something cannot be made ready.
    func prepare() async throws

    /// The run has ended: gives back what the models hold.
    func runEnds() async
}

extension ModelProvider {
    /// Nothing is held.
    public func runBegins(in surroundings: RunSurroundings) {}

    /// Nothing is held.
    public func prepare() async throws {}

    /// Nothing is held.
    public func runEnds() async {}
}
