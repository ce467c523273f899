public import JSON

/// What somebody wants of a run that goes on, as it comes over its control socket.
public enum ControlOrder: Sendable, Hashable {
    /// Stop; `now` cancels what is in flight.
    case stop(now: Bool)
    /// Begin nothing new.
    case pause
    /// Go on after a pause.
    case resume
    /// So many episodes of a task at once.
    case limitTask(String, concurrency: Int)
    /// So many calls of a backend at once.
    case limitBackend(String, concurrency: Int)
    /// Leave a task.
    case cancel(task: String)
    /// Attempt these errored episodes again, each written as `task:sample__trial_0` or as a sample's id.
    case requeue([String])
    /// Attempt all errored episodes of the task that goes on again.
    case requeueErrored

    /// The order's path on the socket.
    public var path: String {
        switch self {
        case .stop: "/stop"
        case .pause: "/pause"
        case .resume: "/resume"
        case .limitTask, .limitBackend: "/tune"
        case .cancel: "/cancel"
        case .requeue, .requeueErrored: "/requeue"
        }
    }

    /// The order's body.
    public var json: JSONValue {
        switch self {
        case .stop(let now): ["now": .bool(now)]
        case .pause, .resume: [:]
        case .limitTask(let task, let limit): ["task": .string(task), "concurrency": JSONValue(limit)]
        case .limitBackend(let backend, let limit): ["backend": .string(backend), "concurrency": JSONValue(limit)]
        case .cancel(let task): ["task": .string(task)]
        case .requeue(let episodes): ["episodes": .array(episodes.map { .string($0) })]
        case .requeueErrored: ["errored": true]
        }
    }

    /// Reads an order as ``path`` and ``json`` write it; nil for a path that no order has.
    ///
    /// Throws ``APIProblem`` for a body that lacks something.
    public init?(path: String, body: JSONValue) throws(APIProblem) {
        switch path {
        case "/stop": self = .stop(now: body["now"]?.boolValue ?? false)
        case "/pause": self = .pause
        case "/resume": self = .resume
        case "/tune": self = try Self.tune(body)
        case "/cancel": self = .cancel(task: try Self.text("task", in: body))
        case "/requeue": self = try Self.requeue(body)
        default: return nil
        }
    }

    private static func tune(_ body: JSONValue) throws(APIProblem) -> Self {
        guard let limit = body["concurrency"]?.intValue, limit >= 1 else {
            throw .field("concurrency", "a whole number from 1 on is wanted")
        }
        if body["backend"] != nil { return .limitBackend(try text("backend", in: body), concurrency: limit) }
        return .limitTask(try text("task", in: body), concurrency: limit)
    }

    private static func requeue(_ body: JSONValue) throws(APIProblem) -> Self {
        if body["errored"]?.boolValue == true { return .requeueErrored }
        let names = body["episodes"]?.arrayValue?.compactMap(\.stringValue) ?? []
        guard !names.isEmpty else { throw .field("episodes", "the episodes to attempt again are wanted") }
        return .requeue(names)
    }

    private static func text(_ name: String, in body: JSONValue) throws(APIProblem) -> String {
        guard let text = body[name]?.stringValue, !text.isEmpty else { throw .field(name, "a name is wanted") }
        return text
    }
}

/// A run that goes on, as those see it who look at it and tell it what to do.
public protocol ControlledRun: Sendable {
    /// How it stands.
    func status() async -> JSONObject

    /// Does as it is told, and says what that came to.
    ///
    /// Throws ``APIProblem`` when it cannot: there is no such task, the episode has not errored.
    func perform(_ order: ControlOrder) async throws(APIProblem) -> JSONObject
}
