import Evaluation
import JSON
import Testing
import YAML

@testable import Proactive

@Suite("Exports for DPO trainers")
struct PreferenceExportTests {
    private let pairs = PolicyFixtures.pairs(30)

    private func export(_ format: ExportFormat, target: ExportTarget = .action) -> PreferenceExport {
        PreferenceExport(format: format, target: target, model: LanguageModelSettings(model: "org/Model-8B"))
    }

    private func files(_ export: PreferenceExport) throws -> [String: PreferenceExport.File] {
        Dictionary(uniqueKeysWithValues: try export.files(for: pairs).map { ($0.name, $0) })
    }

    private func rows(_ file: PreferenceExport.File?) throws -> [JSONValue] {
        try (file?.text ?? "").split(separator: "\n").map { try JSONValue.parse(String($0)) }
    }

    @Test(arguments: ExportFormat.allCases, ExportTarget.allCases)
    func everyRowFitsTheTrainersSchema(format: ExportFormat, target: ExportTarget) throws {
        let files = try files(export(format, target: target))
        let training = try rows(files["train.jsonl"])
        let heldOut = try rows(files["heldout.jsonl"])
        #expect(training.count == 27)
        #expect(heldOut.count == 3)
        for row in training + heldOut { #expect(RowSchema.of(format).faults(in: row).isEmpty) }
    }

    @Test(arguments: ExportFormat.allCases)
    func allFormatsSayTheSame(format: ExportFormat) throws {
        let row = PreferenceRow(pairs[0], target: .action, rendersPersona: false).json(format)
        let plain = row["prompt"]?.stringValue ?? row["instruction"]?.stringValue
        let asked = plain ?? (row["prompt"] ?? row["chosen"])?[0]?["content"]?.stringValue
        #expect(asked?.hasPrefix(RenderedState.text(of: pairs[0].state)) == true)
        let answer = row["chosen"]?.stringValue ?? row["chosen"]?.arrayValue?.last?["content"]?.stringValue
        #expect(answer == pairs[0].chosenAction.rawValue)
    }

    @Test func theActionFollowsThePlainPrompt() {
        let row = PreferenceRow(pairs[0], target: .action, rendersPersona: false)
        #expect(row.prompt == RenderedState.prompt(for: pairs[0].state))
    }

    @Test func textsAreExportedOnRequest() {
        let row = PreferenceRow(pairs[0], target: .text, rendersPersona: true)
        #expect(row.chosen == pairs[0].chosenText)
        #expect(row.rejected == pairs[0].rejectedText)
        #expect(row.prompt.contains("[Persona] patience high"))
    }

    /// The keys that each trainer has to find in its configuration.
    private static let configurations: [(ExportFormat, String, [String])] = [
        (.trl, "dpo.yaml", ["model_name_or_path", "datasets", "output_dir", "beta", "learning_rate", "use_peft"]),
        (.trlConversational, "dpo.yaml", ["model_name_or_path", "datasets", "output_dir", "beta"]),
        (
            .llamaFactory, "dpo.yaml",
            ["stage", "finetuning_type", "pref_beta", "pref_loss", "dataset", "dataset_dir", "template"]
        ),
        (.axolotl, "axolotl.yml", ["base_model", "rl", "datasets", "test_datasets", "adapter", "sequence_len"]),
        (.openRLHF, "options.json", ["pretrain", "dataset", "chosen_key", "rejected_key", "beta", "save_path"]),
    ]

    @Test(arguments: configurations)
    func configurationsHaveTheTrainersKeys(format: ExportFormat, name: String, keys: [String]) throws {
        let files = try files(export(format))
        let text = try #require(files[name]?.text)
        let node = try YAML.parse(text)
        for key in keys { #expect(node[key] != nil, "\(name) has no \(key)") }
        let script = try #require(files["run.sh"])
        #expect(script.isProgram)
        #expect(script.text.hasPrefix("#!/bin/sh\nset -eu\ncd "))
    }

    @Test func llamaFactoryFindsItsDataByName() throws {
        let files = try files(export(.llamaFactory))
        let information = try JSONValue.parse(try #require(files["dataset_info.json"]?.text))
        let entry = try #require(information["gage_proactive"])
        #expect(entry["ranking"] == true)
        #expect(entry["file_name"] == "train.jsonl")
        #expect(entry["columns"]?["prompt"] == "instruction")
    }

    @Test func numbersReadAsNumbersUnderYAML11() throws {
        let text = try #require(try files(export(.trl))["dpo.yaml"]?.text)
        #expect(text.contains("learning_rate: 5.0e-05\n"))
    }

    @Test func scriptsQuoteTheModelsName() throws {
        var export = export(.openRLHF)
        export.model.model = "my model's folder"
        let text = try #require(try files(export)["run.sh"]?.text)
        #expect(text.contains(#"--pretrain 'my model'\''s folder'"#))
    }

    @Test func onlyTRLTrainsTheRandomModel() {
        var export = export(.axolotl)
        export.model = LanguageModelSettings(model: "tiny-random")
        #expect(throws: EvaluationError.self) { try export.write(pairs, to: "/nonexistent") }
    }

    @Test func noPairsAreAnError() {
        #expect(throws: EvaluationError.self) { try export(.trl).write([], to: "/nonexistent") }
    }
}
