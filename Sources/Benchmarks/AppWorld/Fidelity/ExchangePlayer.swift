import Evaluation
import JSON
import Transport

/// Sends recorded requests to running servers.
struct ExchangePlayer {
    /// How long an answer may take that was finished when it was recorded.
    private static let patience: Duration = .seconds(120)
    /// How long a stream that never ends is watched.
    private static let watch: Duration = .seconds(2)

    let urls: [AppWorldServer: String]
    let http: HTTPClient
    let names: AppWorldNameMap
    private var secrets = SecretMemory()

    init(urls: [AppWorldServer: String], http: HTTPClient, names: AppWorldNameMap) {
        self.urls = urls
        self.http = http
        self.names = names
    }

    /// Sends a request and takes its answer.
    mutating func play(_ exchange: RecordedExchange) async throws -> LiveAnswer {
        let app = app(of: exchange)
        let request = try request(exchange, app: app)
        let answer = try await send(request, endless: exchange.response.status == nil)
        let said = LiveAnswer.apiAnswer(in: answer.body)
        secrets.learn(from: said, app: app)
        secrets.pair(recorded: LiveAnswer.apiAnswer(in: names.value(exchange.response.body)), live: said)
        return answer
    }

    private func request(_ exchange: RecordedExchange, app: String?) throws(EvaluationError) -> HTTPRequest {
        guard let base = urls[exchange.server] else {
            throw EvaluationError(
                .configurationInvalid,
                "'\(exchange.name)' goes to the \(exchange.server.rawValue) server, "
                    + "whose address was not given", cause: .configuration,
                advice: "give --\(exchange.server.rawValue) URL")
        }
        let isWrong = LiveAnswer.apiAnswer(in: exchange.response.body)["message"]?.stringValue == "Invalid credentials"
        func filled(_ text: String) -> String {
            secrets.filled(names.text(text), app: app, isWrong: isWrong)
        }
        var root = base
        while root.hasSuffix("/") { root.removeLast() }
        var request = HTTPRequest(
            url: root + secrets.renumbered(path: filled(exchange.request.path)), method: exchange.request.method)
        request.headers = exchange.request.headers.map { HTTPHeader(name: $0.name, value: filled($0.value)) }
        switch exchange.request.body {
        case .null: break
        case .string(let text): request.body = Array(filled(text).utf8)
        case let body:
            request.body = secrets.renumbered(secrets.filled(names.value(body), app: app, isWrong: isWrong)).bytes()
        }
        request.timeouts = HTTPTimeouts(connect: .seconds(10), idle: Self.patience, total: Self.patience)
        return request
    }

    /// The app that a request goes to: the first part of a path or of a tool's name.
    private func app(of exchange: RecordedExchange) -> String? {
        switch exchange.server {
        case .environment: return nil
        case .apis: return exchange.request.path.split(separator: "/").first.map { names.text(String($0)) }
        case .mcp:
            guard let tool = exchange.request.body["params"]?["name"]?.stringValue else { return nil }
            let name = names.text(tool)
            // Names of apps have single underscores, and two stand before the API's.
            return name.firstIndex(ofDouble: "_").map { String(name[..<$0]) }
        }
    }

    private func send(_ request: HTTPRequest, endless: Bool) async throws -> LiveAnswer {
        guard endless else { return LiveAnswer(try await http.send(request)) }
        var request = request
        request.timeouts.total = Self.watch
        do {
            return LiveAnswer(try await http.send(request))
        } catch let error as HTTPError where error.code == .timeoutTotal || error.code == .timeoutIdle {
            return LiveAnswer(status: nil, contentType: "", body: .null)
        }
    }
}

extension LiveAnswer {
    init(_ response: HTTPResponse) {
        let type = Self.mediaType(response.headers["content-type"] ?? "")
        let text = String(decoding: response.body, as: UTF8.self)
        // A body that claims to be JSON and is none is compared as the text that it is.
        let json = type == "application/json" && !text.isEmpty ? try? JSONValue.parse(bytes: response.body) : nil
        self.init(
            status: response.status, contentType: type, location: response.headers["location"],
            allow: response.headers["allow"], body: json ?? .string(text))
    }
}

extension String {
    /// Where a character stands twice in a row for the first time.
    fileprivate func firstIndex(ofDouble character: Character) -> Index? {
        indices.dropLast().first { self[$0] == character && self[index(after: $0)] == character }
    }
}
