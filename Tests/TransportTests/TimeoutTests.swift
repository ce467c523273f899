import Testing

@testable import Transport

@Suite(.timeLimit(.minutes(1)))
struct TimeoutTests {
    let client = makeClient()

    /// Answers with a head and a bit of body, and then with silence until the client hangs up.
    private func stallingServer(beforeStall: String, closed: Signal<Void>) throws -> LoopbackServer {
        try LoopbackServer { connection in
            // On a busy machine the client may give up before all of its request is here.
            defer { closed.fire() }
            guard connection.readRequest() != nil else { return }
            connection.send(beforeStall)
            connection.waitForClose()
        }
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart"])
    func endsASilentConnectionAfterTheIdleLimit(_ beforeStall: String) async throws {
        let closed = Signal<Void>()
        let server = try stallingServer(beforeStall: beforeStall, closed: closed)
        var request = HTTPRequest(url: server.url())
        request.timeouts.idle = .milliseconds(150)
        let start = ContinuousClock.now
        await expectFailure(.timeoutIdle) { try await client.send(request) }
        #expect(ContinuousClock.now - start >= .milliseconds(149))
        try await closed.wait()
    }

    @Test func doesNotCountASlowBodyAsIdle() async throws {
        let server = try LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n")
            for index in 0..<8 {
                connection.send("\(index)")
                // Nobody makes room that is needed, so this is a pause of its length.
                waitWithoutWork(.milliseconds(100))
            }
        }
        var request = HTTPRequest(url: server.url())
        request.timeouts.idle = .milliseconds(600)
        #expect(try await client.send(request).body == Array("01234567".utf8))
    }

    @Test func doesNotCountASlowUploadAsIdle() async throws {
        let (step, steps) = (3 << 20, 8)
        let server = try LoopbackServer { connection in
            for _ in 0..<steps {
                guard connection.discard(step) else { return }
                waitWithoutWork(.milliseconds(120))
            }
            connection.send(response("taken"))
            connection.waitForClose()
        }
        var request = HTTPRequest(method: "POST", url: server.url(), body: [UInt8](repeating: 1, count: step * steps))
        request.timeouts.idle = .milliseconds(600)
        #expect(try await client.send(request).body == Array("taken".utf8))
    }

    @Test func doesNotCountAReaderThatDoesNotReadAsIdle() async throws {
        let body = [UInt8](repeating: 7, count: 12 << 20)
        let blocked = Signal<Int>()
        let server = try LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n")
            let sent = connection.sendUntilBlocked(body, patience: .milliseconds(1000))
            blocked.fire(sent)
            connection.send(Array(body[sent...]))
        }
        var request = HTTPRequest(url: server.url())
        request.timeouts.idle = .milliseconds(600)
        let stream = try await makeClient { $0.streamWindowBytes = 1 << 16 }.stream(request)
        #expect(try await blocked.wait() < body.count)
        #expect(try await stream.collect() == body)
    }

    @Test func endsARequestAfterTheTotalLimit() async throws {
        let closed = Signal<Void>()
        let server = try stallingServer(beforeStall: "", closed: closed)
        var request = HTTPRequest(url: server.url())
        request.timeouts.total = .milliseconds(150)
        let start = ContinuousClock.now
        let error = await expectFailure(.timeoutTotal) { try await client.send(request) }
        #expect(ContinuousClock.now - start >= .milliseconds(149))
        #expect(error?.isRetryable == true)
        try await closed.wait()
    }

    @Test func endsAnAttemptToConnectAfterTheConnectLimit() async throws {
        let backlog = try FullBacklog()
        var request = HTTPRequest(url: "http://127.0.0.1:\(backlog.port)/")
        request.timeouts.connect = .milliseconds(150)
        await expectFailure(.timeoutConnect) { try await client.send(request) }
        request.timeouts = HTTPTimeouts(connect: .seconds(30), idle: .milliseconds(20), total: .milliseconds(150))
        await expectFailure(.timeoutTotal) { try await client.send(request) }
    }

    @Test(arguments: [
        (Duration.zero, 0), (.microseconds(1), 1), (.milliseconds(1), 1), (.microseconds(1001), 2),
        (.seconds(3), 3000), (.seconds(1 << 40), Int(Int32.max)), (.seconds(-1), 0),
    ])
    func roundsUpToWholeMilliseconds(_ duration: Duration, _ expected: Int) {
        #expect(duration.millisecondsRoundedUp == expected)
    }
}
