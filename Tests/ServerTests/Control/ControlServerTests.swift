import Evaluation
import Glibc
import JSON
import Synchronization
import Testing
import Transport

@testable import Server

/// The socket of a run that goes on.
@Suite(.timeLimit(.minutes(1))) struct ControlServerTests {
    /// A run that writes down what it is told.
    private final class FakeRun: ControlledRun {
        /// Protects the orders.
        private let orders = Mutex<[ControlOrder]>([])

        var received: [ControlOrder] { orders.withLock { $0 } }

        func status() async -> JSONObject { ["run_id": "fake", "state": "running"] }

        func perform(_ order: ControlOrder) async throws(APIProblem) -> JSONObject {
            if case .cancel = order {
                throw APIProblem(422, "unknown_task", "there is no such task", advice: "try 'a'")
            }
            orders.withLock { $0.append(order) }
            return ["accepted": true]
        }
    }

    /// A directory of the test's own.
    private final class Place {
        let path: String

        init() throws {
            var template = Array("/tmp/gage-control-XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { throw CancellationError() }
            path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }

        deinit {
            // Files only, and one folder deep; what a test leaves otherwise stays in /tmp.
            for name in ["control.sock", "control.json", "runtime/gage"] { unlink("\(path)/\(name)") }
            rmdir(path)
        }
    }

    private func withServer(
        in directory: String, environment: [String: String] = [:],
        _ body: (String, FakeRun) async throws -> Void
    ) async throws {
        let run = FakeRun()
        let server = try ControlServer(directory: directory, run: run, environment: environment)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await server.run() }
            defer { group.cancelAll() }
            try await body(server.socketPath, run)
        }
    }

    private func ask(
        _ socket: String, _ method: String, _ path: String, _ body: JSONValue? = nil
    ) async throws -> (status: Int, body: JSONValue) {
        var request = HTTPRequest(url: "http://run\(path)", method: method)
        request.unixSocketPath = socket
        request.body = body?.bytes() ?? []
        let response = try await APIHarness.client.send(request)
        return (response.status, try JSONValue.parse(bytes: response.body))
    }

    private func mode(of path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o777 : nil
    }

    @Test func aRunIsLookedAtAndToldWhatToDo() async throws {
        let place = try Place()
        let orders: [ControlOrder] = [
            .stop(now: false), .stop(now: true), .pause, .resume, .limitTask("a", concurrency: 3),
            .limitBackend("m", concurrency: 1), .requeue(["a:s__trial_0"]), .requeueErrored,
        ]
        try await withServer(in: place.path) { socket, run in
            let status = try await ask(socket, "GET", "/status")
            #expect(status.body["run_id"] == "fake")
            for order in orders {
                let answer = try await ask(socket, "POST", order.path, order.json)
                #expect(answer.status == 200)
                #expect(answer.body["accepted"] == true)
            }
            #expect(run.received == orders)
        }
    }

    @Test func onlyItsOwnerCanReachTheSocketAndNothingIsLeftOfIt() async throws {
        let place = try Place()
        try await withServer(in: place.path) { socket, _ in
            #expect(socket == "\(place.path)/control.sock")
            #expect(mode(of: socket) == 0o600)
            #expect(ControlPlace(directory: place.path).socketPath == socket)
        }
        #expect(mode(of: "\(place.path)/control.sock") == nil)
        #expect(ControlPlace(directory: place.path).socketPath == nil)
    }

    @Test(arguments: [
        ("GET", "/pause", "{}", 405), ("POST", "/status", "{}", 405), ("POST", "/nonsense", "{}", 404),
        ("POST", "/tune", "{}", 422), ("POST", "/tune", #"{"task": "a", "concurrency": 0}"#, 422),
        ("POST", "/tune", #"{"concurrency": 1}"#, 422), ("POST", "/cancel", "{}", 422),
        ("POST", "/requeue", #"{"episodes": []}"#, 422), ("POST", "/stop", "{", 400),
        ("POST", "/cancel", #"{"task": "b"}"#, 422),
    ])
    func whatCannotBeDoneIsAnsweredWithAReason(method: String, path: String, body: String, status: Int) async throws {
        let place = try Place()
        try await withServer(in: place.path) { socket, run in
            var request = HTTPRequest(url: "http://run\(path)", method: method)
            request.unixSocketPath = socket
            request.body = Array(body.utf8)
            let response = try await APIHarness.client.send(request)
            #expect(response.status == status)
            #expect(try JSONValue.parse(bytes: response.body).at("error.message")?.stringValue?.isEmpty == false)
            #expect(run.received.isEmpty)
        }
    }

    @Test func aSocketThatAKilledRunLeftIsReplaced() async throws {
        let place = try Place()
        // A listener that is never stopped, as after `kill -9`: its file stays.
        _ = try ControlListener(path: "\(place.path)/control.sock")
        try await withServer(in: place.path) { socket, _ in
            let answer = try await ask(socket, "GET", "/status")
            #expect(answer.status == 200)
        }
    }

    @Test func aPathThatIsTooLongIsPointedTo() async throws {
        let place = try Place()
        let runtime = "\(place.path)/runtime"
        let deep = "\(place.path)/" + String(repeating: "d", count: 120)
        for path in [runtime, deep] { mkdir(path, 0o700) }
        defer { for path in ["\(runtime)/gage", runtime, deep] { rmdir(path) } }
        try await withServer(in: deep, environment: ["XDG_RUNTIME_DIR": runtime]) { socket, _ in
            #expect(socket.hasPrefix("\(runtime)/gage/"))
            #expect(mode(of: socket) == 0o600)
            #expect(mode(of: "\(runtime)/gage") == 0o700)
            #expect(mode(of: "\(deep)/control.json") == 0o600)
            #expect(ControlPlace(directory: deep).socketPath == socket)
            let answer = try await ask(socket, "GET", "/status")
            #expect(answer.status == 200)
        }
        #expect(mode(of: "\(deep)/control.json") == nil)
        #expect(ControlPlace(directory: deep).socketPath == nil)
    }

    @Test func aRuntimeDirectoryThatOthersCanEnterIsNotUsed() throws {
        let place = try Place()
        let runtime = "\(place.path)/runtime"
        let deep = "\(place.path)/" + String(repeating: "d", count: 120)
        for path in [runtime, deep] { mkdir(path, 0o700) }
        mkdir("\(runtime)/gage", 0o755)
        defer { for path in ["\(runtime)/gage", runtime, deep] { rmdir(path) } }
        #expect(throws: EvaluationError.self) {
            try ControlServer(directory: deep, run: FakeRun(), environment: ["XDG_RUNTIME_DIR": runtime])
        }
    }

    @Test func aNoteThatNamesAnotherProgramsSocketIsNotFollowed() throws {
        let place = try Place()
        let other = "\(place.path)/other.sock"
        let listener = try ControlListener(path: other)
        defer { listener.stop() }
        let note = Array(#"{"socket": "\#(other)"}"#.utf8)
        let file = open("\(place.path)/control.json", O_WRONLY | O_CREAT, 0o600)
        _ = write(file, note, note.count)
        close(file)
        #expect(ControlPlace(directory: place.path).socketPath == nil)
        ControlPlace(directory: place.path).clean()
        #expect(mode(of: other) != nil)
        #expect(mode(of: "\(place.path)/control.json") == nil)
    }

    @Test func aClientThatSaysNothingDoesNotKeepTheRunFromEnding() async throws {
        let place = try Place()
        let clock = ContinuousClock()
        var silent: Int32 = -1
        let start = clock.now
        try await withServer(in: place.path) { socket, _ in
            silent = Self.connect(to: socket)
            #expect(silent >= 0)
        }
        #expect(clock.now - start < .seconds(30))
        close(silent)
    }

    private static func connect(to path: String) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, size) == 0 }
        }
        return isConnected ? descriptor : -1
    }

    @Test(
        arguments: [
            ("GET /status HTTP/1.1\r\n\r\n", "/status"), ("POST /stop?x=1 HTTP/1.0\r\nA: b\r\n\r\n", "/stop"),
            ("GET  /status HTTP/1.1\r\n\r\n", nil), ("hello\r\n\r\n", nil), ("GET status HTTP/1.1\r\n\r\n", nil),
            ("GET / FTP/1\r\n\r\n", nil), ("\r\n\r\n", nil),
        ] as [(String, String?)])
    func headsAreReadStrictly(head: String, path: String?) {
        #expect(ControlConnection.parseHead(Array(head.utf8)[...])?.path == path)
    }

    @Test(
        arguments: [
            ("Content-Length: 12\r\n", 12), ("content-length:7\r\n", 7), ("A: b\r\n", 0),
            ("Content-Length: -1\r\n", nil),
            ("Content-Length: many\r\n", nil),
        ] as [(String, Int?)])
    func lengthsAreReadStrictly(head: String, length: Int?) {
        #expect(ControlConnection.contentLength(in: Array("POST / HTTP/1.1\r\n\(head)\r\n".utf8)[...]) == length)
    }
}
