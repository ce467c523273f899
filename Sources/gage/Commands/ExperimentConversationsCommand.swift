import ArgumentParser
import Engine
import Evaluation
import Experiments
import GageConfiguration
import Glibc
import JSON
import Models
import Reports

/// `gage experiment analyze-conversations`: what was said, and whether the users showed their emotion.
struct ExperimentConversationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze-conversations",
        abstract: "Measure the conversations and check the manipulation; writes conversations.json.",
        discussion: """
            With --judge-model a model that does not know the variants names each user's emotion; with two, their \
            agreement is told as well.
            Example: gage experiment analyze-conversations --results-dir results/first_20260314_091500
            """)

    @OptionGroup var target: ExperimentArgument

    @Option(help: "Print this variant only.")
    var variant: String?

    @Option(help: "Where the JSON goes; conversations.json in the directory by default.")
    var output: String?

    @Option(help: "The emotion lexicon; gage's own by default.")
    var lexicon: String?

    @Option(
        parsing: .upToNextOption,
        help: "Models that name the emotion, by LiteLLM-style names or ids of the experiment's backends.")
    var judgeModel: [String] = []

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let experiment = try OpenedExperiment(try target.open())
        guard let design = experiment.design, let collector = experiment.collector else {
            throw EvaluationError(
                .dataMissing, "\(experiment.directory.path) holds no conversations", cause: .configuration,
                advice: "launch the experiment first")
        }
        if let variant, design.variant(named: variant) == nil {
            throw ValidationError(
                "the experiment has no variant '\(variant)': " + design.variants.map(\.name).joined(separator: ", "))
        }
        let words = try lexicon.map { try EmotionLexicon.load(path: $0) } ?? .standard
        var analysis = try ConversationAnalysis(
            collector, design: design, lexicon: words, settings: design.analysis)
        if !judgeModel.isEmpty {
            let models = try judges(of: experiment)
            analysis.judgement = try await EmotionJudge(models: models, collector: collector, design: design).judge()
        }
        let text = analysis.json.text(.pretty) + "\n"
        if let output {
            try StudyFiles.write(text, to: output)
        } else {
            try experiment.directory.write(text, to: StudyDirectory.Name.conversations)
        }
        if json { return Output.result(analysis.json.text()) }
        let terminal = Terminal(descriptor: STDOUT_FILENO, environment: ProcessEnvironment.variables())
        for line in ConversationText(analysis, terminal: terminal).lines(variant: variant) { Output.result(line) }
    }

    private func judges(of experiment: OpenedExperiment) throws -> [any ChatModel] {
        let components = Components()
        var options = ConfigurationOptions()
        options.config = experiment.directory.place(StudyDirectory.Name.configuration)
        options.overrides = []
        let plan = try options.load(components, quiet: true).plan
        let models = RunModels(
            backends: plan.backends.map { ($0.id, $0.factory) },
            resolver: ModelNameResolver(client: components.client), baseDirectory: plan.baseDirectory,
            environment: plan.environment)
        return try judgeModel.map { name in
            plan.backends.contains { $0.id == name }
                ? try models.model(backend: name) : try models.model(named: name, parameters: [:])
        }
    }
}
