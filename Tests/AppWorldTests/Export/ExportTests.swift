import Evaluation
import GageTesting
import JSON
import Testing

@testable import AppWorld

@Suite("Exporting data sets")
struct ExportTests {
    private func export(
        _ root: MadeRoot, to output: String, subsets: [String] = AppWorldExport.officialSubsets
    ) async throws -> AppWorldExport.Outcome {
        var settings = AppWorldExport.Settings(source: .directory(root.path), output: output)
        settings.subsets = subsets
        return try await AppWorldExport(settings).run()
    }

    private func lines(_ bytes: [UInt8]?) throws -> [JSONValue] {
        try (bytes ?? []).split(separator: UInt8(ascii: "\n")).map { try JSONValue.parse(bytes: $0) }
    }

    @Test("A record has the task's id, its instruction and its apps, in the documented form")
    func record() async throws {
        let root = try MadeRoot(["train": ["abc1234_1", "abc1234_2"]])
        try root.add("abc1234_2", ["allowed_apps": ["notes", "wallet"]])
        let output = try TemporaryDirectory()
        let outcome = try await export(root, to: output.path, subsets: ["train"])
        #expect(outcome.records == [.init(name: "train", count: 2)])
        let bytes = contents(of: output.path)["train.jsonl"] ?? []
        // Python's spelling: a blank after colons and commas, nothing but ASCII.
        let first = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        let instruction = #"Do abc1234_1, s'il vous pla\u00eet."#
        #expect(
            first == #"{"id": "abc1234_1", "task_id": "abc1234_1", "instruction": "\#(instruction)", "#
                + #""messages": [{"role": "user", "content": [{"type": "text", "text": "\#(instruction)"}]}], "#
                + #""metadata": {"appworld": {"task_id": "abc1234_1", "subset": "train"}}}"#)
        let facts = try lines(bytes)[1]["metadata"]?["appworld"]
        #expect(facts == ["task_id": "abc1234_2", "subset": "train", "allowed_apps": ["notes", "wallet"]])
    }

    @Test("Nothing but ids, instructions and apps leaves the root, from any subset")
    func secrets() async throws {
        let subsets = Dictionary(
            uniqueKeysWithValues: AppWorldExport.officialSubsets.enumerated().map {
                ($1, ["00000\($0)a_1", "00000\($0)a_2"])
            })
        let root = try MadeRoot(subsets)
        let output = try TemporaryDirectory()
        _ = try await export(root, to: output.path)
        let files = contents(of: output.path)
        #expect(files.count == 5)
        for (name, bytes) in files {
            #expect(!String(decoding: bytes, as: UTF8.self).contains(MadeRoot.secret), "\(name)")
        }
        for subset in AppWorldExport.officialSubsets {
            for record in try lines(files["\(subset).jsonl"]) {
                #expect(record.objectValue?.keys.sorted() == ["id", "instruction", "messages", "metadata", "task_id"])
                #expect(record["metadata"]?["appworld"]?.objectValue?.keys.sorted() == ["subset", "task_id"])
            }
        }
    }

    @Test("The manifest says where the tasks come from and how many there are")
    func manifest() async throws {
        let root = try MadeRoot(["dev": ["abc1234_1"], "train": []])
        let output = try TemporaryDirectory()
        _ = try await export(root, to: output.path, subsets: ["train", "dev"])
        let manifest = try JSONValue.parse(bytes: contents(of: output.path)["manifest.json"] ?? [])
        #expect(
            manifest.objectValue?.keys.map { $0 } == ["image", "appworld_root", "exported_at", "subsets", "records"])
        #expect(manifest["appworld_root"]?.stringValue == root.path)
        #expect(manifest["subsets"] == ["train", "dev"])
        #expect(manifest["records"] == ["train": 0, "dev": 1])
        #expect(manifest["exported_at"]?.stringValue?.hasSuffix("+00:00") == true)
    }

    @Test("Missing specs are named in the manifest, at most twenty of them, and their tasks left out")
    func missingSpecs() async throws {
        let root = try MadeRoot(["train": ["abc1234_1"]])
        let listed = ["abc1234_1"] + (1...25).map { "dead\($0)_1" }
        try root.write(listed.joined(separator: "\n"), at: "data/datasets/train.txt")
        let output = try TemporaryDirectory()
        let outcome = try await export(root, to: output.path, subsets: ["train"])
        #expect(outcome.missingSpecs.count == 25)
        let files = contents(of: output.path)
        let manifest = try JSONValue.parse(bytes: files["manifest.json"] ?? [])
        #expect(manifest["missing_specs_count"] == 25)
        #expect(manifest["missing_specs"]?.arrayValue?.count == 20)
        #expect(manifest["missing_specs"]?[0]?.stringValue == "\(root.path)/data/tasks/dead1_1/specs.json")
        #expect(manifest["records"]?["train"] == 26)
        #expect(try lines(files["train.jsonl"]).count == 1)
    }

    @Test("What cannot be exported leaves nothing half-written")
    func failures() async throws {
        let output = try TemporaryDirectory()
        let table: [(spoil: String, text: String, subsets: [String], says: String)] = [
            ("data/datasets/dev.txt", "../../etc_1\n", ["train", "dev"], "is no name of a task"),
            ("data/tasks/abc1234_1/specs.json", "{", ["train"], "is not JSON"),
            ("data/none", "", ["train", "test_normal"], "has no list of the subset 'test_normal'"),
        ]
        for row in table {
            let root = try MadeRoot(["train": ["abc1234_1"]])
            try root.write(row.text, at: row.spoil)
            let error = await #expect(throws: EvaluationError.self) {
                try await export(root, to: "\(output.path)/out", subsets: row.subsets)
            }
            #expect(error?.message.contains(row.says) == true)
            #expect(contents(of: output.path).isEmpty)
        }
        let empty = try TemporaryDirectory()
        let error = await #expect(throws: EvaluationError.self) {
            try await AppWorldExport(.init(source: .directory(empty.path), output: output.path)).run()
        }
        #expect(error?.code == .dataMissing)
    }

    @Test("A moment is written to the microsecond")
    func moment() {
        #expect(
            ExportedContent.Moment(seconds: 1_772_368_245, microseconds: 123).text == "2026-03-01T12:30:45.000123+00:00"
        )
        #expect(ExportedContent.Moment(seconds: 0, microseconds: 0).text == "1970-01-01T00:00:00+00:00")
    }
}
