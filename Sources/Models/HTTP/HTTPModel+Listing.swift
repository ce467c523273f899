import JSON
import Transport

extension HTTPModel: ListedModel {
    /// The names at `/models`; nil for any answer that is no list of models, and for none.
    func offeredNames() async throws -> [String]? {
        guard settings.provider.listsModels else { return nil }
        var request = HTTPRequest(method: "GET", url: endpoint.url.modelsText, headers: endpoint.headers)
        request.timeouts = HTTPTimeouts(idle: .seconds(10), total: .seconds(20))
        request.maximumResponseBytes = 16 << 20
        do {
            let response = try await client.send(request)
            guard response.status == 200 else { return nil }
            let list = try JSONValue.parse(String(decoding: response.body, as: UTF8.self))
            return list["data"]?.arrayValue?.compactMap { $0["id"]?.stringValue }
        } catch {
            // A server that does not list its models can be used all the same.
            try Task.checkCancellation()
            return nil
        }
    }
}
