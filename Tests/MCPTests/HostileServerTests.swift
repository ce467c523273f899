import Evaluation
import JSON
import MCP
import Testing
import Transport

/// What servers may do to a client: each is one clear error, soon, and never more.
@Suite struct HostileServerTests {
    /// The error of a call to a server that answers calls like this.
    private func failure(
        isInSandbox: Bool = false, headers: [HTTPHeader] = [], timeout: Duration = .seconds(10),
        _ answer: @escaping @Sendable (LoopbackRequest) -> LoopbackAnswer
    ) async throws -> EvaluationError {
        let server = try LoopbackHTTP.greeting(answer)
        defer { server.stop() }
        let session = try Sessions.http(server.url, isInSandbox: isInSandbox, headers: headers) { $0.timeout = timeout }
        let error = await session.failure()
        await session.close()
        return try #require(error)
    }

    @Test func anAnswerToAnotherRequestIsNone() async throws {
        let plain = try await failure { _ in .json(Answers.text(99, "x")) }
        #expect(plain.code == .toolServerMalformedReply)
        #expect(plain.message.contains("1 of its messages answer nothing that was asked"))
        let stream = try await failure { _ in .events(Answers.event(Answers.text("2", "x"))) }
        #expect(stream.code == .toolServerMalformedReply)
        #expect(stream.message.contains("ends before the request is answered"))
    }

    @Test(arguments: [
        ("{", "no JSON"), ("3", "no JSON-RPC 2.0"), (#"{"jsonrpc":"2.0","id":1}"#, "neither a request nor an answer"),
        ("", "no JSON"), (String(repeating: "[", count: 100_000), "nested deeper"),
    ])
    func whatIsNoMessageIsNamed(body: String, words: String) async throws {
        let error = try await failure { _ in
            LoopbackAnswer(headers: [("Content-Type", "application/json")], pieces: [Array(body.utf8)])
        }
        #expect(error.code == .toolServerMalformedReply)
        #expect(error.message.contains(words), "\(error.message.prefix(400))")
        #expect(error.message.utf8.count < 1000)
    }

    @Test func anEndlessLineEnds() async throws {
        let megabyte = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        let error = try await failure(timeout: .seconds(60)) { _ in
            LoopbackAnswer(
                headers: [("Content-Type", "text/event-stream")],
                pieces: [Array("data: ".utf8)] + Array(repeating: megabyte, count: 100), end: .silence)
        }
        #expect(error.message.contains("its answer is too large"))
    }

    @Test func aGiantBodyEnds() async throws {
        let megabyte = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 20)
        let error = try await failure(timeout: .seconds(60)) { _ in
            LoopbackAnswer(
                headers: [("Content-Type", "application/json")], pieces: Array(repeating: megabyte, count: 100))
        }
        #expect(error.message.contains("its answer is too large"))
    }

    @Test func silenceEndsWithTheTime() async throws {
        let error = try await failure(timeout: .milliseconds(300)) { request in
            request.rpc == "tools/call" ? .events(": wait\n\n", end: .silence) : .status(202)
        }
        #expect(error.code == .toolServerTimeout)
        #expect(error.message.hasSuffix("it did not answer within 300 ms"))
        #expect(error.retry == .worthwhile)
    }

    @Test func aConnectionThatBreaksIsLost() async throws {
        let error = try await failure { _ in .events("data: {\"jsonrpc\"", end: .cut) }
        #expect(error.code == .toolServerLost)
        #expect(error.cause == .provider)
        let inSandbox = try await failure(isInSandbox: true) { _ in .events("data: {", end: .cut) }
        #expect(inSandbox.cause == .sandbox)
    }

    @Test func aRedirectToAnotherHostIsNotFollowed() async throws {
        let other = try LoopbackHTTP.greeting { .json(Answers.text($0.id, "stolen")) }
        defer { other.stop() }
        let url = other.url
        for status in [301, 302, 303, 307, 308] {
            let error = try await failure(headers: [HTTPHeader(name: "Authorization", value: "Bearer secret-token")]) {
                _ in
                .status(status, headers: [("Location", url)])
            }
            #expect(error.cause == .configuration)
            #expect(error.message.contains("it redirects (\(status)) to"))
        }
        #expect(other.requests.isEmpty)
    }

    @Test func aRedirectToItselfEnds() async throws {
        let error = try await failure { _ in .status(307, headers: [("Location", "/mcp")]) }
        #expect(error.message.contains("it redirects without end"))
    }

    @Test func aRedirectOfTheSameServerKeepsMethodAndBody() async throws {
        let server = try LoopbackHTTP { request in
            if request.path == "/mcp" { return .status(308, headers: [("Location", "/elsewhere")]) }
            return request.rpc == "initialize"
                ? .json(Answers.hello(request.id)) : .json(Answers.text(request.id, request.method))
        }
        defer { server.stop() }
        let reply = try await Sessions.http(server.url).closing { try await $0.call("x", arguments: [:]) }
        #expect(reply.text == "POST")
        #expect(server.requests.map(\.path) == ["/mcp", "/elsewhere", "/elsewhere", "/elsewhere"])
    }

    @Test(arguments: [
        (404, "there is no MCP server at this address (404)", Cause.configuration),
        (405, "there is no MCP server at this address (405)", .configuration),
        (501, "there is no MCP server at this address (501)", .configuration),
        (401, "it refuses the credentials (401)", .configuration), (429, "status 429", .provider),
        (502, "status 502", .provider), (406, "it refuses the request with status 406", .provider),
    ])
    func aStatusIsOneClearMessage(status: Int, words: String, cause: Cause) async throws {
        let server = try LoopbackHTTP { _ in .status(status, "Not what you want: secret-token") }
        defer { server.stop() }
        let headers = [HTTPHeader(name: "Authorization", value: "secret-token")]
        let error = try #require(await (try Sessions.http(server.url, headers: headers)).failure())
        #expect(error.message.contains(words), "\(error.message)")
        #expect(error.message.contains("MCP client 'tools' (http://127.0.0.1:"))
        #expect(error.message.contains("Not what you want"))
        #expect(!error.description.contains("secret-token"))
        #expect(error.cause == cause)
    }

    @Test func secretsThatAServerRepeatsAreHidden() async throws {
        let error = try await failure(headers: [HTTPHeader(name: "Authorization", value: "secret-token")]) { _ in
            LoopbackAnswer(headers: [("Content-Type", "application/json")], pieces: [Array("[secret-token".utf8)])
        }
        #expect(error.message.contains("no JSON"))
        #expect(!error.description.contains("secret-token"))
    }

    @Test func aPageForPeopleIsNoServer() async throws {
        let server = try LoopbackHTTP { _ in
            LoopbackAnswer(headers: [("Content-Type", "text/html")], pieces: [Array("<html>".utf8)])
        }
        defer { server.stop() }
        let error = try #require(await (try Sessions.http(server.url)).failure())
        #expect(error.message.contains("there is no MCP server at this address: it answers with text/html"))
    }

    @Test func nobodyThereIsOneClearMessage() async throws {
        let server = try LoopbackHTTP { _ in .status(500) }
        let url = server.url
        server.stop()
        let error = try #require(await (try Sessions.http("http://127.0.0.1:1/mcp")).failure())
        #expect(error.code == .toolServerUnavailable)
        #expect(error.message.contains("it cannot be reached"))
        #expect(error.advice == "see that the server runs and listens there")
        #expect(url.hasSuffix("/mcp"))
    }

    @Test func cursorsInACircleEnd() async throws {
        let server = try LoopbackHTTP.greeting { .json(Answers.tools($0.id, ["a"], next: "again")) }
        defer { server.stop() }
        let session = try Sessions.http(server.url)
        let error = await #expect(throws: EvaluationError.self) { try await session.tools() }
        await session.close()
        #expect(error?.message.contains("leads back to the cursor 'again'") == true)
    }

    @Test func aFloodOfMessagesToNobodyDoesNoHarm() async throws {
        let server = try LoopbackHTTP.greeting { request in
            let noise = (0..<2000).map { Answers.event(Answers.text(.int(Int64(1000 + $0)), "x")) }.joined()
            return .events(noise + Answers.event(Answers.text(request.id, "mine")))
        }
        defer { server.stop() }
        let reply = try await Sessions.http(server.url).closing { try await $0.call("x", arguments: [:]) }
        #expect(reply.text == "mine")
    }

    @Test func aSessionThatWasClosedSaysSo() async throws {
        let server = try LoopbackHTTP.greeting { .json(Answers.text($0.id, "x")) }
        defer { server.stop() }
        let session = try Sessions.http(server.url)
        await session.close()
        let error = try #require(await session.failure())
        #expect(error.cause == .gage)
        #expect(server.requests.isEmpty)
    }
}
