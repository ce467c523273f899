import Evaluation
import JSON
import MCP
import Synchronization
import Testing
import Transport

@Suite struct StreamableHTTPTests {
    @Test func aSessionBeginsWithAGreetingAndEndsWithAFarewell() async throws {
        let server = try LoopbackHTTP.greeting(session: "s-1") { request in
            request.method == "DELETE" ? .status(200) : .json(Answers.text(request.id, "yes"))
        }
        defer { server.stop() }
        try await Sessions.http(server.url, headers: [HTTPHeader(name: "X-Key", value: "k")]).closing { session in
            let reply = try await session.call("x", arguments: ["a": 1])
            #expect(reply.text == "yes")
        }
        #expect(server.conversation == ["initialize", "notifications/initialized", "tools/call", "DELETE"])
        let requests = server.requests
        #expect(requests[0].message["params"]?["protocolVersion"] == "2025-11-25")
        #expect(requests[0].message["params"]?["clientInfo"]?["name"] == "gage")
        #expect(requests[0].headers["accept"] == "application/json, text/event-stream")
        #expect(requests[0].headers["mcp-protocol-version"] == nil)
        #expect(requests[2].message["params"] == ["name": "x", "arguments": ["a": 1]])
        for request in requests.dropFirst() {
            #expect(request.headers["mcp-session-id"] == "s-1")
            #expect(request.headers["mcp-protocol-version"] == "2025-06-18")
        }
        #expect(requests.allSatisfy { $0.headers["x-key"] == "k" })
    }

    @Test func withoutASessionNothingIsSaidAtTheEnd() async throws {
        let server = try LoopbackHTTP.greeting { .json(Answers.tools($0.id, ["a"])) }
        defer { server.stop() }
        _ = try await Sessions.http(server.url).closing { try await $0.tools() }
        #expect(server.conversation.last == "tools/list")
    }

    @Test(arguments: ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
    func everyRevisionIsSpoken(version: String) async throws {
        let server = try LoopbackHTTP.greeting(version: version) { .json(Answers.tools($0.id, [])) }
        defer { server.stop() }
        try await Sessions.http(server.url).closing { session in
            let hello = try await session.hello()
            #expect(hello.protocolVersion == version)
            _ = try await session.tools()
        }
        let isNamed = server.requests.last?.headers["mcp-protocol-version"] != nil
        #expect(isNamed == (version >= "2025-06-18"))
    }

    @Test func aForeignRevisionIsNamed() async throws {
        let server = try LoopbackHTTP.greeting(version: "2031-01-01") { _ in .status(500) }
        defer { server.stop() }
        let error = await (try Sessions.http(server.url)).failure()
        #expect(
            error?.message.contains("it speaks revision '2031-01-01' of the protocol, and gage 2024-11-05,") == true)
        #expect(error?.cause == .configuration)
    }

    @Test func pagesAreReadToTheLastAndKept() async throws {
        let server = try LoopbackHTTP.greeting { request in
            switch request.message["params"]?["cursor"]?.stringValue {
            case nil: .json(Answers.tools(request.id, ["a", "b"], next: "2"))
            case "2": .json(Answers.tools(request.id, ["c"], next: "3"))
            default: .json(Answers.tools(request.id, ["d"]))
            }
        }
        defer { server.stop() }
        try await Sessions.http(server.url).closing { session in
            for _ in 0..<2 {
                let tools = try await session.tools()
                #expect(tools.map(\.name) == ["a", "b", "c", "d"])
            }
        }
        #expect(server.conversation.count { $0 == "tools/list" } == 3)
    }

    @Test func toolsAreListedAgainWhenTheServerSaysThatTheyChanged() async throws {
        let changed: JSONValue = ["jsonrpc": "2.0", "method": "notifications/tools/list_changed"]
        let server = try LoopbackHTTP.greeting { request in
            guard request.rpc == "tools/call" else { return .json(Answers.tools(request.id, ["a"])) }
            return .events(Answers.event(changed) + Answers.event(Answers.text(request.id, "x")))
        }
        defer { server.stop() }
        try await Sessions.http(server.url).closing { session in
            _ = try await session.tools()
            _ = try await session.call("a", arguments: [:])
            _ = try await session.tools()
            _ = try await session.tools()
        }
        #expect(server.conversation.count { $0 == "tools/list" } == 2)
    }

    @Test func hundredsOfKilobytesOfToolsComeInOneLine() async throws {
        let names = (0..<500).map { "app__endpoint_with_a_long_name_\($0)" }
        let server = try LoopbackHTTP.greeting { request in
            let schema = JSONValue.object([
                "type": "object", "description": .string(String(repeating: "d", count: 1200)),
            ])
            let tools = names.map { name -> JSONValue in ["name": .string(name), "inputSchema": schema] }
            return .events(Answers.event(Answers.result(request.id, ["tools": .array(tools)])), by: 1000)
        }
        defer { server.stop() }
        let tools = try await Sessions.http(server.url).closing { try await $0.tools() }
        #expect(tools.map(\.name) == names)
    }

    @Test(arguments: [1, 2, 3, 7, 61])
    func eventsMaySplitAnywhere(size: Int) async throws {
        let server = try LoopbackHTTP.greeting { request in
            let text = ": hello\r\n" + Answers.event(Answers.text(request.id, "grüße 👋")).replacing("\n", with: "\r\n")
            return .events(text, by: size)
        }
        defer { server.stop() }
        let reply = try await Sessions.http(server.url).closing { try await $0.call("x", arguments: [:]) }
        #expect(reply.text == "grüße 👋")
    }

    @Test func theServersOwnQuestionsAreAnswered() async throws {
        let ping: JSONValue = ["jsonrpc": "2.0", "id": "p", "method": "ping"]
        let question: JSONValue = ["jsonrpc": "2.0", "id": 5, "method": "sampling/createMessage", "params": [:]]
        let server = try LoopbackHTTP.greeting { request in
            guard request.rpc == "tools/call" else { return .status(202) }
            let text = Answers.event(ping) + Answers.event(question) + Answers.event(Answers.text(request.id, "x"))
            return .events(text)
        }
        defer { server.stop() }
        _ = try await Sessions.http(server.url).closing { try await $0.call("x", arguments: [:]) }
        let answers = server.requests.map(\.message).filter { $0["method"] == nil && $0["jsonrpc"] != nil }
        #expect(answers.first == ["jsonrpc": "2.0", "id": "p", "result": [:]])
        #expect(answers.last?["id"] == 5)
        #expect(answers.last?["error"]?["code"] == -32601)
    }

    @Test func anExpiredSessionIsBegunAnewAndTheCallSentAgain() async throws {
        let count = Mutex(0)
        let server = try LoopbackHTTP { request in
            switch request.rpc {
            case "initialize":
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                return .json(Answers.hello(request.id), headers: [("Mcp-Session-Id", "s-\(number)")])
            case "tools/call" where request.headers["mcp-session-id"] == "s-1":
                return .status(404, #"{"jsonrpc":"2.0","id":"server-error","error":{"code":-32600,"message":"gone"}}"#)
            case "tools/call": return .json(Answers.text(request.id, request.headers["mcp-session-id"] ?? ""))
            default: return .status(202)
            }
        }
        defer { server.stop() }
        let events = KeptEvents()
        let reply = try await Sessions.http(server.url, events: events).closing {
            try await $0.call("x", arguments: [:])
        }
        #expect(reply.text == "s-2")
        #expect(events.named("tool_session_lost").count == 1)
        #expect(events.named("tool_session_opened").map { $0["protocol"] } == ["2025-06-18", "2025-06-18"])
    }

    @Test func aSessionIsTriedAsOftenAsTheClientSays() async throws {
        let count = Mutex(0)
        let server = try LoopbackHTTP.greeting { .json(Answers.text($0.id, "x")) }
        defer { server.stop() }
        let busy = try LoopbackHTTP { request in
            let number = count.withLock { count in
                count += 1
                return count
            }
            guard request.rpc != "initialize" || number > 3 else { return .status(503, "starting") }
            return request.rpc == "initialize" ? .json(Answers.hello(request.id)) : .json(Answers.text(request.id, "x"))
        }
        defer { busy.stop() }
        let impatient = await (try Sessions.http(busy.url) { $0.retryAttempts = 2 }).failure()
        #expect(impatient?.message.hasSuffix("it answers with status 503: starting (after 2 tries)") == true)
        #expect(impatient?.code == .toolServerUnavailable)
        #expect(impatient?.retry == .worthwhile)
        let patient = try Sessions.http(busy.url) {
            $0.retryTimeout = .seconds(20); $0.retryDelay = .milliseconds(1)
        }
        let reply = try await patient.closing { try await $0.call("x", arguments: [:]) }
        #expect(reply.text == "x")
    }

    @Test func callersAtOnceShareOneSessionAndOneFailure() async throws {
        let server = try LoopbackHTTP.greeting { .json(Answers.text($0.id, "x")) }
        defer { server.stop() }
        let session = try Sessions.http(server.url)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try? await session.call("x", arguments: [:]) } }
        }
        await session.close()
        #expect(server.conversation.count { $0 == "initialize" } == 1)
        #expect(server.conversation.count { $0 == "tools/call" } == 8)
    }

    @Test func aStreamThatBreaksOffIsGoneOnWithWhereItEnded() async throws {
        let server = try LoopbackHTTP.greeting(version: "2025-11-25") { request in
            if request.method == "GET" {
                #expect(request.headers["last-event-id"] == "e-1")
                return .events(Answers.event(Answers.text(2, "the rest"), id: "e-2"))
            }
            return .events("id: e-1\nretry: 1\ndata:\n\n")
        }
        defer { server.stop() }
        let reply = try await Sessions.http(server.url).closing { try await $0.call("x", arguments: [:]) }
        #expect(reply.text == "the rest")
        #expect(server.conversation.suffix(2) == ["tools/call", "GET"])
    }

    @Test func theAllowlistHoldsForListsAndCalls() async throws {
        let server = try LoopbackHTTP.greeting { .json(Answers.tools($0.id, ["a", "b"])) }
        defer { server.stop() }
        try await Sessions.http(server.url) { $0.allowlist = ["b"] }.closing { session in
            let tools = try await session.tools()
            #expect(tools.map(\.name) == ["b"])
            let reply = try await session.call("a", arguments: [:])
            #expect(reply.isError)
            #expect(reply.text.hasPrefix("Tool 'a' is not in the allowlist"))
        }
        #expect(!server.conversation.contains("tools/call"))
    }

    @Test func staticToolsAreListedWithoutAsking() async throws {
        let server = try LoopbackHTTP.greeting { .json(Answers.text($0.id, "x")) }
        defer { server.stop() }
        try await Sessions.http(server.url) { $0.tools = [ToolDefinition(name: "own")] }.closing { session in
            let tools = try await session.tools()
            #expect(tools.map(\.name) == ["own"])
        }
        #expect(server.requests.isEmpty)
    }

    @Test func aRefusedCallIsData() async throws {
        let server = try LoopbackHTTP.greeting { request in
            .json(["jsonrpc": "2.0", "id": request.id, "error": ["code": -32602, "message": "Unknown tool: x"]])
        }
        defer { server.stop() }
        try await Sessions.http(server.url).closing { session in
            let reply = try await session.call("x", arguments: [:])
            #expect(reply.isError)
            #expect(reply.text == "Unknown tool: x")
            #expect(reply.meta["error"]?["code"] == -32602)
        }
    }
}
