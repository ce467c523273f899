import Evaluation
import FoundationEssentials
import JSON

/// A language model that chooses between the words Clarify and Execute by their probability.
///
/// The model runs in Python, once for all cases.
public struct LanguageModelPolicy: ActionPolicy {
    static let format = "gage.proactive.language_model"

    /// What reports call it.
    public var name: String
    /// The model's folder or name.
    public var model: String
    /// How the probability of a word is taken.
    public var scoring: LanguageModelSettings.Scoring
    /// Whether the prompt names the persona.
    public var rendersPersona: Bool
    /// The Python that it runs in.
    public var python: PythonInterpreter
    /// The environment variables of this process.
    public var variables: [String: String]

    /// Names a model.
    public init(
        model: String, scoring: LanguageModelSettings.Scoring, python: PythonInterpreter, variables: [String: String]
    ) {
        name = "model"
        self.model = model
        self.scoring = scoring
        rendersPersona = false
        self.python = python
        self.variables = variables
    }

    static func arguments(data: String, model: String, settings: LanguageModelSettings) -> [String] {
        [
            PythonPrograms.actions, "predict", "--data", data, "--model", model, "--scoring",
            settings.scoring.rawValue, "--max-length", String(settings.maximumLength),
        ]
    }

    /// Asks the model for every case.
    ///
    /// Throws ``EvaluationError`` where Python or the model fails.
    public func predictions(for cases: [DecisionCase]) async throws -> [ActionPrediction] {
        guard !cases.isEmpty else { return [] }
        try await PythonPackages.examine(python, variables: variables, importing: false).require()
        let directory = try ProactiveFiles.temporaryDirectory()
        // A directory below the temporary one that cannot be removed harms nobody.
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for file in PythonPrograms.files { try ProactiveFiles.write(file.text, to: "\(directory)/\(file.name)") }
        let rows = cases.map { item -> JSONValue in
            ["prompt": .string(RenderedState.prompt(for: item.state, persona: rendersPersona ? item.persona : nil))]
        }
        try ProactiveFiles.write(ProactiveFiles.jsonLines(rows), to: "\(directory)/rows.jsonl")
        var settings = LanguageModelSettings(model: model)
        settings.scoring = scoring
        let isLocal = ProactiveFiles.exists(model)
        var run = PythonRun(
            "asking the model", python.path,
            Self.arguments(
                data: "rows.jsonl", model: isLocal ? ProactiveFiles.absolute(model) : model, settings: settings),
            variables: PythonVariables.training(variables, isOffline: isLocal))
        run.workingDirectory = directory
        let margins = try await run().margins
        guard margins.count == cases.count else {
            throw EvaluationError(
                .trainingFailed, "the model answered for \(margins.count) of \(cases.count) states", cause: .agent)
        }
        return margins.map { ActionPrediction(margin: $0) }
    }
}

extension PythonRun.Outcome {
    /// What `action_policy.py predict` prints.
    var margins: [Double] { (metrics?["margins"]?.arrayValue ?? []).compactMap(\.doubleValue) }
}
