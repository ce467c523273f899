import Evaluation
import JSON
import Transport

/// A model behind an HTTP endpoint, whichever protocol that speaks.
///
/// One call is one request: repeating and pacing are the business of the decorators around it.
struct HTTPModel: ChatModel {
    /// No reply is longer than this.
    private static let maximumReplyBytes = 32 << 20

    let name: String
    let endpoint: ModelEndpoint
    private let format: any WireFormat
    private let pricing: ModelPricing
    let settings: HTTPModelSettings
    let client: HTTPClient
    private let clock: any ModelClock
    /// Told what the endpoint's responses say about its load.
    private let limiter: RateLimiter?

    init(
        _ settings: HTTPModelSettings, endpoint: ModelEndpoint, client: HTTPClient, clock: any ModelClock,
        limiter: RateLimiter? = nil
    ) {
        self.limiter = limiter
        name = settings.model
        self.endpoint = endpoint
        format = settings.provider.wire.format(settings)
        pricing = ModelPricing(settings, host: endpoint.url.host)
        self.settings = settings
        self.client = client
        self.clock = clock
    }

    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        try Task.checkCancellation()
        try ToolLimit.check(request.tools.count, at: endpoint.url.host)
        let started = clock.monotonicSeconds
        let httpRequest = try makeRequest(request, context)
        let reply = ReplyReader(settings, price: pricing, redactor: endpoint.redactor, callIndex: context.index)
        var response: ChatResponse
        do {
            response =
                try await settings.streams
                ? stream(httpRequest, reply, started: started) : send(httpRequest, reply, started: started)
        } catch let error as HTTPError {
            throw failure.error(error)
        }
        response.duration = clock.monotonicSeconds - started
        return response
    }

    private var failure: ProviderFailure { ProviderFailure(redactor: endpoint.redactor) }

    private func makeRequest(_ request: ChatRequest, _ context: CallContext) throws -> HTTPRequest {
        var body = try format.body(for: request)
        body.merge(settings.extraBody)
        var headers = endpoint.headers
        if endpoint.sendsEpisodeHeaders {
            for (name, value) in EpisodeHeaders(context).fields {
                headers.append(HTTPHeader(name: name, value: value))
            }
        }
        var http = HTTPRequest(
            method: "POST", url: endpoint.url.text, headers: headers, body: JSONValue.object(body).bytes())
        http.timeouts = Self.timeouts(limit: .bounded(seconds: settings.timeout), streams: settings.streams)
        http.maximumResponseBytes = Self.maximumReplyBytes
        return http
    }

    /// The limits of a call: on the whole reply, or on silence within a streamed one.
    static func timeouts(limit: Duration, streams: Bool) -> HTTPTimeouts {
        // A stream may go on as long as it moves, but not for ever.
        HTTPTimeouts(idle: limit, total: streams ? limit * 10 : limit)
    }

    private func send(_ request: HTTPRequest, _ reply: ReplyReader, started: Double) async throws -> ChatResponse {
        let response = try await client.send(request)
        heed(response.status, response.headers, started: started)
        guard response.status == 200 else {
            throw failure.error(
                status: response.status, headers: response.headers, body: response.body, now: clock.wallSeconds)
        }
        return try reply.response(from: response.body)
    }

    /// Tells the limiter what a response says about the endpoint's load.
    private func heed(_ status: Int, _ headers: HTTPHeaders, started: Double) {
        limiter?.heard(
            ResponseSignal(
                status: status, headers: headers, fields: settings.provider.rateHeaders, callStarted: started,
                wallNow: clock.wallSeconds))
    }

    private func stream(_ request: HTTPRequest, _ reply: ReplyReader, started: Double) async throws -> ChatResponse {
        let stream = try await client.stream(request)
        heed(stream.status, stream.headers, started: started)
        guard stream.status == 200 else {
            throw failure.error(
                status: stream.status, headers: stream.headers, body: try await stream.collect(),
                now: clock.wallSeconds)
        }
        // Servers that cannot stream answer in one go.
        let type = stream.headers.first("content-type")?.lowercased() ?? "text/event-stream"
        guard type.hasPrefix("text/event-stream") else { return try reply.response(from: try await stream.collect()) }
        var assembler = format.makeAssembler()
        for try await event in stream.serverSentEvents {
            try assembler.consume(event.data, redactor: endpoint.redactor)
            if assembler.isDone { break }
        }
        return try reply.response(from: try assembler.completion())
    }
}

extension HTTPModel: FingerprintedModel {
    /// What decides the model's answers besides the request: the endpoint, the model and the defaults.
    var fingerprint: JSONValue {
        var object: JSONObject = [
            "url": .string(SecretNames.withoutSecrets(address: endpoint.url.text)), "model": .string(name),
        ]
        object["parameters"] = .array(settings.parameterLayers.map { .object($0) })
        if !settings.extraBody.isEmpty { object["extra_body"] = .object(settings.extraBody) }
        if let choice = settings.toolChoice { object["tool_choice"] = choice.wire }
        // A header field may choose the model, and may be a key.
        let headers = settings.extraHeaders.filter { !SecretNames.suspects($0.key) }
        if !headers.isEmpty { object["headers"] = headers.json }
        return .object(object)
    }
}
