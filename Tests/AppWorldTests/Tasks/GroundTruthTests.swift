import Evaluation
import JSON
import Testing

@testable import AppWorld

/// No field of a record gets into a sample but those that are meant to, wherever it stands and whatever it is called.
@Suite("Ground truth stays out of samples")
struct GroundTruthTests {
    /// A text that would do for any name, and a number.
    private static let secret = "secretanswer"
    private static let number = 73_519

    /// Keys that ground truth is known to stand under, that samples have a meaning for, and that nobody has ever seen.
    private static let keys = [
        "answer", "ground_truth", "evaluation", "evaluation_code", "private_data", "public_data", "test_data",
        "required_apps", "required_apis", "solution", "compiled_solution", "generator", "api_calls", "difficulty",
        "num_apis", "specs", "references", "label", "gold", "golden_trajectories", "options", "few_shot_examples",
        "tools", "sandbox", "sampling_params", "generation_params", "raw_assets", "eval_config", "predict_result",
        "support_outputs", "prompt", "text", "question", "inputs", "expected_answer", "audit_info", "data_tag",
        "schema_version", "task_type", "trials", "supervisor", "datetime", "db_version", "canary_string", "tool_choice",
        "subset", "allowed_apps", "experiment_name", "ground_truth_mode", "remote_apis_url", "remote_mcp_url",
        "direct_function_separator", "random_seed", "max_interactions", "load_ground_truth", "scenario", "metadata",
        "messages", "nobody_has_seen_this", "", "🙂", "__proto__",
    ]

    @Test("Every key at every place, in every shape", arguments: ["test_normal", "test_challenge", "dev"])
    func everyField(subset: String) throws {
        for key in Self.keys where subset != "dev" || !Self.namesOfTasks.contains(key) {
            for value in Self.shapes {
                for place in Place.allCases {
                    let record = place.record(subset: subset, key: key, value: value)
                    try expectNothing(of: record, in: subset, "\(key) at \(place) as \(value.text())")
                }
            }
        }
    }

    @Test("Random records, whose seed is printed")
    func random() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("ground truth test: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let subset = ["test_normal", "test_challenge"].randomElement(using: &generator) ?? ""
            var record = Place.top.record(subset: subset, key: "x", value: .null)
            for _ in 0..<6 {
                let key = Self.keys.randomElement(using: &generator) ?? ""
                // What a task is and asks for comes from these, and is meant to.
                guard !["metadata", "messages"].contains(key) else { continue }
                record[key] = Self.value(depth: 4, using: &generator)
            }
            var facts = record["metadata"]?["appworld"]?.objectValue ?? [:]
            for _ in 0..<6 {
                facts[Self.keys.randomElement(using: &generator) ?? ""] = Self.value(depth: 4, using: &generator)
            }
            facts["subset"] = .string(subset)
            record["metadata"] = ["appworld": .object(facts), "other": Self.value(depth: 4, using: &generator)]
            try expectNothing(of: record, in: subset, "seed \(seed)")
        }
    }

    private func expectNothing(of record: JSONObject, in subset: String, _ what: String) throws {
        var parameters = PreprocessorParameters()
        parameters.subset = subset
        let preprocessor = AppWorldPreprocessor(parameters: parameters)
        guard case .sample(let sample) = try preprocessor.process(DatasetRecord(fields: record, origin: "r")) else {
            return
        }
        var whole = sample.judgedJSON
        whole["gold"] = .object(sample.gold)
        whole["sampling"] = .object(sample.samplingParameters)
        whole["references"] = .array(sample.references)
        whole["extras"] = .object(sample.extras)
        let facts = sample.metadata["appworld"]
        // Issues are few where tests are right, and must not drown the output where they are not.
        let text = JSONValue.object(whole).text() + String(describing: sample)
        let hasLeaked = [Self.secret, String(Self.number)].contains { text.contains($0) }
        if hasLeaked { Issue.record("\(what): \(facts?.text() ?? "")") }
        try #require(!hasLeaked)
        #expect(sample.gold.isEmpty && sample.references.isEmpty && sample.label == nil, "\(what)")
        if DataSplit.isTest(subset) { #expect(DataSplit.isTest(facts?["subset"]?.stringValue), "\(what)") }
        if DataSplit.isTest(facts?["subset"]?.stringValue) {
            #expect(facts?["ground_truth_mode"] == "minimal", "\(what)")
        }
    }

    /// Where in a record a field stands.
    private enum Place: CaseIterable {
        case top, metadata, facts, message, segment

        func record(subset: String, key: String, value: JSONValue) -> JSONObject {
            var message: JSONObject = ["role": "user", "content": [["type": "text", "text": "Do it."]]]
            var facts: JSONObject = ["task_id": "a_1", "subset": .string(subset)]
            var metadata: JSONObject = [:]
            var record: JSONObject = ["id": "a_1", "instruction": "Do it."]
            switch self {
            case .top: record[key] = value
            case .metadata: metadata[key] = value
            case .facts: facts[key] = value
            case .message: message[key] = value
            case .segment:
                var segment: JSONObject = ["type": "text", "text": "Do it."]
                segment[key] = value
                message["content"] = [.object(segment)]
            }
            if key != "appworld" { metadata["appworld"] = .object(facts) }
            if record["messages"] == nil { record["messages"] = [.object(message)] }
            if record["metadata"] == nil { record["metadata"] = .object(metadata) }
            return record
        }
    }

    /// What records of tasks that nobody hides may say about themselves.
    private static let namesOfTasks = [
        "subset", "allowed_apps", "experiment_name", "random_seed", "max_interactions",
    ]

    private static let shapes: [JSONValue] = [
        .int(Int64(number)), [.int(Int64(number))], .string(secret), .string("the \(secret)!"), [.string(secret)],
        ["key": .string(secret)],
        [["deep": [["deeper": .string(secret)]]]], .object([secret: true]), .object([secret: .string(secret)]),
    ]

    private static func value(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 4 : 2), using: &generator) {
        case 0: return .string(secret)
        case 1: return Bool.random(using: &generator) ? .string("\(secret) and more") : .int(Int64(number))
        case 2: return .array((0..<2).map { _ in value(depth: depth - 1, using: &generator) })
        default:
            let key = keys.randomElement(using: &generator) ?? ""
            return .object([key: value(depth: depth - 1, using: &generator), secret: .null])
        }
    }
}
