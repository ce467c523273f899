import HTTPTypes
import Hummingbird
import JSON
import NIOCore

/// `GET /runs/{id}/events`: what happens to a run, as server-sent events.
///
/// `state` comes first and says how the run stands; then `task` for each score, those before included, and `progress`;
/// `end` comes last. A run that is over is told in the same way, at once.
struct EventsRoute: Sendable {
    let responder: APIResponder

    func answer(_ request: Request, run id: String) async throws -> Response {
        _ = try RequestReader(request, known: [])
        guard let description = try await responder.desk.description(of: id) else { throw APIProblem.unknownRun(id) }
        let ticket = await responder.desk.ticket(ofRun: id)
        let seen = Self.lastEvent(request)
        let body = ResponseBody { writer in
            let output = LineOutput(writer)
            try await output.write(Self.event("state", .object(description.json)))
            try await request.body.consumeWithCancellationOnInboundClose { _ in
                if let ticket {
                    try await follow(ticket, from: seen, output)
                } else {
                    try await tell(try await responder.service.scores(ofRun: id), from: 0, output)
                }
            }
            if let last = try await responder.desk.description(of: id) {
                try await output.write(Self.event("end", .object(last.json)))
            }
            try await output.finish(nil)
        }
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-cache"], body: body)
    }

    private func follow(_ ticket: RunDesk.Ticket, from seen: Int, _ output: LineOutput) async throws {
        var cursor = RunFeed.Cursor(rows: seen)
        while true {
            guard let batch = try await next(ticket.feed, after: cursor) else {
                try await output.write(ByteBuffer(string: ": still there\n\n"))
                continue
            }
            try await tell(batch.rows, from: cursor.rows, output)
            if let progress = batch.progress { try await output.write(Self.event("progress", .object(progress))) }
            if batch.ending != nil { return }
            cursor = batch.cursor
        }
    }

    /// What is new; nil when nothing was for as long as a heartbeat takes.
    private func next(_ feed: RunFeed, after cursor: RunFeed.Cursor) async throws -> RunFeed.Batch? {
        let pause = responder.configuration.heartbeat
        return try await withThrowingTaskGroup(of: RunFeed.Batch?.self) { group in
            group.addTask { try await feed.next(after: cursor) }
            group.addTask {
                try await Task.sleep(for: .seconds(pause))
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    private func tell(_ rows: [ScoreRow], from first: Int, _ output: LineOutput) async throws {
        for (offset, row) in rows.enumerated() {
            try await output.write(Self.event("task", .object(row.line), number: first + offset + 1))
        }
    }

    private static func event(_ name: String, _ data: JSONValue, number: Int? = nil) -> ByteBuffer {
        let id = number.map { "id: \($0)\n" } ?? ""
        return ByteBuffer(string: "event: \(name)\n\(id)data: \(data.text())\n\n")
    }

    /// How many scores a client has seen that comes back.
    private static func lastEvent(_ request: Request) -> Int {
        guard let name = HTTPField.Name("Last-Event-ID"), let text = request.headers[name] else { return 0 }
        return max(0, Int(text) ?? 0)
    }
}
