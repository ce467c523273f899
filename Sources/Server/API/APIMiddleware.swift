import Evaluation
import HTTPTypes
import Hummingbird
import JSON
import NIOCore

/// Answers every problem with its status and a JSON body.
struct ProblemMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as APIProblem {
            return .problem(problem)
        } catch let error as HTTPError {
            return .problem(Self.problem(error, request))
        } catch let error as EvaluationError {
            var problem = APIProblem(500, error.code.rawValue, error.message, advice: error.advice)
            if error.cause == .configuration { problem.status = 400 }
            return .problem(problem)
        } catch is CancellationError {
            return .problem(APIProblem(503, "shutting_down", "the server is about to stop"))
        } catch {
            return .problem(APIProblem(500, "internal_error", "gage failed: \(error)"))
        }
    }

    private static func problem(_ error: HTTPError, _ request: Request) -> APIProblem {
        guard error.status == .notFound else {
            return APIProblem(
                error.status.code, "http_\(error.status.code)", error.body ?? error.status.reasonPhrase)
        }
        return APIProblem(
            404, "not_found", "there is nothing at \(request.method.rawValue) \(request.uri.path)",
            advice: "GET /openapi.json lists what there is")
    }
}

/// Lets only those in who show the token, and no other site's pages.
struct GuardMiddleware: RouterMiddleware {
    /// What anybody may read: it says nothing about runs.
    private static let open: Set<String> = ["/health", "/openapi.json"]

    /// The digest of the token, so that comparing takes the same time whatever was shown.
    private let digest: String?
    /// The address that is listened on, where only this machine can reach it.
    private let loopbackHost: String?

    init(_ configuration: APIConfiguration) {
        digest = configuration.token.map { sha256Hex($0.utf8) }
        loopbackHost = configuration.isLoopback ? configuration.host.lowercased() : nil
    }

    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        // A site whose name was made to mean this machine is not told from it by its pages' origin.
        if isUnderForeignName(request) {
            throw APIProblem(
                403, "foreign_host", "this server answers under this machine's own names only",
                advice: "ask it as http://127.0.0.1 or http://localhost; --host with a --token serves other machines")
        }
        // A page of another site could make a browser ask for paid runs on this machine.
        if Self.isFromAnotherSite(request) {
            throw APIProblem(403, "cross_site", "requests from other sites' pages are refused")
        }
        if let digest, !Self.open.contains(request.uri.path) {
            guard let shown = Self.token(request), Self.areEqual(sha256Hex(shown.utf8), digest) else {
                throw APIProblem(
                    401, "unauthorized", "the token is missing or wrong",
                    advice: "send it as Authorization: Bearer TOKEN")
            }
        }
        return try await next(request, context)
    }

    private func isUnderForeignName(_ request: Request) -> Bool {
        guard let loopbackHost, let authority = request.head.authority, !authority.isEmpty else { return false }
        return !ViewerGuard.isOwnName(authority) && !authority.lowercased().hasPrefix("\(loopbackHost):")
    }

    /// Whether a browser says so: by `Sec-Fetch-Site`, or, where it does not send that, by an `Origin` that is not here.
    private static func isFromAnotherSite(_ request: Request) -> Bool {
        if let name = HTTPField.Name("Sec-Fetch-Site"), let site = request.headers[name] { return site == "cross-site" }
        guard let origin = request.headers[.origin] else { return false }
        let host = request.head.authority ?? ""
        return !["http://\(host)", "https://\(host)"].contains(origin.lowercased())
    }

    private static func token(_ request: Request) -> String? {
        guard let field = request.headers[.authorization] else { return nil }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }

    /// Looks at every byte, wherever the first difference is.
    private static func areEqual(_ left: String, _ right: String) -> Bool {
        var difference: UInt8 = left.utf8.count == right.utf8.count ? 0 : 1
        for (a, b) in zip(left.utf8, right.utf8) { difference |= a ^ b }
        return difference == 0
    }
}

/// Counts the answers that are being given, to the last byte, so that the server can wait for them before it ends.
final class ResponseGate: RouterMiddleware {
    private let active = Watched(0)

    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        active.change { $0 += 1 }
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            leave()
            throw error
        }
        let body = response.body
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            defer { self.leave() }
            try await body.write(writer)
        }
        return response
    }

    /// Returns when no answer is being given, or when the caller's task is cancelled.
    func waitUntilIdle() async { await active.wait { $0 == 0 } }

    private func leave() { active.change { $0 -= 1 } }
}

extension Response {
    /// A JSON answer.
    static func json(_ value: JSONValue, status: Int = 200, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        var bytes = value.bytes()
        bytes.append(UInt8(ascii: "\n"))
        return Response(
            status: .init(code: status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The answer to a request that cannot be served.
    static func problem(_ problem: APIProblem) -> Response {
        var headers: HTTPFields = [:]
        if let seconds = problem.retryAfter { headers[.retryAfter] = String(seconds) }
        if problem.status == 401 { headers[.wwwAuthenticate] = "Bearer" }
        if let id = problem.runID { headers.set("X-Run-Id", id) }
        return json(problem.json, status: problem.status, headers: headers)
    }
}

extension HTTPFields {
    /// Sets a field of a name of our own.
    mutating func set(_ name: String, _ value: String) {
        guard let name = HTTPField.Name(name) else { return }
        self[name] = value
    }
}
