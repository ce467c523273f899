public import Evaluation
public import JSON
import Synchronization

/// What is put around every model of a run.
public struct RunModelOptions: Sendable {
    /// Where calls are recorded.
    public var cassette: CassetteWriter?
    /// Where answers are kept.
    public var cache: (any ResponseCache)?
    /// What the run may spend.
    public var budget: ModelBudget?
    /// Told about each repetition of a failed call.
    public var observer: (@Sendable (ModelRetry) -> Void)?

    /// Nothing around the models.
    public init() {}

    /// Puts the decorators around a model, in the one order that makes sense of them.
    ///
    /// From the outside: recorder, cache, budget, and then, put there by the model's own factory, rate limit and
    /// retries. So a cassette holds what callers got; a cached answer costs no budget and waits for no limit; a call
    /// keeps its turn while it is repeated.
    public func decorate(_ model: any ChatModel) -> any ChatModel {
        var model = model
        if let observer, let observable = model as? any ObservableModel {
            model = observable.observed(by: observer)
        }
        if let budget { model = BudgetedModel(model, budget: budget) }
        if let cache { model = CachedModel(model, cache: cache) }
        if let cassette { model = RecordingModel(model, cassette: cassette) }
        return model
    }
}

/// The models of a run, each made when it is first asked for and shared from then on.
public final class RunModels: ModelProvider {
    private let factories: [String: any ChatModelFactory]
    private let resolver: ModelNameResolver?
    private let baseDirectory: String
    private let environment: [String: String]
    private let options: RunModelOptions
    private let resources = RunResources()
    /// Protects the models made so far, and sees to it that each is made once.
    private let models = Mutex<[String: any ChatModel]>([:])

    /// Provides the models of these backends.
    ///
    /// `resolver` serves ``model(named:parameters:)``; without one, no model can be asked for by name. Relative paths
    /// in backends are read against `baseDirectory`, and keys are looked for in `environment`.
    public init(
        backends: [(id: String, factory: any ChatModelFactory)], resolver: ModelNameResolver? = nil,
        baseDirectory: String, environment: [String: String], options: RunModelOptions = RunModelOptions()
    ) {
        factories = Dictionary(backends.map { ($0.id, $0.factory) }, uniquingKeysWith: { first, _ in first })
        self.resolver = resolver
        self.baseDirectory = baseDirectory
        self.environment = environment
        self.options = options
    }

    /// The model of a backend.
    ///
    /// Throws ``EvaluationError`` (`configuration.invalid`).
    public func model(backend id: String) throws -> any ChatModel {
        guard let factory = factories[id] else {
            throw EvaluationError(
                .configurationInvalid, "there is no backend '\(id)'", cause: .configuration,
                advice: NearMiss.advice(id, among: Array(factories.keys)))
        }
        return try model("backend \(id)", id: id, factory: factory)
    }

    /// The model that a LiteLLM-style name means; the same name and parameters give the same model.
    ///
    /// Throws ``EvaluationError`` (`configuration.invalid`) when it cannot be called.
    public func model(named name: String, parameters: JSONObject) throws -> any ChatModel {
        guard let resolver else {
            throw EvaluationError(
                .configurationInvalid, "models cannot be asked for by name here ('\(name)')", cause: .configuration)
        }
        let factory = try resolver.factory(named: name, parameters: parameters)
        return try model("named \(name) \(JSONValue.object(parameters).digest())", id: name, factory: factory)
    }

    private func model(_ key: String, id: String, factory: any ChatModelFactory) throws -> any ChatModel {
        var identity = BackendIdentity(id: id, baseDirectory: baseDirectory, environment: environment)
        identity.resources = resources
        return try models.withLock { models in
            if let model = models[key] { return model }
            let model = options.decorate(try factory.makeModel(for: identity))
            models[key] = model
            return model
        }
    }
}

extension RunModels {
    /// Lets models hold things, such as servers, until the run ends.
    public func runBegins(in surroundings: RunSurroundings) { resources.begin(surroundings) }

    /// Starts the servers of the models made so far.
    ///
    /// Throws ``EvaluationError`` when one cannot be started.
    public func prepare() async throws { try await resources.prepare() }

    /// Stops the servers that were started for the run.
    public func runEnds() async { await resources.end() }
}
