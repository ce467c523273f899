import ArgumentParser
import Proactive

/// `gage proactive export-dpo`: preference pairs as the files of a DPO trainer.
struct ProactiveExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export-dpo",
        abstract: "Write preference pairs as data, configuration and run.sh of a DPO trainer.",
        discussion: """
            Held-out states go to heldout.jsonl, the rest to train.jsonl. Relative --out goes below data/.
            Example: gage proactive export-dpo --data dpo/prefs.jsonl --format llamafactory --model Qwen/Qwen3-4B \
            --out dpo/llamafactory
            """)

    @Option(help: "The preference pairs, a file of `gage proactive compute-rewards`.")
    var data: String

    @Option(help: "The trainer: \(ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format = ExportFormat.trl

    @Option(help: "What the model learns to prefer: the action's word, or the assistant's text.")
    var target = ExportTarget.action

    @Option(help: "The model: a folder, a name on the hub, or tiny-random (TRL only).")
    var model = "meta-llama/Llama-3.1-8B-Instruct"

    @Option(help: "The directory that the files go to.")
    var out: String

    @OptionGroup var training: ProactiveTrainingOptions
    @OptionGroup var languageModel: ProactiveModelOptions

    func run() async throws {
        let paths = ProactivePolicyCommands.paths
        let path = try paths.input(data, advice: "make it with `gage proactive compute-rewards`")
        let place = try paths.output(out)
        let file = try await PreferenceFile(path, named: data)
        let export = PreferenceExport(
            format: format, target: target,
            model: languageModel.settings(model: model, training: training.settings), training: training.settings)
        for name in try export.write(file.pairs, to: place) { Output.result("\(place)/\(name)") }
    }
}
