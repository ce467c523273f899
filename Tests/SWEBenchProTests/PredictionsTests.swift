import Evaluation
import Testing

@testable import SWEBenchPro

@Suite("Predictions")
struct PredictionsTests {
    private static let expected = [
        PredictedPatch(instanceID: "a", patch: "diff", model: "m"),
        PredictedPatch(instanceID: "b", patch: "", model: "m"),
    ]

    @Test(
        "Every shape of the field is read",
        arguments: [
            #"[{"instance_id":"a","patch":"diff","prefix":"m"},{"instance_id":"b","patch":"","prefix":"m"}]"#,
            """
            {"instance_id":"a","model_patch":"diff","model_name_or_path":"m"}
            {"instance_id":"b","model_patch":"","model_name_or_path":"m"}
            """,
            #"{"a":{"model_patch":"diff","model_name_or_path":"m"},"b":{"model_patch":"","model_name_or_path":"m"}}"#,
        ])
    func readsShapes(text: String) throws {
        #expect(try PredictionsReader.read(Array(text.utf8), named: "p.json") == Self.expected)
    }

    @Test("A bare patch in a map and a single object are read")
    func readsBare() throws {
        #expect(
            try PredictionsReader.read(Array(#"{"a": "diff", "b": null}"#.utf8), named: "p")
                == [PredictedPatch(instanceID: "a", patch: "diff"), PredictedPatch(instanceID: "b")])
        #expect(
            try PredictionsReader.read(Array(#"{"instance_id": "a", "model_patch": "d"}"#.utf8), named: "p").count == 1)
    }

    @Test("What is written is read again")
    func roundTrips() throws {
        for bytes in [PredictionsWriter.lines(Self.expected), PredictionsWriter.list(Self.expected)] {
            #expect(try PredictionsReader.read(bytes, named: "p") == Self.expected)
        }
    }

    @Test(
        "What is wrong is named",
        arguments: [
            (#"[{"patch":"x"}]"#, "without 'instance_id'"), ("nonsense", "neither JSON"), ("3", "neither a list"),
            (#"[{"instance_id":"a","patch":"x"},{"instance_id":"a","patch":"y"}]"#, "two predictions for 'a'"),
            (#"{"a": {"model_patch": 3}}"#, "no text"),
        ])
    func refuses(text: String, expected: String) {
        #expect {
            try PredictionsReader.read(Array(text.utf8), named: "p.json")
        } throws: { error in
            String(describing: error).contains(expected)
        }
    }
}
