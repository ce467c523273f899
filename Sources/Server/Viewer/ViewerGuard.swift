import Evaluation
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import Reports

/// Lets in only who shows the token, only under this machine's names, and puts the security headers on every answer.
///
/// The token is shown once, in the URL. The answer is a cookie, and a page that leads on to the same place without the
/// token: a plain redirection would not carry a strict cookie when the link was followed from another program's page.
struct ViewerGuard: RouterMiddleware {
    let configuration: ViewerConfiguration

    /// What the browser may do with our pages: nothing but what is listed.
    static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
        base-uri 'none'; frame-ancestors 'none'; form-action 'self'
        """

    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            if let answer = try admit(request) {
                response = answer
            } else {
                response = try await next(request, context)
            }
        } catch let problem as ViewerProblem {
            response = .page(ProblemPage(problem).html, status: problem.status)
        } catch let error as EvaluationError {
            let problem = ViewerProblem(error)
            response = .page(ProblemPage(problem).html, status: problem.status)
        } catch let error as HTTPError {
            let problem = ViewerProblem(Int(error.status.code), error.body ?? error.status.reasonPhrase)
            response = .page(ProblemPage(problem).html, status: problem.status)
        }
        for (name, value) in Self.headers { response.headers.set(name, value) }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    private static let headers = [
        ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]

    /// The answer to who may not come in, or shows the token for the first time; nil for who has.
    private func admit(_ request: Request) throws(ViewerProblem) -> Response? {
        // A site whose name was turned to this machine's address would otherwise read what we answer.
        guard Self.isOwnName(request.head.authority ?? "") else {
            throw ViewerProblem(
                421, "This viewer answers under this machine's own names only.", advice: "Use 127.0.0.1.")
        }
        if let site = request.headers.value("Sec-Fetch-Site"), site == "cross-site", request.method != .get {
            throw ViewerProblem(403, "Requests of other sites' pages are refused.")
        }
        if let origin = request.headers[.origin], origin != "http://\(request.head.authority ?? "")" {
            throw ViewerProblem(403, "Requests of other sites' pages are refused.")
        }
        if request.uri.path.hasPrefix("/assets/") { return nil }
        let values = ViewerLink.values(of: request.uri.query)
        if let shown = values["token"] {
            guard Self.areEqual(shown, configuration.token) else { throw Self.stranger }
            return welcome(to: request)
        }
        guard Self.cookies(request, named: cookieName).contains(where: { Self.areEqual($0, configuration.token) })
        else { throw Self.stranger }
        return nil
    }

    private static let stranger = ViewerProblem(
        401, "This page is for whoever started the viewer.",
        advice: "Open the link that `gage view` printed: it has the token that lets your browser in.")

    /// Browsers keep cookies by name and not by port, and there may be several viewers.
    private var cookieName: String { "gage_view_\(sha256Hex(Array(configuration.token.utf8)).prefix(8))" }

    private func welcome(to request: Request) -> Response {
        // Only our own paths: a second slash at the beginning would name another server.
        let path = request.uri.path.hasPrefix("//") ? "/" : request.uri.path
        var rest = ViewerLink.values(of: request.uri.query)
        rest["token"] = nil
        let target = path + ViewerLink.query(rest.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        var response = Response.page(WelcomePage(target: target).html)
        response.headers[.setCookie] = "\(cookieName)=\(configuration.token); Path=/; HttpOnly; SameSite=Strict"
        return response
    }

    /// Whether a `Host` is of this machine, whatever the port: it may have been forwarded.
    static func isOwnName(_ authority: String) -> Bool {
        var name = authority.lowercased()
        if let colon = name.lastIndex(of: ":"), name[name.index(after: colon)...].allSatisfy(\.isNumber) {
            name = String(name[..<colon])
        }
        return ["127.0.0.1", "localhost", "[::1]"].contains(name)
    }

    private static func cookies(_ request: Request, named name: String) -> [String] {
        request.headers[values: .cookie].flatMap { $0.split(separator: ";") }.compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].filter({ $0 != " " }) == name else { return nil }
            return parts[1].filter { $0 != " " }
        }
    }

    /// Compares digests, so that the time says nothing about where the first difference is.
    static func areEqual(_ left: String, _ right: String) -> Bool {
        sha256Hex(Array(left.utf8)) == sha256Hex(Array(right.utf8))
    }
}

extension HTTPFields {
    /// A field of a name of our own.
    func value(_ name: String) -> String? { HTTPField.Name(name).flatMap { self[$0] } }
}

extension Response {
    /// A page.
    static func page(_ html: HTML, status: Int = 200) -> Response {
        Response(
            status: .init(code: status), headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: html.text)))
    }

    /// An answer that leads elsewhere on this server.
    static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path], body: .init())
    }
}
