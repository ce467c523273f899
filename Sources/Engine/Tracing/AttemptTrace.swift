import Evaluation
import GageConfiguration
import JSON
import Synchronization

/// The spans of one attempt at an episode, gathered until it ends.
final class AttemptTrace: Sendable {
    /// The largest number of spans of one attempt; what is more is counted.
    static let limit = 5000

    let tracer: RunTracer
    private let clock: any EpisodeClock
    private let root: TraceSpan
    /// Protects the spans that have ended, and the number of those left out.
    private let ended = Mutex<(spans: [TraceSpan], omitted: Int)>(([], 0))
    private let inference = Mutex<TraceID.Span?>(nil)

    /// Begins an attempt's spans.
    init(_ tracer: RunTracer, of id: EpisodeID, attempt: Int, in task: TraceSpan?, clock: any EpisodeClock) {
        self.tracer = tracer
        self.clock = clock
        root = TraceSpan(
            "episode", parent: task?.id, start: clock.wallSeconds,
            attributes: [
                "gage.task.id": .string(id.task), "gage.sample.id": .string(id.sample),
                "gage.trial": JSONValue(id.trial), "gage.attempt": JSONValue(attempt),
                "gen_ai.conversation.id": .string("\(id)"),
            ])
    }

    var now: Double { clock.wallSeconds }

    /// Begins a step.
    func step(_ step: PlannedStep) -> TraceSpan {
        let span = TraceSpan(
            "step \(step.kind.rawValue)", parent: root.id, start: now, attributes: ["gage.step": .string(step.name)])
        if step.kind == .inference { inference.withLock { $0 = span.id } }
        return span
    }

    /// Ends a span of the attempt.
    func end(_ span: TraceSpan, failure: EvaluationError?) {
        var span = span
        span.end = now
        if let failure { fail(&span, failure) }
        add(span)
    }

    /// Marks a span as failed.
    func fail(_ span: inout TraceSpan, _ error: EvaluationError) {
        span.failure = tracer.text(of: error)
        span.attributes["error.type"] = .string("\(error.code)")
        span.attributes["gage.error.cause"] = .string(error.cause.rawValue)
    }

    private func add(_ span: TraceSpan) {
        ended.withLock { ended in
            if ended.spans.count < Self.limit { ended.spans.append(span) } else { ended.omitted += 1 }
        }
    }

    /// Ends the attempt and gives all its spans away.
    func end(_ record: EpisodeRecord, isCancelled: Bool) {
        for span in toolCalls(of: record) { add(span) }
        var span = root
        span.end = now
        span.attributes["gage.outcome"] = .string(isCancelled ? "cancelled" : record.outcome.name)
        for score in record.scores {
            for (name, value) in score.values {
                span.attributes["gage.score.\(score.metric).\(name)"] = JSONValue(value)
            }
        }
        if case .errored(let error) = record.outcome, !isCancelled { fail(&span, error) }
        let (spans, omitted) = ended.withLock { $0 }
        if omitted > 0 { span.attributes["gage.spans.omitted"] = JSONValue(omitted) }
        tracer.write(spans + [span])
    }

    /// The calls of tools that the trajectory tells of.
    private func toolCalls(of record: EpisodeRecord) -> [TraceSpan] {
        var names: [String: String] = [:]
        var spans: [TraceSpan] = []
        let parent = inference.withLock { $0 } ?? root.id
        for entry in record.trajectory.entries.prefix(Self.limit) {
            for call in entry.message.toolCalls { names[call.id] = call.name }
            guard entry.message.role == .tool else { continue }
            let name = entry.message.toolCallID.flatMap { names[$0] } ?? entry.message.name ?? "unknown"
            let end = record.startedAt + entry.time
            var span = TraceSpan(
                "execute_tool \(name)", parent: parent, start: end - entry.duration,
                attributes: [
                    "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": .string(name),
                    "gen_ai.tool.type": "function",
                    "gen_ai.tool.call.id": entry.message.toolCallID.map { .string($0) } ?? .null,
                    "gage.requester": entry.requester.map { .string($0.rawValue) } ?? .null,
                ])
            span.end = end
            if entry.message.isError {
                span.failure = "the tool answered with an error"
                span.attributes["error.type"] = "tool_error"
            }
            spans.append(span)
        }
        return spans
    }
}
