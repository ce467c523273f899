import Evaluation
import Glibc
import JSON
import MCP
import Testing

/// What a real AppWorld server answered, recorded; read where the reference data is.
private enum Recording {
    static let directory: String? = {
        let beside = OfficialServer.root + "/../shared/reference"
        let places = [getenv("GAGE_REFERENCE").map { String(cString: $0) }, beside].compactMap { $0 }
        return places.map { $0 + "/appworld/scrubbed" }.first { access($0 + "/mcp.jsonl", R_OK) == 0 }
    }()

    struct Exchange: Sendable {
        var name: String
        var request: JSONValue
        var status: Int
        var headers: JSONObject
        var body: JSONValue
    }

    static func exchanges(_ file: String) throws -> [Exchange] {
        guard let directory, let stream = fopen("\(directory)/\(file).jsonl", "r") else { throw LoopbackFailure() }
        defer { fclose(stream) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 { text += buffer[..<count] }
        return try text.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let json = try JSONValue.parse(bytes: line)
            guard json["type"] == "exchange", json["server"] == "mcp" || json["server"] == nil else { return nil }
            return Exchange(
                name: json["name"]?.stringValue ?? "", request: json["request"] ?? .null,
                status: json["response"]?["status"]?.intValue ?? 0,
                headers: json["response"]?["headers"]?.objectValue ?? [:], body: json["response"]?["body"] ?? .null)
        }
    }

    /// A server that gives these answers: the first that was given to the same method, tool and arguments.
    static func server(_ exchanges: [Exchange]) throws -> LoopbackHTTP {
        try LoopbackHTTP { request in
            if request.path == "/mcp" {
                let host = request.headers["host"] ?? ""
                return .status(307, headers: [("Location", "http://\(host)/mcp/")])
            }
            let asked = request.message
            let found = exchanges.first { exchange in
                let body = exchange.request["body"]
                return exchange.status != 307 && body?["method"] == asked["method"]
                    && body?["params"]?["name"] == asked["params"]?["name"]
                    && body?["params"]?["protocolVersion"] == asked["params"]?["protocolVersion"]
                    && (body?["params"]?["arguments"] ?? [:]) == (asked["params"]?["arguments"] ?? [:])
                    && exchange.request["headers"]?["accept"]?.stringValue == request.headers["accept"]
            }
            guard let found else { return .status(500, "Internal Server Error") }
            let headers = found.headers.compactMap {
                $0.key == "content-type" ? ($0.key, $0.value.stringValue ?? "") : nil
            }
            // The recorded id becomes the one that was asked under now.
            let text = found.body.stringValue ?? found.body.text()
            let recorded = "\"id\":\(found.request["body"]?["id"]?.text() ?? "null")"
            let body = text.replacing(recorded, with: "\"id\":\(request.id.text())", maxReplacements: 1)
            return LoopbackAnswer(
                status: found.status, headers: headers, pieces: body.isEmpty ? [] : [Array(body.utf8)])
        }
    }
}

@Suite(.enabled(if: Recording.directory != nil, "no reference data beside the checkout or in $GAGE_REFERENCE"))
struct AppWorldReplayTests {
    @Test func theGuidesAddressLeadsThroughTheRedirectToTheTools() async throws {
        let exchanges = try Recording.exchanges("mcp")
        let server = try Recording.server(exchanges)
        defer { server.stop() }
        let session = try Sessions.http("http://127.0.0.1:\(server.port)")
        try await session.closing { session in
            let hello = try await session.hello()
            #expect(hello.name == "AppWorld")
            #expect(hello.protocolVersion == "2025-11-25")
            _ = try await session.call("nope", arguments: [:])
        }
        let paths = server.requests.map(\.path)
        // Only the first request goes where it is sent on from.
        #expect(paths.first == "/mcp")
        #expect(paths.dropFirst().allSatisfy { $0 == "/mcp/" })
        #expect(server.requests.last?.headers["mcp-protocol-version"] == "2025-11-25")
        #expect(!server.requests.contains { $0.method == "GET" || $0.method == "DELETE" })
    }

    @Test(
        arguments: [
            ("nope__nope", [:], true, "'nope'"),
            ("api_docs__show_app_descriptions", [:], true, "'api_docs'"),
            (
                "simple_note__create_note", ["title": "x"], true,
                "Input validation error: 'content' is a required property"
            ),
            ("spotify__show_song", ["song_id": "abc"], true, "Input validation error: 'abc' is not of type 'integer'"),
            ("spotify__show_song", ["song_id": 99_999_999], false, "does not exist"),
        ] as [(String, JSONObject, Bool, String)])
    func failuresReadAsTheServerSaysThem(
        tool: String, arguments: JSONObject, isError: Bool, words: String
    ) async throws {
        let server = try Recording.server(try Recording.exchanges("mcp"))
        defer { server.stop() }
        try await Sessions.http(server.url).closing { session in
            let reply = try await session.call(tool, arguments: arguments)
            #expect(reply.isError == isError)
            #expect(reply.text.contains(words), "\(reply.text)")
            #expect((reply.structured == nil) == isError)
        }
    }

    @Test(arguments: ["both", "both_but_empty_text", "call_tool_result", "content_only", "structured_data_only"])
    func everyOutputTypeGivesTheSameValue(type: String) async throws {
        let hello = try Recording.exchanges("mcp").filter { $0.request["body"]?["method"] != "tools/call" }
        let exchanges = try Recording.exchanges("output_\(type)")
        let server = try Recording.server(hello + exchanges)
        defer { server.stop() }
        try await Sessions.http(server.url).closing { session in
            let reply = try await session.call("supervisor__show_active_task", arguments: [:])
            let value = try reply.structured ?? JSONValue.parse(reply.text)
            #expect(value["response"]?["answer"] == "<<NOT_GIVEN>>")
            #expect((reply.structured == nil) == (type == "content_only"))
            #expect(reply.text.isEmpty == (type == "both_but_empty_text"))
        }
    }
}
