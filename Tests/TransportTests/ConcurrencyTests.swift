import Testing

@testable import Transport

@Suite(.timeLimit(.minutes(1)))
struct ConcurrencyTests {
    @Test func runsFiveHundredRequestsAtATime() async throws {
        let count = 500
        // No request is answered before all have arrived.
        let everyone = Gate(opensAfter: count)
        let server = try LoopbackServer { connection in
            guard let request = connection.readRequest() else { return }
            everyone.arriveAndPass()
            connection.send(response(request.target))
        }
        let client = makeClient()
        let correct = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<count {
                group.addTask {
                    let answer = try await client.send(HTTPRequest(url: server.url("/\(index)")))
                    return answer.body == Array("/\(index)".utf8)
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(correct == count)
    }

    @Test func limitsTheConnectionsToAHost() async throws {
        let server = try LoopbackServer.answering { response($0.target) }
        let client = makeClient { $0.maximumConnectionsPerHost = 3 }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<60 {
                group.addTask {
                    let answer = try await client.send(HTTPRequest(url: server.url("/\(index)")))
                    #expect(answer.body == Array("/\(index)".utf8))
                }
            }
            try await group.waitForAll()
        }
        #expect(server.connectionCount <= 3)
    }

    @Test func mixesStreamsRequestsAndCancellations() async throws {
        let server = try LoopbackServer.answering { request in
            request.target == "/stream" ? chunkedHead + chunk("a") + chunk("b") + "0\r\n\r\n" : response("whole")
        }
        let client = makeClient()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<150 {
                group.addTask {
                    switch index % 3 {
                    case 0:
                        let body = try await client.send(HTTPRequest(url: server.url())).body
                        #expect(body == Array("whole".utf8))
                    case 1:
                        let body = try await client.stream(HTTPRequest(url: server.url("/stream"))).collect()
                        #expect(body == Array("ab".utf8))
                    default:
                        let task = Task { try await client.send(HTTPRequest(url: server.url())) }
                        await Task.yield()
                        task.cancel()
                        // Either is right: the answer may have come before the cancel.
                        if case .failure(let error as HTTPError) = await task.result {
                            #expect(error.code == .cancelled)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
