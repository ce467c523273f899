import Datasets
import Evaluation
import JSON
import Synchronization
import Testing
import Transport

/// A client of loopback servers that notes how long it would have waited, and does not wait.
final class HubHarness: Sendable {
    static let commit = "0123456789abcdef0123456789abcdef01234567"
    static let otherCommit = "fedcba9876543210fedcba9876543210fedcba98"

    let directory: TemporaryDirectory
    let hub: StubServer
    let http = HTTPClient()
    /// The lock protects the waits so far.
    private let waited = Mutex<[Duration]>([])
    private let token: String?

    init(token: String? = nil, _ handler: @escaping StubServer.Handler) throws {
        directory = try TemporaryDirectory()
        self.token = token
        hub = try StubServer(handler)
    }

    deinit { hub.stop() }

    var waits: [Duration] { waited.withLock { $0 } }

    var pace: HubPace {
        var pace = HubPace()
        pace.sleep = { [self] delay in waited.withLock { $0.append(delay) } }
        return pace
    }

    /// What the environment of a program would be.
    func environment(_ more: [String: String] = [:]) -> [String: String] {
        var environment = [
            "HF_ENDPOINT": hub.url, "HF_DATASETS_SERVER_ENDPOINT": hub.url, "GAGE_CODELOAD_ENDPOINT": hub.url,
            "GAGE_EVAL_DATA_CACHE": "\(directory.path)/cache", "HOME": directory.path,
        ]
        if let token { environment["HF_TOKEN"] = token }
        return environment.merging(more) { $1 }
    }

    func client(_ more: [String: String] = [:]) -> HubClient {
        let settings = HubSettings(environment: environment(more), baseDirectory: directory.path)
        return HubClient(http: http, settings: settings, pace: pace)
    }

    /// Opens a data set as a configuration would.
    func open(_ parameters: JSONObject, environment more: [String: String] = [:]) async throws -> Dataset {
        var diagnostics = Diagnostics()
        let node = ConfigNode(
            json: .object(parameters), location: SourceLocation(file: "suite.yaml", line: 1, column: 1), path: "params")
        let decoded = HubDatasetParameters.decode(node, into: &diagnostics)
        let loader = HubDatasetLoader(
            try #require(decoded, "\(diagnostics.all)"), http: http, pace: pace)
        return try await loader.open(
            in: DatasetContext(
                datasetID: "data", baseDirectory: directory.path, seed: 1, environment: environment(more)))
    }

    func records(_ parameters: JSONObject, environment: [String: String] = [:]) async throws -> [DatasetRecord] {
        var records: [DatasetRecord] = []
        for try await record in try await open(parameters, environment: environment).records { records.append(record) }
        return records
    }

    /// The error of a body that has to fail.
    func error(_ body: () async throws -> Void) async throws -> EvaluationError {
        try #require(await #expect(throws: EvaluationError.self) { try await body() })
    }
}

/// Answers of a Hub with one data set, `owner/data`: subsets `default` and `small`, split `test`.
struct StubHub: Sendable {
    var rowCount = 250
    /// The commit that each page of rows says it is of.
    var served: @Sendable (_ offset: Int) -> String? = { _ in HubHarness.commit }

    func answer(_ request: StubRequest) -> StubAnswer {
        switch request.path {
        case "/api/datasets/owner/data/revision/main": return StubAnswer(200, "{\"sha\":\"\(HubHarness.commit)\"}")
        case "/splits":
            return StubAnswer(
                200,
                "{\"splits\":[{\"config\":\"default\",\"split\":\"test\"},{\"config\":\"small\",\"split\":\"test\"}]}")
        case "/rows": return rows(request)
        default: return StubAnswer(404, "{\"error\":\"nothing here\"}", headers: [("X-Error-Code", "EntryNotFound")])
        }
    }

    private func rows(_ request: StubRequest) -> StubAnswer {
        let offset = Int(request.query("offset") ?? "") ?? 0
        let length = Int(request.query("length") ?? "") ?? 0
        guard length <= 100 else { return StubAnswer(422, "{\"error\":\"length too large\"}") }
        let rows = (offset..<min(offset + length, rowCount)).map { index -> JSONValue in
            ["row_idx": JSONValue(index), "row": ["n": JSONValue(index), "text": "å\(index)"], "truncated_cells": []]
        }
        let page: JSONValue = [
            "features": [["name": "n"], ["name": "text"]], "rows": .array(rows), "num_rows_total": JSONValue(rowCount),
            "num_rows_per_page": 100, "partial": false,
        ]
        return StubAnswer(200, page.text(), headers: served(offset).map { [("X-Revision", $0)] } ?? [])
    }
}
