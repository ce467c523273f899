public import Evaluation
public import JSON
import Synchronization
public import Transport

/// Posts spans to a collector by OTLP over HTTP, in batches, beside the run.
///
/// Spans wait in memory, a bounded number of them: a collector that is slow or away costs spans, never the run. How many
/// were left out is counted.
public final class TraceEndpoint: TraceSink {
    /// How much waits, and how much goes at once.
    static let (capacity, batch) = (20_000, 512)
    /// Seconds between batches that are not full, and seconds that a collector has for the last one.
    private static let (interval, farewell) = (Duration.seconds(2), Duration.seconds(5))

    private struct Waiting {
        var spans: [TraceSpan] = []
        var trace: TraceID.Trace?
        var resource: JSONObject = [:]
        var omitted = 0
        var isClosed = false
    }

    private let url: String
    private let client: HTTPClient
    private let waiting = Watched(Waiting())

    /// Prepares to post to a collector's address, such as `http://127.0.0.1:4318`; `/v1/traces` is added where it has no path.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for something that is no address.
    public init(address: String, client: HTTPClient) throws(EvaluationError) {
        guard let url = Self.url(of: address) else {
            throw EvaluationError(
                .configurationInvalid, "'\(address)' is no collector's address", cause: .configuration,
                advice: "write it as http://127.0.0.1:4318")
        }
        self.url = url
        self.client = client
    }

    /// Where spans are posted to at an address; nil for something that is no address.
    static func url(of address: String) -> String? {
        guard let scheme = ["http://", "https://"].first(where: address.hasPrefix) else { return nil }
        let parts = address.dropFirst(scheme.count).split(
            separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = parts.first, !host.isEmpty else { return nil }
        let path = parts.count > 1 ? parts[1] : ""
        return "\(scheme)\(host)/\(path.isEmpty ? "v1/traces" : path)"
    }

    /// Lets spans wait for the next batch, unless too many do.
    public func write(_ spans: [TraceSpan], of trace: TraceID.Trace, resource: JSONObject) {
        waiting.change { waiting in
            let room = max(0, Self.capacity - waiting.spans.count)
            waiting.spans += spans.prefix(room)
            waiting.omitted += max(0, spans.count - room)
            (waiting.trace, waiting.resource) = (trace, resource)
        }
    }

    /// Says that there are no more spans; ``run()`` posts what waits and returns.
    public func close() { waiting.change { $0.isClosed = true } }

    /// How many spans never reached the collector.
    public var omitted: Int { waiting.read(\.omitted) }

    /// Posts until it is closed and nothing waits, or until the caller's task is cancelled.
    public func run() async {
        while true {
            _ = await TimeLimit.run(Self.interval) { [waiting] in
                await waiting.wait { $0.isClosed || $0.spans.count >= Self.batch }
            }
            while await postBatch() {}
            if Task.isCancelled || waiting.read({ $0.isClosed && $0.spans.isEmpty }) { return }
        }
    }

    /// Posts a batch; false when nothing waits.
    private func postBatch() async -> Bool {
        var taken = Waiting()
        waiting.change { waiting in
            taken = waiting
            taken.spans = Array(waiting.spans.prefix(Self.batch))
            waiting.spans.removeFirst(taken.spans.count)
        }
        guard !taken.spans.isEmpty, let trace = taken.trace else { return false }
        var request = HTTPRequest(url: url, method: "POST")
        request.headers = [HTTPHeader(name: "Content-Type", value: "application/json")]
        request.body = OTLP.message(taken.spans, of: trace, resource: taken.resource).bytes()
        request.timeouts = HTTPTimeouts(connect: Self.farewell, idle: Self.farewell, total: Self.farewell)
        // A collector that does not answer, or refuses, has lost this batch: trying again would hold up the others.
        let status = try? await client.send(request).status
        if status.map({ !(200..<300).contains($0) }) ?? true {
            waiting.change { $0.omitted += taken.spans.count }
        }
        return !Task.isCancelled
    }
}
