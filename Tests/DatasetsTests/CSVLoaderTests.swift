import Datasets
import Evaluation
import JSON
import Testing

@Suite struct CSVLoaderTests {
    static let tables: [(text: String, records: [String])] = [
        ("a,b\n1,2\n3,4\n", [#"{"a":"1","b":"2"}"#, #"{"a":"3","b":"4"}"#]),
        ("a,b\r\n1,2\r\n3,4", [#"{"a":"1","b":"2"}"#, #"{"a":"3","b":"4"}"#]),
        ("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", [#"{"a":"x,y","b":"say \"hi\""}"#]),
        ("a,b\n\"two\nlines\",\"three\r\nlines\"\n", [#"{"a":"two\nlines","b":"three\r\nlines"}"#]),
        ("a,b\n,\n\"\",x\n", [#"{"a":"","b":""}"#, #"{"a":"","b":"x"}"#]),
        ("a\n\n\r\n1\n\"\"\n\n", [#"{"a":"1"}"#, #"{"a":""}"#]),
        ("\u{FEFF}a,b\n1,2", [#"{"a":"1","b":"2"}"#]),
        ("a,b\n5\" disk,x \"y\" z\n", [#"{"a":"5\" disk","b":"x \"y\" z"}"#]),
        ("\"a b\",\"c,d\"\né,中😀\n", [#"{"a b":"é","c,d":"中😀"}"#]), ("a,b\n 1 ,\t2\n", [#"{"a":" 1 ","b":"\t2"}"#]),
        ("a,b\n", []), ("", []),
    ]

    @Test(arguments: tables.indices)
    func readsWhatTheStandardDescribes(place: Int) async throws {
        let table = Self.tables[place]
        let records = try await Loading("csv").records(of: table.text)
        #expect(records.map { $0.fields.description } == table.records)
    }

    @Test func namesRecordsByTheLineWhereTheyStart() async throws {
        let records = try await Loading("csv").records(of: "a,b\n1,\"x\ny\"\n\n2,z\n")
        #expect(records.map(\.origin) == ["data:2", "data:5"])
    }

    @Test func readsOtherDelimitersColumnsAndJSON() async throws {
        let tabs = try await Loading("csv").records(
            of: "1\t[1, 2]\n2\t\n",
            [
                "delimiter": "\\t", "columns": ["id", "list"], "json_columns": ["list"],
            ])
        #expect(tabs.map { $0.fields.description } == [#"{"id":"1","list":[1,2]}"#, #"{"id":"2","list":null}"#])
        let semicolons = try await Loading("csv").records(of: "a;b\n1,5;\"x;y\"\n", ["delimiter": ";"])
        #expect(semicolons.map { $0.fields.description } == [#"{"a":"1,5","b":"x;y"}"#])
    }

    static let errors: [(text: String, parameters: JSONObject, message: String, place: String?)] = [
        ("a,b\n1\n", [:], "the row has 1 fields, where 2 columns are named", "data:2:1"),
        ("a,b\n1,2\n\n1,2,3\n", [:], "the row has 3 fields, where 2 columns are named", "data:4:1"),
        ("a,b\n1,\"x\n\ny", [:], "the quoted field is never closed", "data:2:3"),
        ("a,b\né,\"x\"y\n", [:], "expected a delimiter or the end of the line after a closing quote", "data:2:6"),
        ("a,a\n", [:], "two columns are named 'a'", "data:1:1"),
        (
            "a,b\n1,{\n", ["json_columns": ["b"]],
            "column 'b' is not JSON: expected a key in double quotes, found the end of the text", "data:2:1"
        ),
        ("name\nx\n", ["json_columns": ["nme"]], "'json_columns' names 'nme', which 'data' does not have", nil),
        (
            "a\n" + String(repeating: "x", count: 2 << 20), ["max_record_mb": 1], "the row is longer than 1 MiB",
            "data:2:1"
        ),
    ]

    @Test(arguments: errors.indices)
    func saysWhatIsWrongAndWhere(place: Int) async throws {
        let expected = Self.errors[place]
        let error = try await Loading("csv").error(of: expected.text, expected.parameters)
        #expect(error.message == expected.message)
        #expect(error.location?.description == expected.place)
    }

    @Test func refusesTextThatIsNotUTF8() async throws {
        let loading = try Loading("csv")
        try loading.directory.write(Array("a,b\n1,".utf8) + [0xFF, 0x0A], to: "data")
        let error = await #expect(throws: EvaluationError.self) { try await loading.records(["path": "data"]) }
        #expect(error?.description.contains("data:2:3") == true)
        #expect(error?.message == "the field is not valid UTF-8")
    }

    @Test(arguments: ["", ",,", "é", "\"", "\n"])
    func refusesDelimitersThatCannotBe(delimiter: String) throws {
        var diagnostics = Diagnostics()
        let node = ConfigNode(
            json: ["path": "x", "delimiter": .string(delimiter)],
            location: SourceLocation(file: "suite.yaml", line: 1, column: 1), path: "params")
        #expect(Registry(kits: [LocalDatasetsKit()]).datasetLoaders["csv"]?.make(from: node, into: &diagnostics) == nil)
        #expect(diagnostics.hasErrors)
    }

    @Test(arguments: [false, true])
    func readsRowsAcrossPieces(isPacked: Bool) async throws {
        let lengths = [0, 1, 4000, 4090, 4095, 5000, 131_070, 131_072, 200_000, 3]
        let rows = lengths.map { "\"" + String(repeating: "\"\"", count: $0) + "\",\"é\nz\"" }
        let bytes = Array(("a,b\n" + rows.joined(separator: "\r\n")).utf8)
        let loading = try Loading("csv")
        try loading.directory.write(isPacked ? gzip(bytes) : bytes, to: "data")
        let records = try await loading.records(["path": "data"])
        #expect(records.map { $0.fields["a"]?.stringValue?.utf8.count } == lengths)
        #expect(records.allSatisfy { $0.fields["b"] == "é\nz" })
        #expect(records.map(\.origin) == lengths.indices.map { "data:\($0 * 2 + 2)" })
    }
}
