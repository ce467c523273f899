public import Evaluation
import JSON
import Processes

/// Writes preference pairs as the data, the configuration and the start script of a DPO trainer.
public struct PreferenceExport: Sendable {
    /// Whose files they are.
    public var format: ExportFormat
    /// What the model learns to prefer.
    public var target: ExportTarget
    /// The model and how it is trained.
    public var model: LanguageModelSettings
    /// What is held out, and whether the prompt names the persona.
    public var training: TrainingSettings
    /// Where the trained model goes, seen from the export's directory.
    var modelDirectory = "model"

    /// Chooses an export.
    public init(
        format: ExportFormat, target: ExportTarget = .action, model: LanguageModelSettings,
        training: TrainingSettings = .init()
    ) {
        self.format = format
        self.target = target
        self.model = model
        self.training = training
    }

    /// A file of an export.
    struct File: Sendable {
        var name: String
        var text: String
        var isProgram = false
    }

    static let trainingFile = "train.jsonl"
    static let heldOutFile = "heldout.jsonl"
    static let startFile = "run.sh"
    static let initialModel = "init"

    /// What a trainer is told to start from: the random model is made first.
    var startModel: String { model.isTinyRandom ? Self.initialModel : model.model }

    /// Writes the files and returns their names.
    ///
    /// `train.jsonl` and `heldout.jsonl` have all pairs between them. Throws ``EvaluationError``, cause
    /// `configuration`, for no pairs or a format that cannot train the random model, and `gage` when the disk does not
    /// allow it.
    @discardableResult
    public func write(_ pairs: [PreferencePair], to directory: String) throws(EvaluationError) -> [String] {
        guard !pairs.isEmpty else {
            throw EvaluationError(
                .dataMissing, "there are no preference pairs to export", cause: .configuration,
                advice: "make some with `gage proactive compute-rewards`")
        }
        if model.isTinyRandom, format != .trl, format != .trlConversational {
            throw EvaluationError(
                .configurationInvalid, "\(LanguageModelSettings.tinyRandom) is for TRL only", cause: .configuration,
                advice: "name a model with --model")
        }
        let files = try self.files(for: pairs)
        try ProactiveFiles.makeDirectory(directory)
        for file in files {
            try ProactiveFiles.write(file.text, to: "\(directory)/\(file.name)")
            if file.isProgram { try ProactiveFiles.makeExecutable("\(directory)/\(file.name)") }
        }
        return files.map(\.name)
    }

    func files(for pairs: [PreferencePair]) throws(EvaluationError) -> [File] {
        let split = HeldOutSplit(pairs, share: training.heldOutShare, seed: training.splitSeed)
        let data = [
            File(name: Self.trainingFile, text: rows(split.training)),
            File(name: Self.heldOutFile, text: rows(split.heldOut)),
        ]
        switch format {
        case .trl, .trlConversational: return data + trlFiles()
        case .llamaFactory: return data + llamaFactoryFiles()
        case .axolotl: return data + axolotlFiles()
        case .openRLHF: return data + openRLHFFiles()
        }
    }

    private func rows(_ pairs: [PreferencePair]) -> String {
        ProactiveFiles.jsonLines(
            pairs.map {
                PreferenceRow($0, target: target, rendersPersona: training.rendersPersona).json(format)
            })
    }

    /// A shell script that runs in the export's own directory.
    func script(_ lines: [String]) -> File {
        let head = ["#!/bin/sh", "set -eu", "cd \"$(dirname \"$0\")\""]
        return File(name: Self.startFile, text: (head + lines).joined(separator: "\n") + "\n", isProgram: true)
    }

    func quoted(_ word: String) -> String {
        word.allSatisfy { $0.isLetter || $0.isNumber || "-_./:=".contains($0) } && !word.isEmpty
            ? word : ShellQuoting.quoted(word)
    }
}
