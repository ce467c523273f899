import Testing

@testable import Transport

@Suite(.timeLimit(.minutes(1)))
struct RequestTests {
    let client = makeClient()

    @Test func returnsStatusHeadersAndBody() async throws {
        let server = try LoopbackServer.answering { _ in
            response("hello", status: "418 Teapot", headers: ["X-A: 1", "x-a:  two ", "X-Empty:"])
        }
        let answer = try await client.send(HTTPRequest(url: server.url()))
        #expect(answer.status == 418)
        #expect(answer.body == Array("hello".utf8))
        #expect(answer.headers["X-A"] == "1")
        #expect(answer.headers.all("x-A") == ["1", "two"])
        #expect(answer.headers["x-empty"] == "")
        #expect(answer.headers["missing"] == nil)
        #expect(answer.timing.total >= answer.timing.firstByte)
        #expect(!answer.timing.reusedConnection)
    }

    @Test func sendsMethodHeadersAndBodyAsGiven() async throws {
        let seen = Signal<LoopbackRequest>()
        let server = try LoopbackServer.answering { request in
            seen.fire(request)
            return response()
        }
        let body = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
        let headers = [HTTPHeader(name: "X-One", value: "a:b; c"), HTTPHeader(name: "X-Empty", value: "")]
        let request = HTTPRequest(method: "POST", url: server.url("/path?q=1"), headers: headers, body: body)
        _ = try await client.send(request)
        let received = try await seen.wait()
        #expect(received.method == "POST")
        #expect(received.target == "/path?q=1")
        #expect(received.header("X-One") == "a:b; c")
        #expect(received.header("X-Empty") == "")
        #expect(received.body == body)
        #expect(received.header("Expect") == nil)
        #expect(received.header("Content-Type") == nil)
        #expect(received.header("User-Agent") == "gage")
    }

    @Test(arguments: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    func sendsEachMethodWithoutABody(_ method: String) async throws {
        let seen = Signal<LoopbackRequest>()
        let server = try LoopbackServer.answering { request in
            seen.fire(request)
            return response(status: "204 No Content")
        }
        let answer = try await client.send(HTTPRequest(url: server.url(), method: method))
        let received = try await seen.wait()
        #expect(answer.status == 204)
        #expect(received.method == method)
        #expect(received.header("Content-Length") == (["POST", "PUT", "PATCH"].contains(method) ? "0" : nil))
    }

    @Test(arguments: ["PUT", "DELETE", "QUERY"])
    func sendsABodyWithAnyMethod(_ method: String) async throws {
        let seen = Signal<LoopbackRequest>()
        let server = try LoopbackServer.answering { request in
            seen.fire(request)
            return response()
        }
        _ = try await client.send(HTTPRequest(method: method, url: server.url(), body: [1, 0, 2]))
        let received = try await seen.wait()
        #expect(received.method == method)
        #expect(received.body == [1, 0, 2])
    }

    @Test func movesLargeBodiesBothWays() async throws {
        let body = [UInt8](repeating: 0x61, count: 5 << 20)
        let server = try LoopbackServer { connection in
            while let request = connection.readRequest() {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(request.body.count)\r\n\r\n")
                connection.send(request.body)
            }
        }
        for _ in 0..<2 {
            let answer = try await client.send(HTTPRequest(method: "POST", url: server.url(), body: body))
            #expect(answer.body == body)
        }
    }

    @Test func ignoresTheLengthThatAHeadResponseAnnounces() async throws {
        let server = try LoopbackServer.answering { _ in "HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n" }
        var request = HTTPRequest(url: server.url(), method: "HEAD")
        request.maximumResponseBytes = 10
        let answer = try await client.send(request)
        #expect(answer.headers["content-length"] == "9999999999")
        #expect(answer.body.isEmpty)
    }

    @Test func readsAChunkedBodyAndDropsItsTrailers() async throws {
        let server = try LoopbackServer.answering { _ in
            chunkedHead + chunk("one,") + chunk("two") + "0\r\nX-Trailer: t\r\n\r\n"
        }
        let answer = try await client.send(HTTPRequest(url: server.url()))
        #expect(answer.body == Array("one,two".utf8))
        #expect(answer.headers["x-trailer"] == nil)
    }

    @Test func skipsInterimResponses() async throws {
        let server = try LoopbackServer.answering { _ in
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + response("final")
        }
        let answer = try await client.send(HTTPRequest(url: server.url()))
        #expect(answer.status == 200)
        #expect(answer.headers["link"] == nil)
        let stream = try await client.stream(HTTPRequest(url: server.url()))
        #expect(stream.status == 200)
        #expect(try await stream.collect() == Array("final".utf8))
    }

    @Test func usesAConnectionAgain() async throws {
        let server = try LoopbackServer.answering { _ in response("x") }
        for index in 0..<5 {
            let answer = try await client.send(HTTPRequest(url: server.url()))
            #expect(answer.timing.reusedConnection == (index > 0))
        }
        #expect(server.connectionCount == 1)
    }

    @Test func repeatsARequestOnceTheServerHasDroppedTheKeptConnection() async throws {
        let server = try LoopbackServer { connection in
            if connection.readRequest() != nil { connection.send(response("x")) }
        }
        for _ in 0..<5 {
            let answer = try await client.send(HTTPRequest(method: "POST", url: server.url(), body: [1]))
            #expect(answer.status == 200)
        }
        #expect(server.connectionCount == 5)
    }

    @Test func returnsRedirectsUnlessAskedToFollow() async throws {
        let server = try LoopbackServer.answering { request in
            request.target == "/old"
                ? response("moved", status: "302 Found", headers: ["Location: /new"]) : response("new")
        }
        var request = HTTPRequest(url: server.url("/old"))
        let unfollowed = try await client.send(request)
        #expect(unfollowed.status == 302)
        #expect(unfollowed.headers["Location"] == "/new")
        request.followsRedirects = true
        let followed = try await client.send(request)
        #expect(followed.status == 200)
        #expect(followed.headers["Location"] == nil)
        let stream = try await client.stream(request)
        #expect(stream.status == 200)
        #expect(try await stream.collect() == Array("new".utf8))
    }

    @Test func givesUpOnARedirectLoop() async throws {
        let server = try LoopbackServer.answering { _ in
            response(status: "302 Found", headers: ["Location: /again"])
        }
        var request = HTTPRequest(url: server.url())
        request.followsRedirects = true
        await expectFailure(.tooManyRedirects) { try await client.send(request) }
    }

    @Test func connectsToAUnixSocket() async throws {
        let path = "/tmp/gage-transport-\(UInt64.random(in: 0 ... .max)).sock"
        let seen = Signal<LoopbackRequest>()
        let server = try LoopbackServer(.unixSocket(path: path)) { connection in
            guard let request = connection.readRequest() else { return }
            seen.fire(request)
            connection.send(response("local"))
        }
        defer {
            removeFile(path)
            server.stop()
        }
        var request = HTTPRequest(url: "http://docker/v1.41/info")
        request.unixSocketPath = path
        let answer = try await client.send(request)
        #expect(answer.body == Array("local".utf8))
        #expect(try await seen.wait().header("Host") == "docker")
        request.unixSocketPath = path + ".missing"
        await expectFailure(.connectFailed) { try await client.send(request) }
    }

    @Test func goesThroughAProxy() async throws {
        let seen = Signal<LoopbackRequest>()
        let proxy = try LoopbackServer.answering { request in
            seen.fire(request)
            return response("via proxy")
        }
        let client = makeClient { $0.proxy = .url(proxy.url("")) }
        let answer = try await client.send(HTTPRequest(url: "http://nowhere.invalid/x"))
        #expect(answer.body == Array("via proxy".utf8))
        #expect(try await seen.wait().target == "http://nowhere.invalid/x")
    }

    @Test func reportsAProxyThatRefuses() async throws {
        let proxy = try LoopbackServer.answering { _ in response(status: "407 Proxy Authentication Required") }
        let client = makeClient { $0.proxy = .url(proxy.url("")) }
        await expectFailure(.proxy) { try await client.send(HTTPRequest(url: "https://nowhere.invalid/")) }
    }

    @Test func followsTheProxyOfTheEnvironment() async throws {
        await #expect(processExitsWith: .success) {
            let proxy = try LoopbackServer.answering { _ in response("via proxy") }
            setVariable("http_proxy", proxy.url(""))
            let answer = try await HTTPClient().send(HTTPRequest(url: "http://nowhere.invalid/"))
            #expect(answer.body == Array("via proxy".utf8))
        }
    }
}
