import JSON
import Server
import Transport

/// A running API over a fake benchmark, and a client of it.
struct APIHarness {
    let benchmark: FakeBenchmark
    let baseURL: String

    static let client: HTTPClient = {
        var configuration = HTTPClientConfiguration()
        configuration.proxy = .direct
        return HTTPClient(configuration: configuration)
    }()

    static func run(
        _ change: (inout APIConfiguration) -> Void = { _ in }, _ body: (APIHarness) async throws -> Void
    ) async throws {
        var configuration = APIConfiguration()
        configuration.port = 0
        change(&configuration)
        let benchmark = FakeBenchmark()
        try await APIServer(configuration: configuration, service: benchmark).withRunningServer { baseURL in
            try await body(APIHarness(benchmark: benchmark, baseURL: baseURL))
        }
    }

    func send(
        _ path: String, method: String = "GET", headers: [HTTPHeader] = [], body: [UInt8] = []
    ) async throws -> Answer {
        let request = HTTPRequest(method: method, url: baseURL + path, headers: headers, body: body)
        return Answer(try await Self.client.send(request))
    }

    func post(_ body: JSONValue) async throws -> Answer {
        try await send(
            "/runs", method: "POST", headers: [HTTPHeader(name: "Content-Type", value: "application/json")],
            body: body.bytes())
    }

    /// The JSON at a path.
    func json(_ path: String) async throws -> JSONValue { try await send(path).json }

    /// Where a run stands.
    func phase(_ id: String) async throws -> String? { try await json("/runs/\(id)")["status"]?.stringValue }

    /// How many lines there are at a path.
    func count(_ path: String) async throws -> Int { try await send(path).lines.count }

    func lines(_ path: String, headers: [HTTPHeader] = []) async throws -> HTTPStream {
        try await Self.client.stream(HTTPRequest(method: "GET", url: baseURL + path, headers: headers))
    }

    /// Waits until a run is in a phase, told by its events and not by the clock.
    func follow(_ id: String) async throws -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        let stream = try await lines("/runs/\(id)/events")
        for try await event in stream.serverSentEvents { events.append(event) }
        return events
    }
}

/// What came back.
struct Answer {
    let status: Int
    let text: String
    private let response: HTTPResponse

    init(_ response: HTTPResponse) {
        self.response = response
        status = response.status
        text = String(decoding: response.body, as: UTF8.self)
    }

    func header(_ name: String) -> String? { response.headers[name] }

    var json: JSONValue {
        get throws { try JSONValue.parse(text) }
    }

    var lines: [JSONValue] {
        get throws { try text.split(separator: "\n").map { try JSONValue.parse(String($0)) } }
    }

    var code: String? {
        get throws { try json.at("error.code")?.stringValue }
    }
}
