import Testing

@testable import Transport

@Suite(.timeLimit(.minutes(1)))
struct CancellationTests {
    let client = makeClient()

    private func silentServer(arrived: Signal<Void>, closed: Signal<Void>) throws -> LoopbackServer {
        try LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            arrived.fire()
            connection.waitForClose()
            closed.fire()
        }
    }

    @Test func sendsNothingForATaskThatIsAlreadyCancelled() async throws {
        let server = try LoopbackServer.answering { _ in response() }
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await expectFailure(.cancelled) { try await client.send(HTTPRequest(url: server.url())) }
            await expectFailure(.cancelled) { try await client.stream(HTTPRequest(url: server.url())) }
        }
        await task.value
        #expect(server.connectionCount == 0)
    }

    @Test func closesTheConnectionOfACancelledRequest() async throws {
        let (arrived, closed) = (Signal<Void>(), Signal<Void>())
        let server = try silentServer(arrived: arrived, closed: closed)
        let task = Task {
            await expectFailure(.cancelled) { try await client.send(HTTPRequest(url: server.url())) }
        }
        try await arrived.wait()
        task.cancel()
        _ = await task.value
        try await closed.wait()
    }

    @Test func closesTheConnectionOfACancelledStream() async throws {
        let (arrived, closed) = (Signal<Void>(), Signal<Void>())
        let server = try silentServer(arrived: arrived, closed: closed)
        let task = Task {
            await expectFailure(.cancelled) { try await client.stream(HTTPRequest(url: server.url())) }
        }
        try await arrived.wait()
        task.cancel()
        _ = await task.value
        try await closed.wait()
    }

    /// Sends one piece of a body and waits for the client to hang up.
    private func endlessServer(closed: Signal<Void>) throws -> LoopbackServer {
        try LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.send(chunkedHead + chunk("first"))
            connection.waitForClose()
            closed.fire()
        }
    }

    @Test func cancelsAReaderInTheMiddleOfAStream() async throws {
        let (closed, gotFirst) = (Signal<Void>(), Signal<Void>())
        let server = try endlessServer(closed: closed)
        let task = Task {
            let stream = try await client.stream(HTTPRequest(url: server.url()))
            await expectFailure(.cancelled) {
                for try await _ in stream { gotFirst.fire() }
            }
        }
        try await gotFirst.wait()
        task.cancel()
        try await task.value
        try await closed.wait()
    }

    @Test func closesTheConnectionOfAStreamThatIsDropped() async throws {
        let closed = Signal<Void>()
        let server = try endlessServer(closed: closed)
        func readOne() async throws {
            for try await piece in try await client.stream(HTTPRequest(url: server.url())) {
                #expect(piece == Array("first".utf8))
                break
            }
        }
        try await readOne()
        try await closed.wait()
    }

    @Test func keepsAClientAliveForItsStream() async throws {
        let server = try LoopbackServer.answering { _ in response("still here") }
        let stream = try await makeClient().stream(HTTPRequest(url: server.url()))
        #expect(try await stream.collect() == Array("still here".utf8))
    }

    @Test func losesNoTaskWhenCancelsOvertakeStarts() async throws {
        let server = try LoopbackServer { $0.waitForClose() }
        let request = HTTPRequest(url: server.url())
        let cancelled = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<300 {
                group.addTask {
                    do {
                        _ = try await client.send(request)
                    } catch let error as HTTPError {
                        return error.code == .cancelled
                    } catch {}
                    return false
                }
            }
            group.cancelAll()
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(cancelled == 300)
    }
}
