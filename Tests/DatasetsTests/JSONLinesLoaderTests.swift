import Evaluation
import Datasets
import JSON
import Testing

@Suite struct JSONLinesLoaderTests {
    @Test func readsEveryLineThatIsNotBlankInOrder() async throws {
        let records = try await Loading("jsonl").records(of: "{\"a\":1}\n\n  \r\n{\"b\":[1.0,\"é\"]}\r\n{\"c\":null}")
        #expect(records.map { $0.fields.description } == ["{\"a\":1}", "{\"b\":[1.0,\"é\"]}", "{\"c\":null}"])
        #expect(records.map(\.origin) == ["data:1", "data:4", "data:5"])
    }

    @Test func anEmptyFileHasNoRecords() async throws {
        #expect(try await Loading("jsonl").records(of: "").isEmpty)
        #expect(try await Loading("jsonl").records(of: "\n\n").isEmpty)
    }

    @Test(arguments: [
        ("{\"a\":1}\n{\"a\":}\n", "data:2:6", "expected a value, found '}'"),
        ("{\"a\":1}\n\n{\"é\":tru}", "data:3:6", "expected a value, found 't'"),
        ("{\"a\":1}\n[1]\n", "data:2:1", "expected a JSON object on every line, found array"),
        ("{\"a\":1} {\"b\":2}\n", "data:1:9", "unexpected text after the value"),
        ("{\"a\":NaN}", "data:1:6", "expected a value, found 'N'"),
    ])
    func saysWhichPlaceIsMalformed(text: String, place: String, message: String) async throws {
        let error = try await Loading("jsonl").error(of: text)
        #expect(error.location?.description == place)
        #expect(error.message == message)
        #expect(error.code == .dataMalformed && error.cause == .task && !error.retry.isWorthwhile)
    }

    @Test func givesTheRecordsBeforeTheMalformedOne() async throws {
        let loading = try Loading("jsonl")
        try loading.directory.write(Array("{\"a\":1}\n{\"a\":2}\noops\n".utf8), to: "data")
        var iterator = try await loading.open(["path": "data"]).records.makeAsyncIterator()
        #expect(try await iterator.next()?.fields["a"] == 1)
        #expect(try await iterator.next()?.fields["a"] == 2)
        await #expect(throws: EvaluationError.self) { try await iterator.next() }
    }

    @Test func readsAnewInEveryIteration() async throws {
        let loading = try Loading("jsonl")
        try loading.directory.write(Array("{\"a\":1}\n{\"a\":2}\n".utf8), to: "data")
        let dataset = try await loading.open(["path": "data"])
        for _ in 0..<2 {
            var count = 0
            for try await _ in dataset.records { count += 1 }
            #expect(count == 2)
        }
    }

    @Test(arguments: [false, true])
    func readsLinesAcrossManyPieces(isPacked: Bool) async throws {
        // Lines of all lengths around the sizes of pieces, packed and plain.
        let lengths = Array(0..<60) + [4080, 4090, 4096, 5000, 65_530, 131_060, 131_072, 300_000, 7]
        let lines = lengths.map { "{\"text\":\"" + String(repeating: "x", count: $0) + "\"}" }
        let bytes = Array(lines.joined(separator: "\n").utf8)
        let loading = try Loading("jsonl")
        try loading.directory.write(isPacked ? gzip(bytes) : bytes, to: "data")
        let records = try await loading.records(["path": "data"])
        #expect(records.map { $0.fields["text"]?.stringValue?.utf8.count } == lengths)
        #expect(records.map(\.origin) == lengths.indices.map { "data:\($0 + 1)" })
    }

    @Test func linesThatArePassedOverAreNotRead() async throws {
        let loading = try Loading("jsonl")
        try loading.directory.write(Array("{\"a\":1}\n\noops\n{\"a\":2}\n{\"a\":3}".utf8), to: "data")
        var iterator = try await loading.open(["path": "data"]).records.makeAsyncIterator()
        #expect(try await iterator.next(skipping: 2)?.origin == "data:4")
        #expect(try await iterator.next()?.fields["a"] == 3)
        #expect(try await iterator.next(skipping: 3) == nil)
        #expect(try await iterator.next() == nil)
    }

    @Test func refusesLinesThatAreTooLong() async throws {
        let text = "{}\n{\"a\":\"" + String(repeating: "x", count: 3 << 20) + "\"}\n"
        let error = try await Loading("jsonl").error(of: text, ["max_record_mb": 1])
        #expect(error.location?.description == "data:2:1")
        #expect(error.message == "the line is longer than 1 MiB")
        #expect(try await Loading("jsonl").records(of: text, ["max_record_mb": 4]).count == 2)
    }

    @Test func suggestsTheLoaderForOneList() async throws {
        let error = try await Loading("jsonl").error(of: "[\n{\"a\":1}\n]")
        #expect(error.advice == "a file that is one JSON list is read with 'loader: json'")
    }

    @Test(arguments: [
        ("{\"a\":1}\noops\n", 2, "mend or remove the line; every line is one whole JSON object"),
        ("{\n\"a\":1}\n", 1, "an object takes one whole line; a file that is one JSON value has 'loader: json'"),
        ("{\"a\":1}\n7\n", 2, "mend or remove the line"),
    ])
    func saysWhatToDoAboutABadLine(text: String, line: Int, advice: String) async throws {
        let error = try await Loading("jsonl").error(of: text)
        #expect(error.location?.line == line)
        #expect(error.advice == advice)
    }

    @Test func refusesPackedDataThatAreCutOff() async throws {
        let loading = try Loading("jsonl")
        try loading.directory.write(gzip(Array("{\"a\":1}\n".utf8)).dropLast(6), to: "data.gz")
        let error = await #expect(throws: EvaluationError.self) { try await loading.records(["path": "data.gz"]) }
        #expect(error?.message == "data.gz: the gzip data is cut off")
    }

    @Test func saysWhatIsKnownAboutTheFile() async throws {
        let loading = try Loading("jsonl")
        try loading.directory.write(Array("{}\n".utf8), to: "data")
        let metadata = try await loading.open(["path": "data"]).metadata
        #expect(metadata["loader"] == "jsonl" && metadata["path"] == "data" && metadata["bytes"] == 3)
        #expect(metadata["sha256"]?.stringValue == sha256Hex(Array("{}\n".utf8)))
    }
}

@Suite struct LocalFileTests {
    @Test(arguments: ["jsonl", "json", "csv"])
    func saysThatAFileIsMissingAndWhatToDo(loader: String) async throws {
        let loading = try Loading(loader)
        let error = await #expect(throws: EvaluationError.self) { try await loading.open(["path": "tasks.jsonl"]) }
        #expect(error?.code == .dataMissing && error?.cause == .configuration)
        #expect(error?.message == "the data file 'tasks.jsonl' cannot be opened: No such file or directory")
        #expect(error?.advice == "it was looked for at '\(loading.directory.path)/tasks.jsonl'")
        let hinted = await #expect(throws: EvaluationError.self) {
            try await loading.open(["path": "tasks.jsonl", "missing_hint": "run gage data fetch"])
        }
        #expect(hinted?.advice == "run gage data fetch")
        try loading.directory.write([], to: "tasks.jsonl.gz")
        let packed = await #expect(throws: EvaluationError.self) { try await loading.open(["path": "tasks.jsonl"]) }
        #expect(packed?.advice == "did you mean 'tasks.jsonl.gz'?")
    }

    @Test func refusesADirectory() async throws {
        let loading = try Loading("jsonl")
        let error = await #expect(throws: EvaluationError.self) { try await loading.open(["path": "/tmp"]) }
        #expect(error?.message == "'/tmp' is a directory")
    }

    @Test func absolutePathsDoNotStartAtTheBaseDirectory() async throws {
        let (one, other) = (try Loading("jsonl"), try Loading("jsonl"))
        try other.directory.write(Array("{\"a\":1}".utf8), to: "data")
        #expect(try await one.records(["path": .string(other.directory.path + "/data")]).count == 1)
    }

    @Test(arguments: ["jsonl", "json", "csv"])
    func keysOfOlderConfigurationsAreNotedAndChangeNothing(loader: String) throws {
        var diagnostics = Diagnostics()
        let node = ConfigNode(
            json: ["path": "x", "streaming": false, "streaming_threshold_mb": 1, "split": "test"],
            location: SourceLocation(file: "suite.yaml", line: 1, column: 1), path: "params")
        let registry = Registry(kits: [LocalDatasetsKit()])
        #expect(registry.datasetLoaders[loader]?.make(from: node, into: &diagnostics) != nil)
        #expect(diagnostics.all.map(\.severity) == [.note, .note, .note])
    }

    @Test func theRegistryHasTheLoaders() {
        #expect(Registry(kits: [LocalDatasetsKit()]).datasetLoaders.keys == ["csv", "json", "jsonl"])
    }
}
