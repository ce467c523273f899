import Evaluation
import JSON
import Transport

/// Turns what a server answered into an error that says what to do.
struct HubFailure {
    /// What was asked for, as error texts say it.
    struct Subject: Sendable {
        /// `the data set 'owner/name'`.
        var what: String
        /// The page on which a person asks for access.
        var page: String?
        /// What else the user can do when the server cannot give it.
        var alternative: String?
    }

    let subject: Subject
    let token: HubToken?

    /// The error for an answer that is not what was asked for.
    func error(status: Int, headers: HTTPHeaders, body: [UInt8]) -> EvaluationError {
        var error = base(status, errorCode: headers["X-Error-Code"])
        if let said = message(body, headers) { error.underlying = said }
        error.retry = advice(status, headers)
        return error
    }

    /// The error for an answer that never came.
    static func unreachable(_ subject: Subject, _ error: HTTPError) -> EvaluationError {
        EvaluationError(
            error.code == .timeoutIdle ? .providerTimeout : .providerUnreachable,
            "\(subject.what) could not be fetched", cause: .provider,
            retry: error.isRetryable ? .worthwhile : .never,
            advice: "check the network and proxy settings; what was fetched before is used with HF_HUB_OFFLINE=1",
            underlying: error)
    }

    private func base(_ status: Int, errorCode: String?) -> EvaluationError {
        switch status {
        case 401, 403: return refused(status, errorCode)
        case 404, 410:
            let part =
                switch errorCode {
                case "RevisionNotFound": "has no such revision"
                case "EntryNotFound": "has no such file"
                default: "was not found"
                }
            return wrong(.dataMissing, "\(subject.what) \(part)", "check the name, the revision and the spelling")
        case 422:
            return wrong(
                .configurationInvalid, "\(subject.what): the server did not accept the request (422)",
                "check the subset, the split and the revision")
        case 501:
            return wrong(
                .dataMissing, "\(subject.what): the server cannot give out its rows (501)", subject.alternative)
        case 429:
            return EvaluationError(
                .providerRateLimited, "\(subject.what): the server wants fewer requests (429)", cause: .provider,
                advice: token == nil ? "try again later; with a token in HF_TOKEN more is allowed" : "try again later")
        case 500...:
            return EvaluationError(
                .providerFailed, "\(subject.what): the server failed (\(status))", cause: .provider,
                advice: "try again later")
        default:
            return wrong(.providerBadRequest, "\(subject.what): the server answered with status \(status)", nil)
        }
    }

    private func refused(_ status: Int, _ errorCode: String?) -> EvaluationError {
        let page = subject.page.map { " at \($0)" } ?? ""
        guard let token else {
            return wrong(
                .providerUnauthorized, "\(subject.what) needs a token, and there is none (\(status))",
                "it is gated, private or misspelt: ask for access\(page), then set HF_TOKEN")
        }
        if status == 403 || errorCode == "GatedRepo" {
            return wrong(
                .providerUnauthorized, "\(subject.what) is gated, and the token has no access to it (\(status))",
                "accept its terms\(page) with the account of the token from \(token.origin)")
        }
        return wrong(
            .providerUnauthorized, "\(subject.what): the token from \(token.origin) was refused (\(status))",
            "check that the token is valid and may read it, and the spelling of the name")
    }

    private func wrong(_ code: EvaluationError.Code, _ message: String, _ advice: String?) -> EvaluationError {
        EvaluationError(code, message, cause: .configuration, advice: advice)
    }

    private func advice(_ status: Int, _ headers: HTTPHeaders) -> RetryAdvice {
        guard status == 408 || status == 429 || (500...504).contains(status), status != 501 else { return .never }
        if let seconds = headers["Retry-After"].flatMap({ Double($0) }), seconds >= 0, seconds < 1e6 {
            return .after(.milliseconds(Int64((seconds * 1000).rounded(.up))))
        }
        if let seconds = Self.reset(headers["RateLimit"]), status == 429 { return .after(.bounded(seconds: seconds)) }
        return .worthwhile
    }

    /// The seconds until a new budget, as in `"api";r=0;t=55`.
    private static func reset(_ field: String?) -> Int? {
        guard let field else { return nil }
        let part = field.split(separator: ";").first { $0.drop { $0 == " " }.hasPrefix("t=") }
        return part.flatMap { Int($0.drop { $0 != "=" }.dropFirst()) }.flatMap {
            (0..<1_000_000).contains($0) ? $0 : nil
        }
    }

    /// What the server says, on one line and without the token.
    private func message(_ body: [UInt8], _ headers: HTTPHeaders) -> String? {
        // Anything but a JSON object with an error in it is a page for browsers.
        let value = body.count < 1 << 16 ? try? JSONValue.parse(bytes: body) : nil
        guard let text = value?["error"]?.stringValue ?? headers["X-Error-Message"], !text.isEmpty else { return nil }
        let line = text.prefix(300).map { $0.isNewline ? " " : $0 }
        return token?.redacted(String(line)) ?? String(line)
    }
}
