import Evaluation
import JSON
import Testing
import Transport

@testable import MCP

@Suite struct TransportParametersTests {
    private static let registry = Registry(kits: [MCPKit(client: HTTPClient())])

    private func make(_ key: String, _ json: JSONObject) -> (transport: (any ToolTransport)?, problems: [String]) {
        var diagnostics = Diagnostics()
        let place = SourceLocation(file: "c.yaml", line: 1, column: 1)
        let node = ConfigNode(json: .object(json), location: place, path: "mcp_clients[0]")
        let transport = Self.registry.toolTransports[key]?.make(from: node, into: &diagnostics)
        return (transport, diagnostics.all.map { [$0.message, $0.advice].compactMap { $0 }.joined(separator: "; ") })
    }

    @Test func theGuidesClientIsUnderstood() throws {
        let made = make(
            "streamable_http",
            [
                "endpoint": "http://127.0.0.1:5001", "timeout_s": 180,
                "params": [
                    "output_type": "structured_data_only", "session_retry_delay_s": 2, "session_retry_timeout_s": 180,
                ],
            ])
        let transport = try #require(made.transport as? HTTPTransport)
        #expect(transport.endpoint == "http://127.0.0.1:5001")
        #expect(transport.settings.timeout == .seconds(180))
        #expect(transport.settings.retryDelay == .seconds(2))
        #expect(transport.settings.retryTimeout == .seconds(180))
        #expect(made.problems.allSatisfy { $0.hasPrefix("'output_type' has no effect") })
    }

    @Test(
        arguments: [
            ("streamable_http", ["endpiont": "http://x"], "unknown key 'endpiont'; did you mean 'endpoint'?"),
            (
                "streamable_http", ["endpoint": "127.0.0.1:5001"],
                "the endpoint '127.0.0.1:5001' is no http or https address"
            ),
            ("sse", ["timeout_s": 0], "0 is too small"),
            ("sse", ["params": ["session_retry_attempts": 0]], "0 is too small"),
            ("sse", ["params": ["session_retry_delay": 1]], "did you mean 'session_retry_delay_s'?"),
            ("stdio", [:], "missing key 'command'"), ("stdio", ["command": []], "'command' names no program"),
            ("stdio", ["command": ["x"], "headers": ["a": "b"]], "unknown key 'headers'"),
            ("stdio", ["command": ["x"], "params": ["tools": [["description": "d"]]]], "params.tools[0] has no name"),
        ] as [(String, JSONObject, String)])
    func mistakesAreNamedWithWhatWasMeant(key: String, block: JSONObject, words: String) {
        let made = make(key, block)
        #expect(made.transport == nil || key == "sse")
        #expect(made.problems.contains { $0.contains(words) }, "\(made.problems)")
    }

    @Test func aProgramMayBeALineOfWordsOrAList() throws {
        let list = try #require(make("stdio", ["command": ["uvx", "server"], "args": ["-v"]]).transport)
        #expect((list as? ProgramTransport)?.command == ["uvx", "server", "-v"])
        let word = try #require(make("stdio", ["command": "server", "args": ["a b"]]).transport)
        #expect((word as? ProgramTransport)?.command == ["server", "a b"])
        #expect(word.place == .program)
    }

    @Test(arguments: [
        ("http://h:5001", "http://h:5001/mcp", "http://h:5001/sse"), ("http://h/", "http://h/mcp", "http://h/sse"),
        ("https://h/api/mcp/", "https://h/api/mcp/", "https://h/api/mcp/"),
        ("http://h/sse?a=b", "http://h/sse?a=b", "http://h/sse?a=b"),
    ])
    func anAddressWithoutAPathGetsTheUsualOne(given: String, streamable: String, legacy: String) throws {
        #expect(try HTTPTransport.address(given, .streamable) == streamable)
        #expect(try HTTPTransport.address(given, .legacy) == legacy)
    }

    @Test(arguments: [
        ("http://h/a", "http://h:80/b", true), ("https://h", "http://h", true), ("http://h", "https://h", false),
        ("http://h:81", "http://h", false), ("http://i", "http://h", false), ("https://h:8443", "http://h", false),
        ("http://H/", "http://h/", true), ("ftp://h", "http://h", false),
    ])
    func onlyTheSameServerIsTheSame(target: String, url: String, isSame: Bool) {
        #expect(HTTPRoute.isSame(target, url) == isSame)
    }

    @Test(
        arguments: [
            (nil, nil, 0.0, 1, 0, nil), (3, nil, 0, 2, 0, 0), (3, nil, 0.5, 3, 0, nil), (nil, 180, 2, 50, 100, 2),
            (nil, 180, 2, 91, 181, nil), (nil, 0.25, 0, 1, 0.1, 0.2), (2, 180, 1, 2, 5, nil),
        ] as [(Int?, Double?, Double, Int, Double, Double?)])
    func triesFollowTheClientsParameters(
        attempts: Int?, limit: Double?, delay: Double, made: Int, elapsed: Double, pause: Double?
    ) {
        var settings = SessionSettings()
        settings.retryAttempts = attempts
        settings.retryTimeout = limit.map { .seconds($0) }
        settings.retryDelay = .seconds(delay)
        #expect(settings.pause(after: made, elapsed: .seconds(elapsed)) == pause.map { .seconds($0) })
    }

    @Test func aClientWithoutAnAddressSaysWhatIsMissing() {
        let transport = HTTPTransport(.streamable, endpoint: nil, client: HTTPClient())
        let request = ToolSessionRequest(client: "apps", baseDirectory: "/", environment: [:])
        let error = #expect(throws: EvaluationError.self) { try transport.session(request) }
        #expect(error?.message == "MCP client 'apps' has no 'endpoint', and no sandbox says one")
    }
}
