import Evaluation
import Glibc
import JSON
import Testing

@testable import GageConfiguration

/// Asks Python's `jsonschema`, which is no part of the project.
enum Validator {
    static let isInstalled: Bool = {
        let found = system("python3 -c 'import jsonschema' >/dev/null 2>&1") == 0
        if !found { print("skipped: python3 with the jsonschema package is not installed") }
        return found
    }()

    private static let script = """
        import json, sys
        import jsonschema
        result = []
        for schema, documents in json.load(open(sys.argv[1])):
            kind = jsonschema.Draft202012Validator
            kind.check_schema(schema)
            validator = kind(schema)
            for document in documents:
                result.append([e.json_path + ": " + e.message[:200] for e in validator.iter_errors(document)])
        json.dump(result, open(sys.argv[2], "w"))
        """

    /// A schema, and documents to check against it.
    typealias Group = (schema: JSONValue, documents: [JSONValue])

    /// The complaints about each document, group after group.
    static func complaints(_ groups: [Group]) throws -> [[String]] {
        var template = Array("/tmp/gage-schema-XXXXXX".utf8CString)
        let directory = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer { _ = system("rm -rf '\(directory)'") }
        try write(script, to: "\(directory)/check.py")
        let input = groups.map { group -> JSONValue in [group.schema, .array(group.documents)] }
        try write(JSONValue.array(input).text(), to: "\(directory)/input.json")
        let command = ["check.py", "input.json", "result.json"].map { "'\(directory)/\($0)'" }
        try #require(system("python3 " + command.joined(separator: " ")) == 0)
        let result = try JSONValue.parse(try ConfigurationFile.read("\(directory)/result.json"))
        return (result.arrayValue ?? []).map { ($0.arrayValue ?? []).compactMap(\.stringValue) }
    }

    private static func write(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "w"))
        defer { fclose(file) }
        #expect(fputs(text, file) >= 0)
    }
}

@Suite struct SchemaTests {
    private static func json(_ text: String) throws -> JSONValue {
        var diagnostics = Diagnostics()
        return try #require(NodeReader(file: "f").read(text, into: &diagnostics)?.json)
    }

    @Test(.enabled(if: Validator.isInstalled))
    func takesEveryFixture() throws {
        let schema = ConfigurationSchema.document(StandInKit.registry)
        var documents = try Configuration.fixtures.map { try Self.json($0.text) }
        for name in ["run_echo", "builtin_echo", "config/builtin_templates/echo/v1"] {
            documents.append(try Self.json(try ConfigurationFile.read("\(Fixtures.directory)/\(name).yaml")))
        }
        let complaints = try Validator.complaints([(schema, documents)])
        #expect(complaints == documents.map { _ in [] })
    }

    @Test(.enabled(if: Validator.isInstalled))
    func takesEveryConfigurationThatIsShipped() throws {
        let groups = try Configuration.shipped.map { configuration -> Validator.Group in
            (ConfigurationSchema.document(configuration.registry), [try Self.json(configuration.text)])
        }
        let complaints = try Validator.complaints(groups)
        for (configuration, complaint) in zip(Configuration.shipped, complaints) {
            #expect(complaint == [], "\(configuration.name)")
        }
        #expect(complaints.count == groups.count)
    }

    static let refused = [
        ("type: dummy", "type: quantum"),
        ("loader: jsonl", "loader: jsonl\n    loadr: x"),
        ("path: errands.jsonl", "pth: errands.jsonl"),
        (
            "path: errands.jsonl",
            "path: errands.jsonl\n      preprocess: appworld_preprocessor\n      preprocess_kwargs: {ground_truth_mode: odd}"
        ),
        ("type: dummy", "type: dummy\n    config: {cycle: 3}"),
        ("role_type: dut_model", "role_type: dut_modl"),
        ("role_type: dut_model", "role_type: dut_agent\n    params: {max_turn: 3}"),
        ("role_type: dut_model", "role_type: dut_model\n    params: {implementation: dut_agent, max_turns: many}"),
        ("- latency", "- {metric_id: a, implementation: exact_match, params: {threshold: 2}}"),
        ("- latency", "- {metric_id: a, implementation: odd}"),
        ("    steps:", "    concurrency: 0\n    steps:"),
        ("- step: inference", "- step: inferense"),
        ("tasks:", "sandbox_profiles: [{sandbox_id: s, runtime: tau2, runtime_configs: {max_steps: 0}}]\ntasks:"),
        ("tasks:", "prompts: [{prompt_id: p, renderer: jinja, templat: x}]\ntasks:"),
        ("datasets:", "datset:"),
    ]

    @Test(.enabled(if: Validator.isInstalled))
    func refusesWhatTheLoaderRefuses() throws {
        let texts = try Self.refused.map { try Minimal.replacing($0.0, $0.1) } + [Minimal.text]
        for text in texts.dropLast() { #expect(try Minimal.load(text).plan == nil) }
        let schema = ConfigurationSchema.document(StandInKit.registry)
        let complaints = try Validator.complaints([(schema, try texts.map { try Self.json($0) })])
        for (index, breakage) in Self.refused.enumerated() {
            #expect(complaints[index].isEmpty == false, "\(breakage.1)")
        }
        #expect(complaints.last == [])
    }

    @Test func numbersAndChoicesMayBePlaceholders() {
        let schema = ConfigurationSchema.document(StandInKit.registry)
        let concurrency = schema.at("$defs.pipeline.properties.tasks.items.properties.concurrency")
        #expect(concurrency?["anyOf"]?[0] == ["type": "integer", "minimum": 1])
        #expect(concurrency?["anyOf"]?[1] == ["$ref": "#/$defs/placeholder"])
        #expect(concurrency?["default"] == 1)
    }

    @Test func theSchemaIsTheSameEveryTime() {
        let first = ConfigurationSchema.document(StandInKit.registry).text()
        #expect(first == ConfigurationSchema.document(Registry(kits: [StandInKit()])).text())
    }
}
