import Evaluation
import Transport

/// Sends requests to the Hub's servers: with the token where it belongs, through redirects, again after failures that pass.
struct HubSession: Sendable {
    let http: HTTPClient
    let settings: HubSettings
    let pace: HubPace

    static let mostRedirects = 10

    /// Fetches a whole answer with status 200.
    ///
    /// Throws ``EvaluationError``.
    func get(_ url: String, for subject: HubFailure.Subject) async throws -> HTTPResponse {
        try requireNetwork(for: subject)
        return try await repeated {
            let response = try await followed(url, for: subject)
            guard response.status == 200 else {
                throw failure(subject).error(status: response.status, headers: response.headers, body: response.body)
            }
            return response
        }
    }

    /// Does something again for as long as its failure is one that passes.
    func repeated<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        var number = 0
        while true {
            do {
                return try await body()
            } catch let error as EvaluationError {
                try Task.checkCancellation()
                guard let delay = pace.delay(beforeRetry: number, after: error.retry) else { throw error }
                try await pace.sleep(delay)
                number += 1
            }
        }
    }

    /// The request for a URL, with the token only where that is the Hub's own.
    func request(_ url: String) -> HTTPRequest {
        var request = HTTPRequest(url: url)
        request.timeouts.idle = .seconds(60)
        if let token = settings.token, settings.trustsToken(to: url) {
            request.headers.append(HTTPHeader(name: "Authorization", value: "Bearer \(token.value)"))
        }
        return request
    }

    func failure(_ subject: HubFailure.Subject) -> HubFailure { HubFailure(subject: subject, token: settings.token) }

    /// Refuses to begin when only the cache may be used.
    func requireNetwork(for subject: HubFailure.Subject) throws(EvaluationError) {
        guard settings.isOffline else { return }
        throw EvaluationError(
            .dataMissing, "\(subject.what) is not in the cache, and HF_HUB_OFFLINE is set", cause: .configuration,
            advice: "run once without HF_HUB_OFFLINE; the cache is \(settings.cacheDirectory)")
    }

    /// Where an answer sends the caller, or nil where it is no redirect.
    static func redirect(_ status: Int, _ headers: HTTPHeaders, from url: String) -> String? {
        guard [301, 302, 303, 307, 308].contains(status), let location = headers["Location"] else { return nil }
        return URLText.resolve(location, from: url)
    }

    private func followed(_ url: String, for subject: HubFailure.Subject) async throws -> HTTPResponse {
        var place = url
        for _ in 0...Self.mostRedirects {
            let response: HTTPResponse
            do {
                response = try await http.send(request(place))
            } catch let error as HTTPError {
                try Task.checkCancellation()
                throw HubFailure.unreachable(subject, error)
            }
            guard let next = Self.redirect(response.status, response.headers, from: place) else { return response }
            place = next
        }
        throw EvaluationError(
            .providerFailed, "\(subject.what): the server redirects without end", cause: .provider)
    }
}
