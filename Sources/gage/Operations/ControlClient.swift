import Evaluation
import JSON
import Server
import Transport

/// Speaks with a run that goes on.
struct ControlClient {
    /// The run's control socket.
    let socketPath: String

    private static let client: HTTPClient = {
        var configuration = HTTPClientConfiguration()
        configuration.proxy = .direct
        return HTTPClient(configuration: configuration)
    }()

    /// How the run stands.
    ///
    /// Throws `HTTPError` when nobody answers, ``EvaluationError`` when it is refused.
    func status() async throws -> JSONValue { try await ask("GET", "/status", body: nil, within: .seconds(2)) }

    /// Tells the run what to do, and returns what it says to that.
    func send(_ order: ControlOrder) async throws -> JSONValue {
        try await ask("POST", order.path, body: order.json, within: .seconds(10))
    }

    private func ask(
        _ method: String, _ path: String, body: JSONValue?, within limit: Duration
    ) async throws -> JSONValue {
        var request = HTTPRequest(url: "http://run\(path)", method: method)
        request.unixSocketPath = socketPath
        request.timeouts = HTTPTimeouts(connect: limit, idle: limit, total: limit)
        if let body {
            request.headers = [HTTPHeader(name: "Content-Type", value: "application/json")]
            request.body = body.bytes()
        }
        let response = try await Self.client.send(request)
        let answer = try JSONValue.parse(bytes: response.body)
        guard response.status >= 400 else { return answer }
        throw EvaluationError(
            .configurationInvalid, answer.at("error.message")?.stringValue ?? "the run refuses",
            cause: response.status >= 500 ? .gage : .configuration,
            advice: answer.at("error.advice")?.stringValue)
    }
}
