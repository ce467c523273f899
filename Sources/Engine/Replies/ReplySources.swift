import Evaluation
public import GageConfiguration
import JSON
public import Models
import Storage

/// Where a run's models take replies from, and leave them, besides their servers.
public struct ReplyWishes: Sendable {
    /// The cache; nil to do without.
    public var cache: PlannedCache?
    /// The cassette to record to; nil to record nothing.
    public var recording: String?
    /// Whether a cassette that is there is added to, as a run that goes on does, and a shard of a run.
    public var continuesRecording = false
    /// The cassette to answer from, in place of all servers and of the cache; nil to ask servers.
    public var replay: String?

    /// What a plan wishes.
    public init(_ plan: Plan) { cache = plan.cache }
}

/// The opened cache and cassettes of a run, as ``RunModels`` takes them.
///
/// ```swift
/// let replies = try ReplySources(ReplyWishes(plan), plan: plan)
/// defer { replies.close() }
/// let models = RunModels(backends: …, options: replies.modelOptions)
/// ```
public final class ReplySources: Sendable {
    /// What is put around the run's models.
    public let modelOptions: RunModelOptions
    /// What the user should know before the run begins.
    public let notes: [String]
    private let store: ReplyStore?

    /// Opens what is wished for.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, where a file is missing, damaged, or something else; cause
    /// `gage` where the disk does not allow it.
    public init(_ wishes: ReplyWishes, plan: Plan) throws {
        let redactor = SecretRedactor(plan.secrets + ProviderKeys.values(in: plan.environment))
        var options = RunModelOptions()
        var notes: [String] = []
        var store: ReplyStore?
        if let path = wishes.replay {
            options.player = try CassettePlayer(path: path)
            notes = try Self.notes(onReplaying: path, plan)
        } else {
            if let cache = wishes.cache, cache.mode != .off {
                let opened = try ReplyStore(path: cache.path, access: cache.mode.writes ? .readWrite : .readOnly)
                let stored = StoredReplies(store: opened, maximumAge: cache.maximumAge)
                options.cache = RunCache(stored, mode: cache.mode, redactor: redactor)
                store = opened
            }
            if let path = wishes.recording {
                notes = try Self.notes(onRecording: path, wishes)
                options.cassette = try CassetteWriter(path: path, header: Self.header(plan), redactor: redactor)
            }
        }
        (modelOptions, self.notes, self.store) = (options, notes, store)
    }

    /// What was taken from the cache, by all models together; nil without one.
    public var cacheCounts: RunCache.Counts? {
        modelOptions.cache.map { $0.counts.values.reduce(into: .init()) { $0 += $1 } }
    }

    /// Writes down what is not yet; no model may be asked afterwards.
    public func close() { store?.close() }

    private static func header(_ plan: Plan) -> JSONObject {
        ["plan": .string(plan.digest), "name": .string(plan.name), "seed": .string(String(plan.seed))]
    }

    private static func notes(onRecording path: String, _ wishes: ReplyWishes) throws -> [String] {
        let isThere = try CassetteWriter.header(of: path) != nil
        if isThere, !wishes.continuesRecording {
            throw EvaluationError(
                .configurationInvalid, "the cassette '\(path)' is there already", cause: .configuration,
                advice: "record to another file, or remove this one")
        }
        guard !isThere, wishes.continuesRecording else { return [] }
        return ["the cassette '\(path)' is new: what the run did before is not in it"]
    }

    private static func notes(onReplaying path: String, _ plan: Plan) throws -> [String] {
        guard let recorded = try CassetteWriter.header(of: path)?["plan"]?.stringValue, recorded != plan.digest else {
            return []
        }
        return ["the cassette '\(path)' was recorded with another configuration; calls may be missing from it"]
    }
}

/// A store of replies as models see it.
struct StoredReplies: ResponseCache {
    let store: ReplyStore
    let maximumAge: Double?
    private let clock = SystemClock()

    init(store: ReplyStore, maximumAge: Double?) {
        self.store = store
        self.maximumAge = maximumAge
    }

    func response(for key: CacheKey) throws -> ChatResponse? {
        guard let text = try store.reply(for: key.digest, notOlderThan: maximumAge, now: clock.wallSeconds) else {
            return nil
        }
        // The text is what was stored, as its checksum says; a form that is not known any more is no reply.
        return try? ChatResponse(recorded: try JSONValue.parse(text))
    }

    func store(_ response: ChatResponse, for key: CacheKey) throws {
        var reply = ReplyStore.Reply(body: response.recorded.text(), model: key.model, cost: response.cost)
        if let usage = response.usage { reply.tokens = (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0) }
        try store.store(reply, for: key.digest, now: clock.wallSeconds)
    }
}
