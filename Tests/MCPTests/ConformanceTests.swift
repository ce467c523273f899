import Evaluation
import JSON
import MCP
import Testing

/// A way to reach the official server.
struct Way: Sendable, CustomStringConvertible {
    var python: String
    var arguments: [String]

    var description: String {
        "\(python.split(separator: "/").suffix(3).first ?? "") \(arguments.joined(separator: " "))"
    }

    static let all = OfficialServer.pythons.flatMap { python in
        [
            ["stdio"], ["http"], ["http", "--stateless"], ["http", "--json"], ["http", "--stateless", "--json"],
            ["sse"],
        ]
        .map { Way(python: python, arguments: $0) }
    }

    /// Sessions over which a server hears of a cancellation: one without state does not know the call any more.
    static let stateful = all.filter { !$0.arguments.contains("--stateless") }

    /// Ways in which each transport and version occurs once, for tests that need a server of their own.
    static let plain = all.filter { $0.arguments.count == 1 }

    private var kind: HTTPTransport.Kind { arguments == ["sse"] ? .legacy : .streamable }

    /// Lends a session with a server that others talk with too.
    func session(_ body: (MCPSession, KeptEvents) async throws -> Void) async throws {
        if arguments == ["stdio"] {
            let program = try await SharedServers.shared.program(python)
            return try await body(program.session, program.events)
        }
        let address = try await SharedServers.shared.address(python, arguments)
        let events = KeptEvents()
        try await Sessions.http(address, kind, events: events).closing { try await body($0, events) }
    }

    /// Lends a session with a server of its own.
    func ownSession(_ body: (MCPSession) async throws -> Void) async throws {
        if arguments == ["stdio"] {
            return try await Sessions.program([python, OfficialServer.program, "stdio"]).closing(body)
        }
        try await OfficialServer.run(python, arguments) { try await Sessions.http($0, kind).closing(body) }
    }
}

@Suite(.enabled(if: !Way.all.isEmpty, "no MCP server: run scripts/mcp-test-server"))
struct ConformanceTests {
    @Test(arguments: Way.all)
    func toolsAreListedWithTheirSchemas(way: Way) async throws {
        try await way.session { session, _ in
            let hello = try await session.hello()
            #expect(hello.name == "test-server")
            let tools = try await session.tools()
            let add = try #require(tools.first { $0.name == "add" })
            #expect(tools.count == 8)
            #expect(add.description == "Adds two numbers.")
            #expect(add.parameters["required"] == ["a"])
            #expect(add.extensions["outputSchema"]?["properties"]?["result"]?["type"] == "integer")
        }
    }

    @Test(arguments: Way.all)
    func callsAreAnsweredAsValuesAndWords(way: Way) async throws {
        try await way.session { session, _ in
            let sum = try await session.call("add", arguments: ["a": 40])
            #expect(sum.structured == ["result": 42])
            #expect(sum.text == "42")
            #expect(!sum.isError)
            let described = try await session.call("describe", arguments: ["name": "n"])
            #expect(described.structured?["response"] == "n")
        }
    }

    @Test(arguments: Way.all)
    func failuresOfToolsAreData(way: Way) async throws {
        try await way.session { session, _ in
            for (tool, arguments, words) in [
                ("fail", [:], "Error executing tool fail"), ("nope", [:], "nope"), ("add", ["a": "x"], "integer"),
                ("add", [:], "a"),
            ] as [(String, JSONObject, String)] {
                let reply = try await session.call(tool, arguments: arguments)
                #expect(reply.isError)
                #expect(reply.text.contains(words), "\(reply.text)")
            }
        }
    }

    @Test(arguments: Way.all)
    func aLineOfManyMegabytesArrivesWhole(way: Way) async throws {
        try await way.session { session, _ in
            let reply = try await session.call("big", arguments: ["size": 5_000_000])
            #expect(reply.text.utf8.count == 5_000_000)
        }
    }

    @Test(arguments: Way.all)
    func manyCallsAtOnceGetTheirOwnAnswers(way: Way) async throws {
        try await way.session { session, _ in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        let arguments: JSONObject = ["a": .int(Int64(number)), "b": 100]
                        let reply = try await session.call("add", arguments: arguments)
                        return reply.structured == ["result": .int(Int64(number + 100))]
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test(arguments: Way.stateful.filter { !$0.arguments.contains("--json") })
    func progressIsReported(way: Way) async throws {
        try await way.session { session, events in
            let reply = try await session.call("slow", arguments: ["seconds": 0.03])
            #expect(reply.text == "done")
            let reports = events.named("tool_progress")
            #expect(reports.map { $0["message"] } == ["step 1", "step 2", "step 3"])
            #expect(reports.first?["tool"] == "slow")
        }
    }

    @Test(arguments: Way.stateful)
    func aCallThatNobodyAwaitsIsCancelledAtTheServer(way: Way) async throws {
        try await way.session { session, _ in
            let before = try await session.call("cancelled", arguments: [:]).structured?["result"]?.intValue ?? 0
            let error = await #expect(throws: EvaluationError.self) {
                try await session.call("slow", arguments: ["seconds": 60], timeout: .milliseconds(300))
            }
            #expect(error?.code == .toolServerTimeout)
            // The notification is on its way; the session is as good as before.
            var count = before
            for _ in 0..<200 where count == before {
                count = try await session.call("cancelled", arguments: [:]).structured?["result"]?.intValue ?? 0
            }
            #expect(count > before)
        }
    }

    @Test(arguments: Way.stateful)
    func cancellingTheTaskIsHeardOfToo(way: Way) async throws {
        try await way.session { session, _ in
            _ = try await session.tools()
            await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    do { _ = try await session.call("slow", arguments: ["seconds": 60]) } catch {
                        return error is CancellationError
                    }
                    return false
                }
                _ = try? await session.call("add", arguments: ["a": 1])
                group.cancelAll()
                for await wasCancelled in group { #expect(wasCancelled) }
            }
            let sum = try await session.call("add", arguments: ["a": 1])
            #expect(sum.structured == ["result": 3])
        }
    }

    @Test(arguments: Way.plain)
    func aServerThatDiesMidwayIsAnErrorAndNotSentTheCallAgain(way: Way) async throws {
        try await way.ownSession { session in
            let error = try #require(await session.failure(of: "die", ["words": "the last words"]))
            #expect([.toolServerLost, .toolServerMalformedReply].contains(error.code), "\(error)")
            #expect(error.retry.isWorthwhile || error.code == .toolServerMalformedReply)
            if way.arguments == ["stdio"] {
                #expect(error.message.contains("the program ended with status 3"))
                #expect(error.message.contains("the last words"))
                // The next call starts it anew.
                let sum = try await session.call("add", arguments: ["a": 1])
                #expect(sum.structured == ["result": 3])
            }
        }
    }
}

@Suite(.enabled(if: !Way.all.isEmpty, "no MCP server: run scripts/mcp-test-server"))
struct OfficialProgramTests {
    @Test(arguments: OfficialServer.pythons)
    func aProgramGetsTheEnvironmentThatItIsGivenAndNoKeys(python: String) async throws {
        try await Way(python: python, arguments: ["stdio"]).session { session, _ in
            let given = try await session.call("environment", arguments: ["name": "GIVEN"])
            #expect(given.text == "this")
            let hidden = try await session.call("environment", arguments: ["name": "SECRET_KEY"])
            #expect(hidden.text.isEmpty)
        }
    }
}
