import HTTPTypes
import Hummingbird
import JSON
import NIOCore

/// `GET /scores`: runs what is asked for and answers its scores.
struct ScoresRoute: Sendable {
    let responder: APIResponder

    private var desk: RunDesk { responder.desk }
    private var service: any BenchmarkService { responder.service }

    /// What the client wants beside the run itself.
    private struct Wish {
        var request: RunRequest
        var isFresh = true
        var streams = false
        var cancelsOnDisconnect = false
    }

    /// A run whose end the client waits for.
    private struct Wait {
        var ticket: RunDesk.Ticket
        /// Whether the run was begun for this client alone.
        var isOwn: Bool
        var cancelsOnDisconnect: Bool
    }

    func answer(_ request: Request) async throws -> Response {
        let wish = try await read(request)
        if !wish.isFresh {
            if let ticket = await desk.ticket(matching: wish.request) {
                let wait = Wait(ticket: ticket, isOwn: false, cancelsOnDisconnect: false)
                return try await answer(request, wait, streams: wish.streams)
            }
            if let id = try await service.latestRun(matching: wish.request) {
                return try await outcome(ofRun: id, RunEnding(.completed), tasks: wish.request.tasks)
            }
        }
        let wait = Wait(
            ticket: try await desk.submit(wish.request), isOwn: true, cancelsOnDisconnect: wish.cancelsOnDisconnect)
        return try await answer(request, wait, streams: wish.streams)
    }

    private func read(_ request: Request) async throws -> Wish {
        let query = try RequestReader(
            request,
            known: [
                "model", "subset", "taskID", "trials", "user_model", "fresh", "stream", "cancel_on_disconnect",
            ])
        var wish = Wish(request: try RunRequest(query: query, service: service))
        wish.isFresh = try query.flag("fresh") ?? true
        wish.streams = try query.flag("stream") ?? Self.acceptsLines(request)
        wish.cancelsOnDisconnect = try query.flag("cancel_on_disconnect") ?? false
        wish.request = try await service.resolve(wish.request)
        return wish
    }

    /// Whether the client says by name that it reads lines as they come.
    private static func acceptsLines(_ request: Request) -> Bool {
        let types = (request.headers[.accept] ?? "").lowercased()
        return types.contains("application/x-ndjson") || types.contains("application/jsonl")
    }

    private func answer(_ request: Request, _ wait: Wait, streams: Bool) async throws -> Response {
        if streams { return stream(request, wait) }
        let ending = try await whileConnected(request, wait) { try await wait.ticket.feed.waitForEnd() }
        return try await outcome(ofRun: wait.ticket.id, ending, tasks: wait.ticket.request.tasks)
    }

    /// Does something until the client hangs up; then the run is taken back if it has not begun.
    ///
    /// A run that has begun goes on, so that nothing is lost, unless the client asked for the contrary.
    private func whileConnected<Value: Sendable>(
        _ request: Request, _ wait: Wait, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await request.body.consumeWithCancellationOnInboundClose { _ in try await body() }
        } catch let error as CancellationError {
            if wait.isOwn {
                await desk.withdraw(wait.ticket.id)
                // A run that is over meanwhile cannot be cancelled, and need not be.
                if wait.cancelsOnDisconnect { _ = try? await desk.cancel(wait.ticket.id) }
            }
            throw error
        }
    }

    // MARK: The whole answer

    private func outcome(ofRun id: String, _ ending: RunEnding, tasks: [String]) async throws -> Response {
        let rows = try await service.scores(ofRun: id).filter { tasks.isEmpty || tasks.contains($0.task) }
        if rows.contains(where: { !$0.isErrored }) {
            var headers = JSONLines.headers(ofRun: id)
            headers.set("X-Run-Status", JSONLines.status(of: ending.phase))
            headers.set("X-Run-Errors", String(rows.count { $0.isErrored }))
            return JSONLines.response(rows.map { .object($0.line) }, headers: headers)
        }
        throw Self.problem(ofRun: id, ending, rows)
    }

    /// Why a run without any score is no answer.
    private static func problem(ofRun id: String, _ ending: RunEnding, _ rows: [ScoreRow]) -> APIProblem {
        let resume = "POST /runs with {\"run_id\": \"\(id)\"} goes on with it"
        var problem: APIProblem
        switch ending.phase {
        case .cancelled:
            problem = APIProblem(409, "run_cancelled", ending.reason ?? "the run was taken back before it began")
        case .interrupted:
            problem = APIProblem(503, "run_interrupted", ending.reason ?? "the run was interrupted", advice: resume)
            problem.retryAfter = 10
        default:
            let reason = ending.reason ?? "no task could be scored"
            problem = APIProblem(502, "run_failed", reason, advice: rows.isEmpty ? nil : resume)
        }
        problem.runID = id
        if !rows.isEmpty { problem.details["scores"] = .array(rows.map { .object($0.line) }) }
        return problem
    }

    // MARK: The streamed answer

    /// Rows as tasks finish; how the run ended is in the trailer `X-Run-Status`.
    private func stream(_ request: Request, _ wait: Wait) -> Response {
        var headers = JSONLines.headers(ofRun: wait.ticket.id)
        headers.set("Trailer", "X-Run-Status")
        let body = ResponseBody { writer in
            // What the closure below may not capture is handed round by a box of its own.
            let output = LineOutput(writer)
            let ending = try await whileConnected(request, wait) {
                var cursor = RunFeed.Cursor()
                while true {
                    let batch = try await wait.ticket.feed.next(after: cursor)
                    for row in batch.rows { try await output.write(JSONLines.line(.object(row.line))) }
                    if let ending = batch.ending { return ending }
                    cursor = batch.cursor
                }
            }
            var trailers: HTTPFields = [:]
            trailers.set("X-Run-Status", JSONLines.status(of: ending.phase))
            try await output.finish(trailers)
        }
        return Response(status: .ok, headers: headers, body: body)
    }
}

/// A response's writer, for closures that cannot take it `inout`.
final class LineOutput {
    private var writer: any ResponseBodyWriter

    init(_ writer: any ResponseBodyWriter) { self.writer = writer }

    func write(_ buffer: ByteBuffer) async throws { try await writer.write(buffer) }

    func finish(_ trailers: HTTPFields?) async throws { try await writer.finish(trailers) }
}
