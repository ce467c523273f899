import Evaluation
import JSON
import Testing

@Suite struct JSONFileLoaderTests {
    @Test func readsAListOfObjects() async throws {
        let records = try await Loading("json").records(of: "[{\"a\":1},\n{\"b\":2}]")
        #expect(records.map { $0.fields.description } == ["{\"a\":1}", "{\"b\":2}"])
        #expect(records.map(\.origin) == ["data#/0", "data#/1"])
    }

    @Test(arguments: [
        ("{\"version\":1,\"data\":[{\"a\":1}]}", nil, "data#/data/0"),
        ("{\"x\":[{\"a\":2}],\"data\":[{\"a\":1}]}", "data", "data#/data/0"),
        ("{\"x\":{\"y\":[{\"a\":1}]}}", "x.y", "data#/x.y/0"), ("{\"x.y\":[{\"a\":1}]}", "x.y", "data#/x.y/0"),
    ])
    func readsTheListOfAnObject(text: String, key: String?, origin: String) async throws {
        let parameters: JSONObject = key.map { ["key": .string($0)] } ?? [:]
        let records = try await Loading("json").records(of: text, parameters)
        #expect(records.map { $0.fields["a"] } == [1])
        #expect(records.map(\.origin) == [origin])
    }

    @Test func readsAPackedFileAndCountsItsRecords() async throws {
        let loading = try Loading("json")
        try loading.directory.write(gzip(Array("[{},{},{}]".utf8)), to: "data.json.gz")
        let dataset = try await loading.open(["path": "data.json.gz"])
        #expect(dataset.count == 3)
        #expect(dataset.metadata["loader"] == "json")
    }

    @Test(
        arguments: [
            ("[{\"a\":1},\n{\"a\" 2}]", nil, "expected ':' after a key, found '2'", "data:2:6"),
            ("{\"a\":1}\n{\"a\":2}", nil, "unexpected text after the value", "data:2:1"),
            ("[{}, 3]", nil, "data#/1: expected a JSON object, found integer", nil),
            ("7", nil, "data: expected a list of records, found integer", nil),
            ("{\"a\":1}", nil, "data: the object has no list of records", nil),
            ("{\"a\":[],\"b\":[]}", nil, "data: the object has several lists", nil),
            ("{\"tasks\":[]}", "task", "'data' has nothing under the key 'task'", nil),
            ("{\"tasks\":1}", "tasks", "data: expected a list of records under 'tasks', found integer", nil),
        ] as [(String, String?, String, String?)])
    func saysWhatIsWrong(text: String, key: String?, message: String, place: String?) async throws {
        let parameters: JSONObject = key.map { ["key": .string($0)] } ?? [:]
        let error = try await Loading("json").error(of: text, parameters)
        #expect(error.message == message)
        #expect(error.location?.description == place)
    }

    @Test(
        arguments: [
            ("{\"a\":1}\n{\"a\":2}", nil, "a file with one object on every line is read with 'loader: jsonl'"),
            ("{\"a\":[],\"b\":[]}", nil, "name the list of records with 'key': 'a', 'b'"),
            ("{\"tasks\":[]}", "task", "did you mean 'tasks'?"),
        ] as [(String, String?, String)])
    func saysWhatToDo(text: String, key: String?, advice: String) async throws {
        let parameters: JSONObject = key.map { ["key": .string($0)] } ?? [:]
        #expect(try await Loading("json").error(of: text, parameters).advice == advice)
    }

    @Test func refusesFilesThatAreTooLargeForMemory() async throws {
        let text = "[\"" + String(repeating: "x", count: 2 << 20) + "\"]"
        let error = try await Loading("json").error(of: text, ["max_file_mb": 1])
        #expect(error.message == "data: the file is larger than 1 MiB")
    }
}
