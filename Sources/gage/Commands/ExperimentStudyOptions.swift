import ArgumentParser
import Evaluation
import Experiments
import GageConfiguration
import JSON
import Tau

/// What an experiment compares.
struct StudyOptions: ParsableArguments {
    @Option(help: "The experiment's name.")
    var experimentName: String?

    @Option(help: "How many tasks of each environment, the first ones; or 'all'.")
    var tasks = "3"

    @Option(parsing: .upToNextOption, help: "These tasks, by the benchmark's ids.")
    var taskIds: [String] = []

    @Flag(help: "Draw the tasks by the seed instead of taking the first ones.")
    var sampleTasks = false

    @Option(help: "The variants of the user, separated by commas.")
    var variants = "control,frustration,anxiety,anger,confusion"

    @Option(help: "The environments, separated by commas: retail, airline, tau2:retail, tau2:airline, tau2:telecom, …")
    var environment = "retail"

    @Option(help: "Attempts at each task under each variant.")
    var trials = 1

    @Option(help: "Where all seeds come from.")
    var randomSeed = 42

    @Option(help: "Episodes at once in each worker.")
    var concurrency = 4

    @Option(help: "The YAML file with the variants; gage's own by default.")
    var userVariants: String?

    @Option(
        help: ArgumentHelp("Another setting of every environment's runtime, as max_steps=60.", valueName: "key=value"))
    var runtimeSetting: [String] = []

    @Option(help: "Differences of success rates within ± so much count as none.")
    var equivalenceMargin = 0.1

    @Option(help: "Resamples of every bootstrap.")
    var bootstrapReplicates = 10_000

    @Flag(help: "Compare every pair of variants too; these comparisons stay exploratory.")
    var compareAllPairs = false

    func validate() throws {
        if trials < 1 { throw ValidationError("--trials wants a number from 1 on") }
        if concurrency < 1 { throw ValidationError("--concurrency wants a number from 1 on") }
        if bootstrapReplicates < 100 { throw ValidationError("--bootstrap-replicates wants a number from 100 on") }
        if !(0...1).contains(equivalenceMargin) { throw ValidationError("--equivalence-margin is a share from 0 to 1") }
        if randomSeed < 0 { throw ValidationError("--random-seed wants a number from 0 on") }
        _ = try selection()
    }

    /// What was asked for, with its names looked up.
    struct Request {
        var configuration: StudyConfiguration
        var tasks: StudyPlanner.Tasks
        var variants: [StudyVariant]
        var analysis: AnalysisSettings
        /// The text of the file with the variants.
        var variantsText: String
    }

    /// Looks everything up.
    func request(models: StudyModelOptions) throws -> Request {
        let text = try variantsText()
        let catalog = try UserVariantCatalog(text: text, file: userVariants ?? "config/experiments/user_variants.yaml")
        let chosen = try Self.names(variants, option: "--variants").map { try catalog.variant(named: $0) }
        try Self.refuseDuplicates(chosen.map(\.name), option: "--variants")
        var configuration = StudyConfiguration(
            name: experimentName ?? "", environments: try environments().map { ($0, nil) },
            variants: chosen.map(\.name), template: try models.template())
        configuration.trials = trials
        configuration.seed = randomSeed
        configuration.concurrency = concurrency
        configuration.runtimeSettings = try settings()
        var analysis = AnalysisSettings()
        analysis.equivalenceMargin = equivalenceMargin
        analysis.comparesAllPairs = compareAllPairs
        analysis.replicates = bootstrapReplicates
        analysis.seed = randomSeed
        return Request(
            configuration: configuration, tasks: try selection(), variants: chosen.map(StudyVariant.init),
            analysis: analysis, variantsText: text)
    }

    private func variantsText() throws -> String {
        guard let userVariants else { return UserVariantCatalog.standardText }
        return try StudyFiles.read(userVariants)
    }

    private func environments() throws -> [StudyEnvironment] {
        let known = ExperimentCommand.environments
        let names = try Self.names(environment, option: "--environment")
        try Self.refuseDuplicates(names, option: "--environment")
        return try names.map { name in
            guard let found = known.first(where: { $0.name == name }) else {
                throw EvaluationError(
                    .configurationInvalid, "there is no environment '\(name)'", cause: .configuration,
                    advice: NearMiss.advice(name, among: known.map(\.name)))
            }
            return found
        }
    }

    private func selection() throws -> StudyPlanner.Tasks {
        if !taskIds.isEmpty { return .named(taskIds.flatMap { $0.split(separator: ",").map(String.init) }) }
        if tasks == "all" { return .all }
        guard let count = Int(tasks), count > 0 else {
            throw ValidationError("--tasks wants a number from 1 on, or 'all'")
        }
        return sampleTasks ? .sampled(count) : .first(count)
    }

    private func settings() throws -> JSONObject {
        var object: JSONObject = [:]
        for text in runtimeSetting {
            guard let cut = text.firstIndex(of: "="), cut > text.startIndex else {
                throw ValidationError("--runtime-setting wants KEY=VALUE, not '\(text)'")
            }
            let value = String(text[text.index(after: cut)...])
            // What is no JSON is text.
            object[String(text[..<cut])] = (try? JSONValue.parse(value)) ?? .string(value)
        }
        return object
    }

    private static func names(_ list: String, option: String) throws -> [String] {
        let names = list.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
        guard !names.isEmpty else { throw ValidationError("\(option) names nothing") }
        return names
    }

    private static func refuseDuplicates(_ names: [String], option: String) throws {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            throw ValidationError("\(option) names '\(name)' twice")
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var rest = self
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}

extension StudyVariant {
    /// A user variant as a study sees it.
    init(_ variant: UserVariant) {
        self.init(
            name: variant.name, emotion: variant.emotion, suffix: variant.suffix, phrases: variant.phrases,
            digest: variant.digest)
    }
}
