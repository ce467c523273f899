import Datasets
import Evaluation
import JSON
import Testing
import Transport

@Suite struct HubDatasetTests {
    private let source: JSONObject = ["hub_params": ["hub_id": "owner/data", "split": "test"]]
    private var pinned: JSONObject { source.merging(["revision": .string(HubHarness.commit)]) }

    private func harness(_ hub: StubHub = StubHub()) throws -> HubHarness {
        try HubHarness { request, _ in hub.answer(request) }
    }

    @Test func readsAllPagesInOrder() async throws {
        let harness = try harness()
        let dataset = try await harness.open(source)
        #expect(dataset.count == 250)
        #expect(dataset.metadata["revision"]?.stringValue == HubHarness.commit)
        #expect(dataset.metadata["subset"] == "default")
        let records = try await harness.records(source)
        #expect(records.map { $0.fields["n"]?.intValue } == Array(0..<250))
        #expect(records[249].fields["text"] == "å249")
        #expect(records[2].origin == "owner/data/default-test.jsonl:3")
        let rows = harness.hub.requests.filter { $0.path == "/rows" }
        #expect(rows.map { $0.query("offset") } == ["0", "100", "200"])
    }

    @Test func keepsAManifestBesideTheRows() async throws {
        let harness = try harness()
        _ = try await harness.open(source)
        let folder = "cache/datasets/owner__data/\(HubHarness.commit)"
        let manifest = try JSONValue.parse(try harness.directory.read("\(folder)/manifest.json"))
        let entry = try #require(manifest["files"]?["default-test.jsonl"])
        let rows = try harness.directory.read("\(folder)/default-test.jsonl")
        #expect(entry["sha256"]?.stringValue == sha256Hex(Array(rows.utf8)))
        #expect(entry["rows"] == 250)
        #expect(entry["config"] == "default")
        #expect(entry["features"]?[0]?["name"] == "n")
    }

    @Test func usesTheCacheWithoutTheNetwork() async throws {
        let harness = try harness()
        _ = try await harness.open(source)
        let before = harness.hub.requests.count
        #expect(try await harness.records(source, environment: ["HF_HUB_OFFLINE": "1"]).count == 250)
        #expect(try await harness.records(pinned).count == 250)
        #expect(harness.hub.requests.count == before)
    }

    @Test func saysWhatToDoOfflineWithoutACache() async throws {
        let harness = try harness()
        let error = try await harness.error {
            _ = try await harness.open(source, environment: ["HF_HUB_OFFLINE": "1"])
        }
        #expect((error.advice ?? "").hasPrefix("run once without HF_HUB_OFFLINE"))
    }

    @Test func fetchesAgainWhatWasChangedInTheCache() async throws {
        let harness = try harness()
        _ = try await harness.open(source)
        try harness.directory.write("{}\n", to: "cache/datasets/owner__data/\(HubHarness.commit)/default-test.jsonl")
        #expect(try await harness.records(source).count == 250)
    }

    @Test func refusesAnotherRevisionThanTheOneWanted() async throws {
        let harness = try harness(StubHub(served: { _ in HubHarness.otherCommit }))
        let error = try await harness.error { _ = try await harness.open(pinned) }
        #expect(error.message == "the rows server has 'owner/data' at fedcba987654, not at 0123456789ab")
        #expect((error.advice ?? "").contains("write 'revision: \(HubHarness.otherCommit)'"))
        #expect(error.cause == .configuration)
    }

    @Test func takesAnotherRevisionWhereThatIsAllowed() async throws {
        let harness = try harness(StubHub(served: { _ in HubHarness.otherCommit }))
        let dataset = try await harness.open(pinned.merging(["allow_revision_drift": true]))
        #expect(dataset.metadata["revision"]?.stringValue == HubHarness.otherCommit)
        #expect(dataset.metadata["wanted_revision"]?.stringValue == HubHarness.commit)
    }

    @Test(arguments: [false, true])
    func refusesPagesOfTwoRevisions(allowsDrift: Bool) async throws {
        let harness = try harness(
            StubHub(served: { $0 < 100 ? HubHarness.commit : HubHarness.otherCommit }))
        let error = try await harness.error {
            _ = try await harness.open(pinned.merging(["allow_revision_drift": .bool(allowsDrift)]))
        }
        #expect(error.message == "'owner/data' changed from 0123456789ab to fedcba987654 while it was fetched")
        #expect(!harness.directory.has("cache/datasets/owner__data/\(HubHarness.commit)/default-test.jsonl"))
    }

    @Test func refusesRowsOfAnUnknownRevision() async throws {
        let harness = try harness(StubHub(served: { _ in nil }))
        let error = try await harness.error { _ = try await harness.open(pinned) }
        #expect(error.message.contains("does not say which revision"))
    }

    @Test func fetchesOnlyWhatTheLimitAsksFor() async throws {
        let harness = try harness()
        #expect(try await harness.records(source.merging(["limit": 120])).count == 120)
        #expect(harness.hub.requests.filter { $0.path == "/rows" }.map { $0.query("length") } == ["100", "20"])
    }

    @Test(
        arguments: [
            (["split": "tset"], "'owner/data' has no split 'tset' in its subset 'default'", "did you mean 'test'?"),
            (["subset": "smal", "split": "test"], "'owner/data' has no subset 'smal'", "did you mean 'small'?"),
        ] as [(JSONObject, String, String)])
    func saysWhichSplitsThereAre(parameters: JSONObject, message: String, advice: String) async throws {
        let harness = try harness()
        let error = try await harness.error {
            _ = try await harness.open(parameters.merging(["hub_id": "owner/data"]))
        }
        #expect(error.message == message)
        #expect(error.advice == advice)
    }

    @Test func readsASubset() async throws {
        let harness = try harness()
        _ = try await harness.open(source.merging(["subset": "small"]))
        #expect(harness.hub.requests.first { $0.path == "/rows" }?.query("config") == "small")
    }

    @Test func checksTheNumberOfRows() async throws {
        let harness = try harness()
        let error = try await harness.error { _ = try await harness.open(source.merging(["expected_rows": 731])) }
        #expect(error.message == "there are 250 rows, where 'expected_rows' says 731")
    }

    @Test func refusesCellsThatWereCutShort() async throws {
        let harness = try HubHarness { request, _ in
            guard request.path == "/rows" else { return StubHub().answer(request) }
            return StubAnswer(
                200, "{\"rows\":[{\"row_idx\":0,\"row\":{},\"truncated_cells\":[\"text\"]}],\"num_rows_total\":1}",
                headers: [("X-Revision", HubHarness.commit)])
        }
        let error = try await harness.error { _ = try await harness.open(source) }
        #expect(error.message.hasSuffix("has row 0 with cells cut short: text"))
    }

    @Test func readsFilesOfTheRepository() async throws {
        let text = "a,b\n1,x\n2,y\n"
        let harness = try HubHarness { request, _ in
            switch request.path {
            case "/api/datasets/owner/data/tree/\(HubHarness.commit)":
                StubAnswer(200, "[{\"type\":\"file\",\"path\":\"deep/t.csv\",\"size\":\(text.utf8.count)}]")
            case "/datasets/owner/data/resolve/\(HubHarness.commit)/deep/t.csv": StubAnswer(200, text)
            default: StubHub().answer(request)
            }
        }
        let parameters = source.merging(["data_files": [["repo_id": "owner/data", "path": "deep/t.csv"]]])
        let records = try await harness.records(parameters)
        #expect(records.map { $0.fields.description } == ["{\"a\":\"1\",\"b\":\"x\"}", "{\"a\":\"2\",\"b\":\"y\"}"])
        #expect(records[0].origin == "owner/data/deep/t.csv:2")
        let wrong = source.merging(["data_files": "deep/u.csv"])
        let error = try await harness.error { _ = try await harness.open(wrong) }
        #expect(error.message.hasSuffix("has no file 'deep/u.csv'"))
    }

    @Test(
        arguments: [
            ("data.jsonl", "{\"a\":1}\n{\"a\":2}\n"), ("data.json", "[{\"a\":1},{\"a\":2}]"),
            ("data.json", "{\"a\":1}\n{\"a\":2}\n"), ("data.json", "{\n \"rows\": [{\"a\":1},{\"a\":2}]\n}"),
            ("data.json", "{\"rows\":[{\"row_idx\":0,\"row\":{\"a\":1}},{\"row_idx\":1,\"row\":{\"a\":2}}]}"),
        ])
    func readsLocalCopiesInAnyForm(name: String, text: String) async throws {
        let harness = try harness()
        try harness.directory.write(text, to: name)
        let records = try await harness.records(["hub_id": "owner/data", "path": .string(name)])
        #expect(records.map { $0.fields["a"]?.intValue } == [1, 2])
        #expect(harness.hub.requests.isEmpty)
    }

    @Test func readsADirectoryOfPagesInTheirOrder() async throws {
        let harness = try harness()
        for number in 1...11 {
            let page = "{\"rows\":[{\"row_idx\":\(number),\"row\":{\"n\":\(number)}}]}"
            try harness.directory.write(page, to: "pages/page-\(number).json")
        }
        let records = try await harness.records(["path": "pages"])
        #expect(records.map { $0.fields["n"]?.intValue } == Array(1...11))
    }

    @Test func readsTheSplitOfALocalDirectory() async throws {
        let harness = try harness()
        try harness.directory.write("{\"a\":1}\n", to: "copy/train.jsonl")
        try harness.directory.write("{\"a\":2}\n", to: "copy/v1-test.jsonl")
        let local: JSONObject = ["path": "copy", "subset": "v1", "split": "test"]
        #expect(try await harness.records(local).map { $0.fields["a"]?.intValue } == [2])
        let error = try await harness.error {
            _ = try await harness.open(["path": "copy", "split": "validation"])
        }
        #expect(error.message == "'copy' has no file for the split 'validation'")
    }

    @Test func wantsToKnowWhichDataSet() {
        var diagnostics = Diagnostics()
        let place = SourceLocation(file: "suite.yaml", line: 1, column: 1)
        let node = ConfigNode(json: ["split": "test"], location: place, path: "params")
        _ = HubDatasetParameters.decode(node, into: &diagnostics)
        #expect(diagnostics.all.map(\.message) == ["nothing says which data set"])
    }

    @Test func registersItsLoader() {
        let registry = Registry(kits: [HubDatasetsKit(client: .init())])
        #expect(registry.datasetLoaders.keys == ["hf_hub"])
    }
}
