import JSON
public import Transport

/// A client of the Docker Engine API: one engine, one negotiated version.
///
/// Speaks to the engine's socket itself; no docker command is needed. Every method throws ``DockerError``, or
/// `CancellationError` when the caller's task is cancelled.
public struct DockerClient: Sendable {
    /// The newest version of the API that this client was written for.
    public static let newestVersion = DockerAPIVersion(major: 1, minor: 43)
    /// The oldest version that has what this client needs.
    public static let oldestVersion = DockerAPIVersion(major: 1, minor: 30)

    /// Where the engine listens.
    public let host: DockerHost
    /// The version that both sides know.
    public let version: DockerAPIVersion
    let http: HTTPClient

    /// Reaches the engine and agrees on a version.
    public static func connect(
        environment: [String: String], http: HTTPClient = HTTPClient()
    ) async throws -> DockerClient {
        try await connect(to: DockerHost.fromEnvironment(environment), http: http)
    }

    /// Reaches an engine and agrees on a version.
    public static func connect(to host: DockerHost, http: HTTPClient = HTTPClient()) async throws -> DockerClient {
        let probe = DockerClient(host: host, version: nil, http: http)
        var call = DockerCall("GET", "/_ping")
        call.timeout = .seconds(20)
        let answer = try await probe.send(call)
        guard let text = answer.headers["Api-Version"], let theirs = DockerAPIVersion(text) else {
            throw DockerError(.malformedAnswer, "\(host) does not answer as a Docker engine does")
        }
        guard theirs >= oldestVersion else {
            throw DockerError(
                .unsupportedHost, "the engine at \(host) speaks API \(theirs); at least \(oldestVersion) is needed")
        }
        return DockerClient(host: host, version: min(theirs, newestVersion), http: http)
    }

    private init(host: DockerHost, version: DockerAPIVersion?, http: HTTPClient) {
        self.host = host
        self.version = version ?? Self.oldestVersion
        isNegotiated = version != nil
        self.http = http
    }

    private let isNegotiated: Bool

    /// What the engine says about itself and its machine.
    public func info() async throws -> DockerInfo { DockerInfo(try await json(DockerCall("GET", "/info"))) }

    /// Sends a call and returns the answer, whatever of it there is; a status of 400 or above is an error.
    func send(_ call: DockerCall) async throws -> HTTPResponse {
        do {
            let answer = try await http.send(request(call))
            try Self.check(answer.status, answer.body, call)
            return answer
        } catch let error as HTTPError {
            throw lost(error, call)
        }
    }

    /// Sends a call whose answer is read while it comes.
    func stream(_ call: DockerCall) async throws -> HTTPStream {
        do {
            let stream = try await http.stream(request(call))
            if stream.status >= 400 { try Self.check(stream.status, try await stream.collect(), call) }
            return stream
        } catch let error as HTTPError {
            throw lost(error, call)
        }
    }

    /// Sends a call whose answer is one JSON value.
    func json(_ call: DockerCall) async throws -> JSONValue {
        let answer = try await send(call)
        do {
            return try JSONValue.parse(bytes: answer.body)
        } catch {
            throw DockerError(.malformedAnswer, "\(call.what): the engine's answer is not JSON: \(error)")
        }
    }

    /// Calls `take` with each JSON value of an answer that is a stream of them; it says whether to go on.
    func jsonLines(_ call: DockerCall, _ take: (JSONValue) throws -> Bool) async throws {
        let stream = try await stream(call)
        var rest: [UInt8] = []
        do {
            for try await piece in stream {
                rest += piece
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = Array(rest[..<end])
                    rest.removeFirst(end + 1)
                    if line.allSatisfy({ $0 <= 0x20 }) { continue }
                    guard try take(try parse(line, call)) else { return }
                }
                guard rest.count < 16 << 20 else {
                    throw DockerError(.malformedAnswer, "\(call.what): a line of more than 16 MiB")
                }
            }
        } catch let error as HTTPError {
            throw lost(error, call)
        }
        if rest.contains(where: { $0 > 0x20 }) { _ = try take(try parse(rest, call)) }
    }

    /// What a broken transfer means: the caller gave up, or the engine is gone.
    func lost(_ error: HTTPError, _ call: DockerCall) -> any Error {
        switch error.code {
        case .cancelled: CancellationError()
        case .responseTooLarge: DockerError(.refused, "\(call.what): the answer is larger than allowed")
        default: DockerError(.engineLost, "\(call.what): no answer from the engine at \(host): \(error.message)")
        }
    }

    private func parse(_ line: [UInt8], _ call: DockerCall) throws(DockerError) -> JSONValue {
        do {
            return try JSONValue.parse(bytes: line)
        } catch {
            throw DockerError(.malformedAnswer, "\(call.what): the engine's answer is not JSON: \(error)")
        }
    }

    private func request(_ call: DockerCall) -> HTTPRequest {
        let base: String
        var path: String?
        switch host {
        case .unix(let socket): (base, path) = ("http://localhost", socket)
        case .tcp(let authority): base = "http://\(authority)"
        }
        let prefix = isNegotiated ? "/v\(version)" : ""
        var request = HTTPRequest(url: base + prefix + call.target, method: call.method)
        request.unixSocketPath = path
        request.headers = call.headers
        request.body = call.body
        request.maximumResponseBytes = call.maximumAnswerBytes
        request.timeouts = HTTPTimeouts(connect: .seconds(20), idle: call.timeout, total: nil)
        return request
    }

    private static func check(_ status: Int, _ body: [UInt8], _ call: DockerCall) throws(DockerError) {
        guard status >= 400 else { return }
        // An engine says what is wrong as {"message": …}; a proxy before it may say anything.
        let said =
            (try? JSONValue.parse(bytes: body))?["message"]?.stringValue
            ?? String(decoding: body.prefix(500), as: UTF8.self)
        let code: DockerError.Code =
            switch status {
            case 404: .notFound
            case 409: .conflict
            default: .refused
            }
        throw DockerError(code, "\(call.what): \(said)", status: status)
    }
}

/// A version of the engine's API.
public struct DockerAPIVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The number before the dot.
    public var major: Int
    /// The number after it.
    public var minor: Int

    init(major: Int, minor: Int) {
        self.major = major
        self.minor = minor
    }

    init?(_ text: String) {
        let parts = text.split(separator: ".").map { Int($0) }
        guard parts.count == 2, let major = parts[0], let minor = parts[1] else { return nil }
        self.init(major: major, minor: minor)
    }

    /// The version as `1.41`.
    public var description: String { "\(major).\(minor)" }

    /// Orders by major, then by minor number.
    public static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}

/// What an engine says about itself and its machine.
public struct DockerInfo: Sendable, Hashable {
    /// The engine's release.
    public var serverVersion: String
    /// The machine's processors.
    public var processors: Int
    /// The machine's memory, in bytes.
    public var memoryBytes: Int
    /// The platform of the machine, as `linux/amd64`.
    public var platform: String
    /// Where images and containers are kept on the engine's machine.
    public var rootDirectory: String
    /// Whether memory, CPU and process limits are enforced; those that are not, by name.
    public var unenforcedLimits: [String]

    init(_ json: JSONValue) {
        serverVersion = json["ServerVersion"]?.stringValue ?? "unknown"
        processors = json["NCPU"]?.intValue ?? 1
        memoryBytes = json["MemTotal"]?.intValue ?? 0
        rootDirectory = json["DockerRootDir"]?.stringValue ?? ""
        let machine = json["Architecture"]?.stringValue ?? ""
        let architecture = ["x86_64": "amd64", "aarch64": "arm64"][machine] ?? machine
        platform = "\(json["OSType"]?.stringValue ?? "linux")/\(architecture)"
        let limits = [("memory", "MemoryLimit"), ("cpu", "CpuCfsQuota"), ("pids", "PidsLimit")]
        unenforcedLimits = limits.filter { json[$0.1]?.boolValue == false }.map(\.0)
    }
}
