import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import Storage

/// `GET /events/RUN`: that a run's page has changed, as server-sent events.
///
/// `change` says how far the run is; `end` comes when no process works on it any more and its index is complete.
struct LiveRoute: Sendable {
    let run: ShelvedRun
    let keeper: IndexKeeper

    /// How often is looked.
    private static let pause = Duration.milliseconds(700)
    /// After how many looks without news something is sent, so that dead connections are noticed.
    private static let heartbeat = 20

    func answer(_ request: Request) -> Response {
        let body = ResponseBody { writer in
            let output = LineOutput(writer)
            try await request.body.consumeWithCancellationOnInboundClose { _ in try await tell(output) }
            try await output.finish(nil)
        }
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-cache"], body: body)
    }

    private func tell(_ output: LineOutput) async throws {
        var last: JSONValue?
        var silence = 0
        while true {
            let progress = try await run.refresh(keeper)
            let isLive = run.isLive
            let news = try state(progress, isLive: isLive)
            if news != last {
                try await output.write(Self.event("change", news))
                last = news
                silence = 0
            } else {
                silence += 1
                if silence.isMultiple(of: Self.heartbeat) {
                    try await output.write(ByteBuffer(string: ": still there\n\n"))
                }
            }
            if !isLive, progress.isCurrent {
                try await output.write(Self.event("end", news))
                return
            }
            try await Task.sleep(for: Self.pause)
        }
    }

    private func state(_ progress: IndexProgress, isLive: Bool) throws -> JSONValue {
        [
            "status": .string(try run.index().journal.run().status.rawValue), "live": .bool(isLive),
            "indexed": JSONValue(progress.indexed), "episodes": JSONValue(progress.total),
            "generation": JSONValue(progress.generation),
        ]
    }

    private static func event(_ name: String, _ data: JSONValue) -> ByteBuffer {
        ByteBuffer(string: "event: \(name)\ndata: \(data.text())\n\n")
    }
}
