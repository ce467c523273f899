import HTTPTypes
import Hummingbird
import JSON
import NIOCore

/// Answers the API's requests.
struct APIResponder: Sendable {
    let configuration: APIConfiguration
    let service: any BenchmarkService
    let desk: RunDesk
    let gate: ResponseGate

    func makeRouter() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: gate)
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: GuardMiddleware(configuration))
        router.get("/health") { _, _ in await health() }
        router.get("/openapi.json") { _, _ in
            Response.json(OpenAPIDocument(service: service, configuration: configuration).json)
        }
        router.get("/scores") { request, _ in try await ScoresRoute(responder: self).answer(request) }
        router.get("/runs") { request, _ in try await list(request) }
        router.post("/runs") { request, _ in try await begin(request) }
        router.get("/runs/:id") { request, context in try await describe(request, context) }
        router.delete("/runs/:id") { request, context in try await cancel(request, context) }
        router.get("/runs/:id/scores") { request, context in try await scores(request, context) }
        router.get("/runs/:id/trajectories/:task") { request, context in try await trajectory(request, context) }
        router.get("/runs/:id/events") { request, context in
            try await EventsRoute(responder: self).answer(request, run: try name("id", context))
        }
        return router
    }

    /// The largest body of a request.
    private static let bodyLimit = 1 << 20

    private func health() async -> Response {
        let counts = await desk.counts
        return .json([
            "status": "ok", "version": .string(configuration.version), "running": JSONValue(counts.running),
            "queued": JSONValue(counts.waiting),
        ])
    }

    // MARK: Runs

    private func list(_ request: Request) async throws -> Response {
        let query = try RequestReader(request, known: ["limit"])
        let limit = try query.number("limit", in: 1...1000) ?? 100
        let runs = try await desk.descriptions(limit: limit)
        return .json(["runs": .array(runs.map { .object($0.json) })])
    }

    private func begin(_ request: Request) async throws -> Response {
        _ = try RequestReader(request, known: [])
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: Self.bodyLimit)
        } catch is NIOTooManyBytesError {
            throw APIProblem(413, "body_too_large", "the body is larger than \(Self.bodyLimit) bytes")
        }
        let body: JSONValue
        do {
            body = try JSONValue.parse(bytes: buffer.readableBytesView)
        } catch {
            throw APIProblem(400, "invalid_body", "the body is not JSON: \(error)")
        }
        let wish = try RunRequest(body: body, service: service)
        let ticket = try await desk.submit(try await service.resolve(wish))
        guard let description = try await desk.description(of: ticket.id) else {
            throw APIProblem.unknownRun(ticket.id)
        }
        var headers: HTTPFields = [.location: "/runs/\(ticket.id)"]
        headers.set("X-Run-Id", ticket.id)
        return .json(.object(description.json), status: 202, headers: headers)
    }

    private func describe(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        _ = try RequestReader(request, known: [])
        let id = try name("id", context)
        guard let description = try await desk.description(of: id) else { throw APIProblem.unknownRun(id) }
        return .json(.object(description.json))
    }

    private func cancel(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        _ = try RequestReader(request, known: [])
        let description = try await desk.cancel(try name("id", context))
        return .json(.object(description.json), status: description.phase.isOver ? 200 : 202)
    }

    // MARK: What a run left

    private func scores(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let query = try RequestReader(request, known: ["taskID"])
        let tasks = try query.list("taskID")
        let id = try name("id", context)
        guard let description = try await desk.description(of: id) else { throw APIProblem.unknownRun(id) }
        let rows = try await service.scores(ofRun: id).filter { tasks.isEmpty || tasks.contains($0.task) }
        if rows.isEmpty, description.phase.isOver || !tasks.isEmpty {
            var problem = APIProblem(404, "no_scores", "the run '\(id)' has no such scores")
            problem.runID = id
            throw problem
        }
        return JSONLines.response(rows, of: description)
    }

    private func trajectory(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let query = try RequestReader(request, known: ["trial"])
        let (id, task) = (try name("id", context), try name("task", context))
        let trial = try query.number("trial", in: 0...1_000_000) ?? 0
        guard let description = try await desk.description(of: id) else { throw APIProblem.unknownRun(id) }
        guard let messages = try await service.trajectory(ofRun: id, task: task, trial: trial) else {
            var problem = APIProblem(
                404, "no_trajectory", "the run '\(id)' has no finished attempt \(trial) at task '\(task)'")
            problem.runID = id
            throw problem
        }
        return JSONLines.response(messages, headers: JSONLines.headers(of: description))
    }

    /// A checked part of the path.
    private func name(_ key: String, _ context: BasicRequestContext) throws -> String {
        let text = context.parameters.get(key) ?? ""
        return try RequestReader.checked(text.removingPercentEncoding, key)
    }
}

extension String {
    /// The text with `%2F` and the like put in; what is not UTF-8 then shows as such and is refused by its characters.
    var removingPercentEncoding: String {
        guard contains("%") else { return self }
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
