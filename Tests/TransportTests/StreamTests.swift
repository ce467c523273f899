import Testing

@testable import Transport

@Suite(.timeLimit(.minutes(1)))
struct StreamTests {
    let client = makeClient()

    @Test func deliversTheHeadBeforeAnyOfTheBody() async throws {
        let mayGoOn = Gate()
        let server = try LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.send("HTTP/1.1 201 Created\r\nContent-Length: 4\r\nX-A: b\r\n\r\n")
            mayGoOn.pass()
            connection.send("body")
        }
        let stream = try await client.stream(HTTPRequest(url: server.url()))
        #expect(stream.status == 201)
        #expect(stream.headers["x-a"] == "b")
        mayGoOn.arrive()
        #expect(try await stream.collect() == Array("body".utf8))
    }

    @Test func deliversEachPieceAsItArrives() async throws {
        let gates = (0..<5).map { _ in Gate() }
        let server = try LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.send(chunkedHead)
            for (index, gate) in gates.enumerated() {
                connection.send(chunk("piece \(index)"))
                gate.pass()
            }
            connection.send("0\r\n\r\n")
        }
        var pieces: [String] = []
        for try await piece in try await client.stream(HTTPRequest(url: server.url())) {
            gates[pieces.count].arrive()
            pieces.append(String(decoding: piece, as: UTF8.self))
        }
        #expect(pieces == (0..<5).map { "piece \($0)" })
    }

    @Test func streamsAnEmptyBody() async throws {
        let server = try LoopbackServer.answering { _ in response(status: "204 No Content") }
        let stream = try await client.stream(HTTPRequest(url: server.url()))
        #expect(stream.status == 204)
        #expect(try await stream.collect().isEmpty)
    }

    @Test func holdsBackAServerThatIsFasterThanTheReader() async throws {
        // More than the operating system's own buffers take.
        let body = (0..<200).flatMap { [UInt8](repeating: $0, count: 1 << 16) }
        let blocked = Signal<Int>()
        let server = try LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n")
            let sent = connection.sendUntilBlocked(body, patience: .milliseconds(200))
            blocked.fire(sent)
            connection.send(Array(body[sent...]))
        }
        let client = makeClient { $0.streamWindowBytes = 1 << 15 }
        let stream = try await client.stream(HTTPRequest(url: server.url()))
        #expect(try await blocked.wait() < body.count)
        var received: [UInt8] = []
        for try await piece in stream {
            #expect(piece.count < 1 << 18)
            received += piece
        }
        #expect(received == body)
    }

    @Test func refusesASecondReaderAtTheSameTime() async throws {
        let server = try LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.send(chunkedHead)
            connection.waitForClose()
        }
        let stream = try await client.stream(HTTPRequest(url: server.url()))
        let failures = await withTaskGroup(of: HTTPError.Code?.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    do {
                        for try await _ in stream {}
                        return nil
                    } catch {
                        return (error as? HTTPError)?.code
                    }
                }
            }
            let first = await group.next()
            group.cancelAll()
            return [first ?? nil, await group.next() ?? nil]
        }
        #expect(failures == [.other, .cancelled])
    }

    @Test func readsServerSentEventsLive() async throws {
        let gate = Gate()
        let server = try LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.send(chunkedHead + chunk("data: {\"a\"") + chunk(":1}\n\n") + chunk(": ping\n\n"))
            gate.pass()
            connection.send(chunk("event: done\r\ndata: [DONE]\r\n\r\ndata: cut sho") + "0\r\n\r\n")
        }
        var events: [ServerSentEvent] = []
        for try await event in try await client.stream(HTTPRequest(url: server.url())).serverSentEvents {
            events.append(event)
            gate.arrive()
        }
        #expect(
            events == [ServerSentEvent(data: "{\"a\":1}"), ServerSentEvent(event: "done", data: "[DONE]")])
    }
}
