import Evaluation
public import JSON
import Synchronization

/// Where spans go.
public protocol TraceSink: Sendable {
    /// Takes spans that have ended; never blocks for long and never fails.
    func write(_ spans: [TraceSpan], of trace: TraceID.Trace, resource: JSONObject)
}

/// Turns a run into spans as it goes on: the run, its tasks, attempts at episodes, their steps, and the calls of models and
/// tools in them.
///
/// One session of a run is one trace. An attempt's spans are held until it ends and then given to the sinks, so memory
/// follows what is in flight. What was said is never in a span, only how long it took, what it used and what failed.
public final class RunTracer: Sendable {
    /// The session's trace.
    public let trace = TraceID.Trace.random()
    private let sinks: [any TraceSink]
    private let redactor: SecretRedactor
    /// Protects what is known of the run: it becomes known when the run begins.
    private let session = Mutex(Session())

    private struct Session {
        var resource: JSONObject = [:]
        var providers: [String: String] = [:]
        var run: TraceSpan?
    }

    /// Makes a tracer; `secrets` are taken out of what errors say.
    public init(sinks: [any TraceSink], secrets: [String]) {
        self.sinks = sinks
        redactor = SecretRedactor(secrets)
    }

    /// The text of an error without secrets and of bounded length.
    func text(of error: EvaluationError) -> String { redactor.excerpt("\(error.code): \(error.message)", upTo: 500) }

    /// The provider of a backend, or of an agent backend, in the words of OpenTelemetry's conventions.
    func provider(ofBackend id: String) -> String? { session.withLock { $0.providers[id] } }

    // MARK: The run and its tasks

    func runBegins(_ place: RunPlace, version: String, providers: [String: String]) {
        session.withLock { session in
            session.resource = [
                "service.name": "gage", "service.version": .string(version),
                "service.instance.id": .string(place.runID + (place.shard.map { "/\($0)" } ?? "")),
            ]
            session.providers = providers
            session.run = TraceSpan(
                "run", parent: nil, start: place.startedAt,
                attributes: ["gage.run.id": .string(place.runID), "gage.command": .string(place.command)])
        }
    }

    func runEnds(status: String, failure: String?, at now: Double) {
        let span = session.withLock { session in
            defer { session.run = nil }
            return session.run
        }
        guard var span else { return }
        span.end = now
        span.attributes["gage.run.status"] = .string(status)
        span.failure = failure.map { redactor.excerpt($0, upTo: 500) }
        write([span])
    }

    /// Begins a task's span.
    func taskBegins(_ id: String, at now: Double) -> TraceSpan {
        TraceSpan(
            "task", parent: session.withLock { $0.run?.id }, start: now, attributes: ["gage.task.id": .string(id)])
    }

    /// Ends what ``taskBegins(_:at:)`` began.
    func taskEnds(_ span: TraceSpan, at now: Double) {
        var span = span
        span.end = now
        write([span])
    }

    func write(_ spans: [TraceSpan]) {
        let resource = session.withLock(\.resource)
        for sink in sinks { sink.write(spans, of: trace, resource: resource) }
    }
}
