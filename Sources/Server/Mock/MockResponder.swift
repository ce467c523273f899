import Evaluation
import HTTPTypes
import Hummingbird
import JSON
import Models
import NIOCore

/// Answers the requests of a mock server.
struct MockResponder: Sendable {
    let configuration: MockConfiguration
    let brain: any MockBrain
    let ledger: MockLedger
    let plan: MockFaultPlan

    func makeRouter() -> Router<MockContext> {
        let router = Router(context: MockContext.self)
        for path in ["/v1", ""] {
            router.post("\(path)/chat/completions") { request, context in
                try await chat(request, context)
            }
            router.get("\(path)/models") { _, _ in models }
        }
        router.get("/health") { _, _ in json(["status": "ok"]) }
        router.get("/requests") { _, _ in json(ledger.json) }
        return router
    }

    private var models: Response {
        let list = configuration.models.map { model -> JSONValue in
            ["id": .string(model), "object": "model", "created": 0, "owned_by": "gage"]
        }
        return json(["object": "list", "data": .array(list)])
    }

    private func chat(_ request: Request, _ context: MockContext) async throws -> Response {
        let number = ledger.begin()
        defer { ledger.end() }
        let faults = plan.faults(of: number)
        let question: MockRequest
        do {
            question = try await read(request, number)
        } catch let error as EvaluationError {
            return failure(.init(status: 400, message: error.message, code: "invalid_request"))
        }
        let delay = plan.delay(of: number)
        if delay > 0 { try await Task.sleep(for: .seconds(delay)) }
        if let refusal = try await refuse(faults, context) { return refusal }
        let reply = await brain.reply(to: question)
        if let failure = reply.failure { return self.failure(failure) }
        var completion = MockCompletion(number: number, request: question, reply: reply)
        if strikes(.malformedToolJSON, faults, where: completion.callsTools) { completion.breaksArguments = true }
        return question.parameters["stream"]?.boolValue == true
            ? stream(completion, faults) : whole(completion, faults)
    }

    private func read(_ request: Request, _ number: Int) async throws -> MockRequest {
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        let buffer = try await request.body.collect(upTo: configuration.maximumBodyBytes)
        let body: JSONValue
        do {
            body = try JSONValue.parse(bytes: buffer.readableBytesView)
        } catch {
            throw EvaluationError(.dataMalformed, "the body is not JSON: \(error)", cause: .task)
        }
        let question = try MockRequest(body: body, headers: headers)
        ledger.keep(MockRecord(number: number, headers: headers, body: body, episode: question.episode))
        return question
    }

    /// Whether a fault strikes where it can; counts it when it does.
    private func strikes(
        _ kind: MockFault.Kind, _ faults: Set<MockFault.Kind>, where isPossible: Bool = true
    ) -> Bool {
        guard isPossible, faults.contains(kind) else { return false }
        ledger.count(kind)
        return true
    }

    /// The answer in place of a completion, where a fault asks for one; of several the worst.
    private func refuse(_ faults: Set<MockFault.Kind>, _ context: MockContext) async throws -> Response? {
        if strikes(.reset, faults) {
            await context.resetConnection()
            throw MockAbort()
        }
        if strikes(.hang, faults) {
            try await Task.sleep(for: .seconds(86_400))
            throw MockAbort()
        }
        if strikes(.rateLimit, faults) {
            return failure(
                .init(
                    status: 429, message: "rate limit reached", code: "rate_limit_exceeded",
                    retryAfter: configuration.retryAfter))
        }
        if strikes(.serverError, faults) {
            return failure(.init(status: 500, message: "the server had an error", code: "server_error"))
        }
        return nil
    }

    private func whole(_ completion: MockCompletion, _ faults: Set<MockFault.Kind>) -> Response {
        var value = completion.json
        if strikes(.emptyChoices, faults) { value["choices"] = [] }
        let bytes = value.bytes()
        if strikes(.malformedJSON, faults) { return response(Array(bytes.prefix(bytes.count / 2))) }
        guard strikes(.truncatedBody, faults) else { return response(bytes) }
        let body = ResponseBody(contentLength: bytes.count) { writer in
            try await writer.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
            throw MockAbort()
        }
        return Response(status: .ok, headers: Self.jsonHeaders, body: body)
    }

    private func stream(_ completion: MockCompletion, _ faults: Set<MockFault.Kind>) -> Response {
        let options = completion.request.parameters["stream_options"]
        var events = completion.chunks(withUsage: options?["include_usage"]?.boolValue == true).map { $0.text() }
        if strikes(.emptyChoices, faults) { events = [#"{"choices":[]}"#] }
        if strikes(.malformedJSON, faults) { events[events.count / 2] = #"{"choices":[{"# }
        let breaksOff = strikes(.truncatedBody, faults)
        if breaksOff { events.removeSubrange((events.count / 2)...) }
        if configuration.sendsDone, !breaksOff { events.append("[DONE]") }
        let pause = strikes(.slowStream, faults) ? configuration.slowStreamMilliseconds / 1000 : 0
        let lines = events.map { "data: \($0)\n\n" }
        let body = ResponseBody { writer in
            if pause > 0 {
                for line in lines {
                    try await Task.sleep(for: .seconds(pause))
                    try await writer.write(ByteBuffer(string: line))
                }
            } else {
                try await writer.write(ByteBuffer(string: lines.joined()))
            }
            if breaksOff { throw MockAbort() }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-cache"], body: body)
    }
}

extension MockResponder {
    private static let jsonHeaders: HTTPFields = [.contentType: "application/json"]

    private func json(_ value: JSONValue) -> Response { response(value.bytes()) }

    private func response(_ bytes: [UInt8]) -> Response {
        Response(status: .ok, headers: Self.jsonHeaders, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func failure(_ failure: MockReply.Failure) -> Response {
        var error: JSONObject = ["message": .string(failure.message), "type": "mock_error"]
        if let code = failure.code { error["code"] = .string(code) }
        let bytes = JSONValue.object(["error": .object(error)]).bytes()
        var headers = Self.jsonHeaders
        if let seconds = failure.retryAfter { headers[.retryAfter] = Self.text(of: seconds) }
        return Response(
            status: .init(code: failure.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// Whole seconds as HTTP wants them; fractions as some servers send them.
    private static func text(of seconds: Double) -> String {
        Int(exactly: seconds).map { String($0) } ?? String(seconds)
    }
}
