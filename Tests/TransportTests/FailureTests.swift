import Testing

@testable import Transport

@Suite(.timeLimit(.minutes(1)))
struct FailureTests {
    let client = makeClient()

    @Test func reportsARefusedConnection() async throws {
        let url = "http://127.0.0.1:\(try LoopbackServer.refusingPort())/"
        let error = await expectFailure(.connectFailed) { try await client.send(HTTPRequest(url: url)) }
        #expect(error?.isRetryable == true)
        await expectFailure(.connectFailed) { try await client.stream(HTTPRequest(url: url)) }
    }

    @Test func reportsANameThatDoesNotResolve() async throws {
        let error = await expectFailure(.resolveFailed) {
            try await client.send(HTTPRequest(url: "http://no-such-host.invalid/"))
        }
        #expect(error?.message.contains("no-such-host.invalid") == true)
    }

    @Test(arguments: [
        "", "http://", "ftp://127.0.0.1/", "file:///etc/passwd", "http://a b/", "http://[::1/", "nonsense://x",
    ])
    func refusesBadURLs(_ url: String) async throws {
        let error = await expectFailure(.invalidURL) { try await client.send(HTTPRequest(url: url)) }
        #expect(error?.isRetryable == false)
    }

    @Test(arguments: [
        HTTPHeader(name: "X", value: "a\r\nInjected: 1"), HTTPHeader(name: "X", value: "a\0b"),
        HTTPHeader(name: "X Y", value: ""), HTTPHeader(name: "", value: "v"), HTTPHeader(name: "X:", value: "v"),
    ])
    func refusesHeadersThatWouldBeReadAsSomethingElse(_ header: HTTPHeader) async throws {
        let port = try LoopbackServer.refusingPort()
        let request = HTTPRequest(method: "GET", url: "http://127.0.0.1:\(port)/", headers: [header])
        await expectFailure(.invalidRequest) { try await client.send(request) }
    }

    @Test func refusesMethodsThatAreNone() async throws {
        let port = try LoopbackServer.refusingPort()
        let request = HTTPRequest(url: "http://127.0.0.1:\(port)/", method: "GET / HTTP/1.1\r\n")
        await expectFailure(.invalidRequest) { try await client.send(request) }
    }

    enum BrokenResponse: CaseIterable {
        case truncated, reset, nothing, brokenChunk

        func play(on connection: LoopbackConnection) {
            switch self {
            case .truncated: connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
            case .reset:
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
                connection.reset()
            case .nothing: break
            case .brokenChunk: connection.send(chunkedHead + "ff\r\nshort")
            }
        }
    }

    @Test(arguments: BrokenResponse.allCases)
    func reportsAResponseThatBreaksOff(_ kind: BrokenResponse) async throws {
        let server = try LoopbackServer { connection in
            if connection.readRequest() != nil { kind.play(on: connection) }
        }
        let error = await expectFailure(.connectionLost) {
            try await client.send(HTTPRequest(url: server.url()))
        }
        #expect(error?.isRetryable == true)
    }

    @Test(arguments: [true, false])
    func reportsOnceThatAStreamBrokeAfterWhatCameBefore(_ readerWaits: Bool) async throws {
        let mayBreak = Gate()
        let server = try LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
            mayBreak.pass()
        }
        let stream = try await client.stream(HTTPRequest(url: server.url()))
        if !readerWaits {
            mayBreak.arrive()
            while !stream.lease.isFinished { await Task.yield() }
        }
        var iterator = stream.makeAsyncIterator()
        #expect(try await iterator.next() == Array("only this".utf8))
        mayBreak.arrive()
        await expectFailure(.connectionLost) { try await iterator.next() }
        #expect(try await iterator.next() == nil)
    }

    @Test(arguments: [response("0123456789"), chunkedHead + chunk("0123456789") + chunk("") + "\r\n"])
    func refusesABodyOverTheLimit(_ answer: String) async throws {
        let server = try LoopbackServer.answering { _ in answer }
        var request = HTTPRequest(url: server.url())
        request.maximumResponseBytes = 10
        #expect(try await client.send(request).body.count == 10)
        request.maximumResponseBytes = 9
        let error = await expectFailure(.responseTooLarge) { try await client.send(request) }
        #expect(error?.isRetryable == false)
        await expectFailure(.responseTooLarge) { try await client.stream(request).collect() }
    }

    @Test func reportsThatAServerDoesNotSpeakTLS() async throws {
        let server = try LoopbackServer { connection in
            connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.waitForClose()
        }
        let error = await expectFailure(.tlsFailed) {
            try await client.send(HTTPRequest(url: "https://127.0.0.1:\(server.port)/"))
        }
        #expect(error?.isRetryable == false)
    }

    @Test func reportsAHandshakeThatBreaksOffAsALostConnection() async throws {
        let server = try LoopbackServer { connection in
            connection.waitForBytes()
            connection.reset()
        }
        let error = await expectFailure(.connectionLost) {
            try await client.send(HTTPRequest(url: "https://127.0.0.1:\(server.port)/"))
        }
        #expect(error?.isRetryable == true)
    }

    @Test func reportsAMissingCertificateFile() async throws {
        var request = HTTPRequest(url: "https://127.0.0.1:\(try LoopbackServer.answering { _ in response() }.port)/")
        request.caFile = "/nonexistent/authorities.pem"
        await expectFailure(.invalidRequest) { try await client.send(request) }
    }

    @Test func refusesRequestsAfterShutdown() async throws {
        let arrived = Signal<Void>()
        let server = try LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            arrived.fire()
            connection.waitForClose()
        }
        let request = HTTPRequest(url: server.url())
        async let pending = expectFailure(.cancelled) { try await client.send(request) }
        try await arrived.wait()
        await client.shutdown()
        _ = await pending
        await expectFailure(.cancelled) { try await client.send(request) }
        await expectFailure(.cancelled) { try await client.stream(request) }
        await client.shutdown()
    }
}
