import Evaluation
import JSON
import Transport

/// Asks a server whether it is there and what it serves.
struct ServerHealth: Sendable {
    /// What a server says about itself.
    struct Answer: Sendable {
        /// The models that it offers, as it describes them.
        var models: JSONValue
        /// Its version, where it tells.
        var version: String?
    }

    /// The server's address with `/v1`.
    let baseURL: String
    let apiKey: String?
    let client: HTTPClient

    /// What the server offers, or nil while it does not answer yet.
    ///
    /// Throws when the task is cancelled.
    func ask() async throws -> Answer? {
        guard let models = try await get("\(baseURL)/models"), models["data"]?.arrayValue != nil else { return nil }
        let version = try await get("\(baseURL.dropLast("/v1".count))/version")
        return Answer(models: models, version: version?["version"]?.stringValue)
    }

    /// The JSON at an address; nil for any other answer, and for none.
    private func get(_ url: String) async throws -> JSONValue? {
        var request = HTTPRequest(url: url)
        if let apiKey { request.headers = [HTTPHeader(name: "Authorization", value: "Bearer \(apiKey)")] }
        request.timeouts = HTTPTimeouts(idle: .seconds(5), total: .seconds(10))
        request.maximumResponseBytes = 1 << 20
        do {
            let response = try await client.send(request)
            guard response.status == 200 else { return nil }
            return try JSONValue.parse(String(decoding: response.body, as: UTF8.self))
        } catch {
            // Not there yet, or not speaking the protocol yet: it is asked again.
            try Task.checkCancellation()
            return nil
        }
    }
}

extension ServerHealth.Answer {
    /// The names of the models that are offered.
    var names: [String] { models["data"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? [] }
}
