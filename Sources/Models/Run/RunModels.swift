public import Evaluation
public import JSON
import Synchronization

/// What is put around every model of a run.
public struct RunModelOptions: Sendable {
    /// Where calls are recorded.
    public var cassette: CassetteWriter?
    /// What answers in place of all models, so that none of them is made; nothing else is put around it.
    public var player: CassettePlayer?
    /// Where answers are kept, of models that can say what decides them.
    public var cache: RunCache?
    /// What the run may spend.
    public var budget: ModelBudget?
    /// Told about each repetition of a failed call.
    public var observer: (@Sendable (ModelRetry) -> Void)?

    /// Nothing around the models.
    public init() {}

    /// Puts the decorators around a model, in the one order that makes sense of them.
    ///
    /// From the outside: recorder, cache, budget, and then, put there by the model's own factory, retries and rate
    /// limit. So a cassette holds what callers got; a cached answer costs no budget and waits for no limit; a call that
    /// waits for its repetition leaves its turn to others.
    ///
    /// `backend` is the name under which cache and cassette know the model.
    public func decorate(_ model: any ChatModel, backend: String) -> any ChatModel {
        // A model that cannot say what decides its answers could be answered for by another.
        let cache = model is any FingerprintedModel ? cache : nil
        var model = model
        if let observer, let observable = model as? any ObservableModel {
            model = observable.observed(by: observer)
        }
        if let budget { model = BudgetedModel(model, budget: budget) }
        if let cache { model = CachedModel(model, cache: cache, backend: backend) }
        if let cassette { model = RecordingModel(model, cassette: cassette, backend: backend) }
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
    /// Protects what counts the calls to each backend.
    let traffic = Mutex(RunTraffic())
    let clock: any ModelClock = SystemModelClock()

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
        return try model("backend \(id)", id: id, label: id) { factory }
    }

    /// The model that a LiteLLM-style name means; the same name and parameters give the same model.
    ///
    /// Throws ``EvaluationError`` (`configuration.invalid`) when it cannot be called.
    public func model(named name: String, parameters: JSONObject) throws -> any ChatModel {
        guard let resolver else {
            throw EvaluationError(
                .configurationInvalid, "models cannot be asked for by name here ('\(name)')", cause: .configuration)
        }
        let key = "\(name) \(JSONValue.object(parameters).digest())"
        return try model(key, id: name, label: Self.label(name, parameters)) {
            try resolver.factory(named: name, parameters: parameters)
        }
    }

    /// What a cassette calls a model by name; no secret goes into it, so that a replay needs none.
    private static func label(_ name: String, _ parameters: JSONObject) -> String {
        var told: JSONObject = [:]
        for (key, value) in parameters where key != "extra_headers" {
            guard let text = value.stringValue else {
                told[key] = value
                continue
            }
            if !SecretNames.suspects(key) { told[key] = .string(SecretNames.withoutSecrets(address: text)) }
        }
        return told.isEmpty ? name : "\(name) \(JSONValue.object(told).digest().prefix(8))"
    }

    private func model(
        _ key: String, id: String, label: String, _ factory: () throws -> any ChatModelFactory
    ) throws -> any ChatModel {
        var identity = BackendIdentity(id: id, baseDirectory: baseDirectory, environment: environment)
        identity.resources = resources
        return try models.withLock { models in
            if let model = models[key] { return model }
            let model: any ChatModel
            if let player = options.player {
                let replay = ReplayModel(name: player.modelName(of: label) ?? id, player: player, backend: label)
                model = meter(replay, limiter: nil, of: id)
            } else {
                let made = try factory().makeModel(for: identity)
                let decorated = reportingOptions.decorate(made, backend: label)
                model = meter(decorated, limiter: (made as? any PacedModel)?.limiter, of: id)
            }
            try options.cassette?.note(model: model.name, of: label)
            models[key] = model
            return model
        }
    }
}

extension RunModels {
    /// The options, with an event of the run for each call that is repeated.
    private var reportingOptions: RunModelOptions {
        var told = options
        let (observer, resources) = (options.observer, resources)
        told.observer = { retry in
            observer?(retry)
            resources.surroundings?.events.report(retry.event)
        }
        return told
    }

    /// Lets models hold things, such as servers, until the run ends.
    public func runBegins(in surroundings: RunSurroundings) {
        traffic.withLock { $0.startedAt = clock.monotonicSeconds }
        resources.begin(surroundings)
    }

    /// Starts the servers of the models made so far.
    ///
    /// Throws ``EvaluationError`` when one cannot be started.
    public func prepare() async throws { try await resources.prepare() }

    /// Stops the servers that were started for the run.
    public func runEnds() async { await resources.end() }
}
