import Evaluation
import JSON
import MCP
import Testing

@Suite struct LegacySSETests {
    @Test(arguments: ["http://example.com/messages", "//example.com/m", "http://127.0.0.1:1/messages"])
    func messagesGoToNoOtherHost(endpoint: String) async throws {
        let server = try LoopbackHTTP { _ in .events("event: endpoint\ndata: \(endpoint)\n\n", end: .silence) }
        defer { server.stop() }
        let session = try Sessions.http(server.url, .legacy)
        let error = try #require(await session.failure())
        await session.close()
        #expect(error.message.contains("it wants messages sent to another host"), "\(error)")
        #expect(server.conversation == ["GET"])
    }

    @Test func aServerOfTodayIsNamedAsWhatItIs() async throws {
        let server = try LoopbackHTTP { _ in .status(405, "Method Not Allowed") }
        defer { server.stop() }
        let error = try #require(await (try Sessions.http(server.url, .legacy)).failure())
        #expect(error.message.contains("(405)"))
        #expect(error.cause == .configuration)
    }

    @Test func aStreamThatEndsFailsWhoWaits() async throws {
        let server = try LoopbackHTTP { request in
            request.method == "GET" ? .events("event: endpoint\ndata: /messages\n\n", end: .cut) : .status(202)
        }
        defer { server.stop() }
        let session = try Sessions.http(server.url, .legacy)
        let error = try #require(await session.failure())
        await session.close()
        #expect(error.code == .toolServerLost, "\(error)")
    }

    @Test func aStreamThatNeverBeginsEndsWithTheTime() async throws {
        let server = try LoopbackHTTP { _ in .events(": nothing yet\n\n", end: .silence) }
        defer { server.stop() }
        let session = try Sessions.http(server.url, .legacy) { $0.timeout = .milliseconds(300) }
        let error = try #require(await session.failure())
        await session.close()
        #expect(error.code == .toolServerTimeout)
    }
}
