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
    let load: MockLoad
    /// Counts requests against the rate that the server bears, where there is one.
    let meter: MockMeter?

    func makeRouter() -> Router<MockContext> {
        let router = Router(context: MockContext.self)
        for path in ["/v1", "", "/v1beta"] {
            router.post("\(path)/chat/completions") { request, context in
                try await chat(request, context, chatCompletions)
            }
            router.post("\(path)/responses") { request, context in try await chat(request, context, MockResponses()) }
            router.post("\(path)/messages") { request, context in try await chat(request, context, MockMessages()) }
            router.post("\(path)/models/:action") { request, context in
                guard let wire = context.parameters.get("action").flatMap(MockGenerateContent.init) else {
                    return Response(status: .notFound)
                }
                return try await chat(request, context, wire)
            }
            router.get("\(path)/models") { _, _ in models }
        }
        for path in ["/v1", "", "/openai"] {
            router.post("\(path)/deployments/:deployment/chat/completions") { request, context in
                try await chat(request, context, chatCompletions)
            }
        }
        router.get("/health") { _, _ in json(["status": "ok"]) }
        router.get("/requests") { _, _ in json(ledger.json) }
        return router
    }

    private var chatCompletions: MockChatCompletions { MockChatCompletions(sendsDone: configuration.sendsDone) }

    private var models: Response {
        let list = configuration.models.map { model -> JSONValue in
            ["id": .string(model), "object": "model", "created": 0, "owned_by": "gage"]
        }
        return json(["object": "list", "data": .array(list)])
    }

    private func chat(_ request: Request, _ context: MockContext, _ wire: any MockWire) async throws -> Response {
        // What is left is counted when a request comes, and told when it has been answered.
        let allowance = meter?.take()
        var response = try await respond(to: request, context, wire, refusedFor: allowance?.refusedFor)
        for (name, value) in allowance.map(wire.fields) ?? [] {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        return response
    }

    private func respond(
        to request: Request, _ context: MockContext, _ wire: any MockWire, refusedFor seconds: Double?
    ) async throws -> Response {
        let number = ledger.begin()
        defer { ledger.end() }
        let question: MockRequest
        do {
            question = try await read(request, number, wire)
        } catch let error as EvaluationError {
            return failure(.init(status: 400, message: error.message, code: "invalid_request"), wire)
        }
        if let seconds {
            ledger.refuse()
            return failure(tooMany(retryAfter: seconds), wire)
        }
        guard await load.begin() else {
            ledger.refuse()
            return failure(tooMany(), wire)
        }
        defer { load.end() }
        let faults = plan.faults(of: number)
        let delay = plan.delay(of: number)
        if delay > 0 { try await Task.sleep(for: .bounded(seconds: delay)) }
        if let refusal = try await refuse(faults, context, wire) { return refusal }
        let reply = await brain.reply(to: question)
        if let failure = reply.failure { return self.failure(failure, wire) }
        var answer = MockAnswer(number: number, request: question, reply: reply)
        if strikes(.malformedToolJSON, faults, where: answer.callsTools) { answer.breaksArguments = true }
        return question.parameters["stream"]?.boolValue == true
            ? stream(answer, faults, wire) : whole(answer, faults, wire)
    }

    private func tooMany(retryAfter seconds: Double? = nil) -> MockReply.Failure {
        .init(
            status: 429, message: "rate limit reached", code: "rate_limit_exceeded",
            retryAfter: seconds ?? configuration.retryAfter)
    }

    private func read(_ request: Request, _ number: Int, _ wire: any MockWire) async throws -> MockRequest {
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        let buffer = try await request.body.collect(upTo: configuration.maximumBodyBytes)
        let body: JSONValue
        do {
            body = try JSONValue.parse(bytes: buffer.readableBytesView)
        } catch {
            throw EvaluationError(.dataMalformed, "the body is not JSON: \(error)", cause: .task)
        }
        guard let object = body.objectValue else {
            throw EvaluationError(.dataMalformed, "the body is no object", cause: .task)
        }
        var chat = try wire.chatBody(of: object)
        // At a deployment the path says what answers.
        if chat["model"] == nil, request.uri.path.contains("/deployments/") { chat["model"] = "deployment" }
        let question = try MockRequest(body: .object(chat), headers: headers)
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
    private func refuse(
        _ faults: Set<MockFault.Kind>, _ context: MockContext, _ wire: any MockWire
    ) async throws -> Response? {
        if strikes(.reset, faults) {
            await context.resetConnection()
            throw MockAbort()
        }
        if strikes(.hang, faults) {
            try await Task.sleep(for: .seconds(86_400))
            throw MockAbort()
        }
        if strikes(.rateLimit, faults) {
            return failure(tooMany(), wire)
        }
        if strikes(.serverError, faults) {
            return failure(.init(status: 500, message: "the server had an error", code: "server_error"), wire)
        }
        return nil
    }

    private func whole(_ answer: MockAnswer, _ faults: Set<MockFault.Kind>, _ wire: any MockWire) -> Response {
        let value = strikes(.emptyChoices, faults) ? wire.nothing : wire.whole(answer)
        let bytes = value.bytes()
        if strikes(.malformedJSON, faults) { return response(Array(bytes.prefix(bytes.count / 2))) }
        guard strikes(.truncatedBody, faults) else { return response(bytes) }
        let body = ResponseBody(contentLength: bytes.count) { writer in
            try await writer.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
            throw MockAbort()
        }
        return Response(status: .ok, headers: Self.jsonHeaders, body: body)
    }

    private func stream(_ answer: MockAnswer, _ faults: Set<MockFault.Kind>, _ wire: any MockWire) -> Response {
        var events = wire.events(answer)
        if strikes(.emptyChoices, faults) { events = [MockEvent(wire.nothing)] }
        if strikes(.malformedJSON, faults) { events[events.count / 2] = MockEvent(data: #"{"choices":[{"#) }
        let breaksOff = strikes(.truncatedBody, faults)
        if breaksOff { events.removeSubrange((events.count / 2)...) }
        if !breaksOff, let farewell = wire.farewell { events.append(farewell) }
        let pause = strikes(.slowStream, faults) ? configuration.slowStreamMilliseconds / 1000 : 0
        let lines = events.map(\.lines)
        let body = ResponseBody { writer in
            if pause > 0 {
                for line in lines {
                    try await Task.sleep(for: .bounded(seconds: pause))
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

    private func failure(_ failure: MockReply.Failure, _ wire: any MockWire) -> Response {
        let bytes = wire.failure(failure).bytes()
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
