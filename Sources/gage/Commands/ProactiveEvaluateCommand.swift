import ArgumentParser
import Evaluation
import JSON
import Proactive
import Reports
import Statistics

/// `gage proactive evaluate`: how a policy decides, beside its baselines.
struct ProactiveEvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Evaluate a policy on preference pairs or trajectories, with baselines.",
        discussion: """
            By default each decision counts what the file says of it: the task score and the interruption cost of the \
            text that was generated for the action. With --outcomes generated the assistant acts anew and the simulated \
            user reacts; see `gage proactive generate-trajectories` for the options of both.
            Example: gage proactive evaluate --model_dir outputs/policy_model --prefs_path \
            data/dpo/prefs_synth_coding.jsonl --held_out --output outputs/eval_results.json
            """)

    @Option(name: .customLong("model_dir"), help: "The policy's folder, as `train-dpo --output` made it.")
    var modelDirectory: String

    @Option(name: .customLong("base_model"), help: "What a language model was before training, for the comparison.")
    var baseModel: String?

    @Option(name: [.customLong("prefs_path"), .customLong("prefs")], help: "Preference pairs.")
    var preferences: String?

    @Option(help: "Trajectories instead: all their decision points, with refusals, scored anew.")
    var trajectories: String?

    @Option(help: "The file that the report goes to.")
    var output = "outputs/eval_results.json"

    @Option(name: .customLong("max_samples"), help: "Only so many pairs, from the first.")
    var maximumSamples: Int?

    @Flag(name: .customLong("held_out"), help: "Only states that the policy was not trained on.")
    var heldOut = false

    @Option(help: "stored: what the file says; generated: the assistant acts anew.")
    var outcomes = Outcomes.stored

    @Flag(
        name: .customLong("simulate_user"), inversion: .prefixedNo,
        help: "generated: whether the simulated user reacts (else neither answers nor refusals count).")
    var simulateUser = true

    @Option(help: "generated: the seed of every choice.")
    var seed: UInt64 = 0

    @Flag(help: "Print the report as one JSON object.")
    var json = false

    @OptionGroup(title: "Assistant (generated)") var assistant: ProactiveAssistantOptions
    @OptionGroup(title: "User (generated)") var user: ProactiveUserOptions
    @OptionGroup(title: "Weights") var weights: ProactiveWeightOptions
    @OptionGroup(title: "Task score") var task: ProactiveTaskOptions
    @OptionGroup var python: ProactivePythonOptions

    /// Where outcomes come from.
    enum Outcomes: String, ExpressibleByArgument, CaseIterable {
        case stored
        case generated
    }

    func validate() throws {
        guard (preferences == nil) != (trajectories == nil) else {
            throw ValidationError("name one: --prefs_path (or --prefs) or --trajectories")
        }
        guard maximumSamples ?? 1 > 0 else { throw ValidationError("--max_samples wants a number from 1") }
        guard simulateUser || outcomes == .generated else {
            throw ValidationError(
                "--no-simulate_user goes with --outcomes generated: stored costs have the user's reactions in them")
        }
    }

    func run() async throws {
        let folder = try ProactivePolicyCommands.paths.input(
            modelDirectory, advice: "train one with `gage proactive train-dpo --output \(modelDirectory)`")
        let loaded = try LoadedPolicy.load(folder, python: python.access(beside: [folder], baseModel: baseModel))
        let cases = try await cases(without: heldOut ? loaded.provenance : nil)
        var baselines = PolicyEvaluation.baselines()
        baselines.removeAll { $0.name == "untrained" }
        if let untrained = loaded.untrained {
            baselines.insert(untrained, at: baselines.count - 1)
        } else {
            Output.note("what the model was before training is not at hand: name it with --base_model")
        }
        let evaluation = PolicyEvaluation(
            outcomes: try source(for: Set(cases.map(\.state.domain))), concurrency: task.concurrency)
        let report = try await ProactivePolicyCommands.interruptible(saying: "stopping") { [baselines] in
            try await evaluation.evaluate(
                loaded.policy, against: baselines, on: cases, trainedOn: loaded.provenance?.states)
        }
        try report.write(to: output)
        if let warning = report.warning { Output.note("warning: \(warning)") }
        if json { Output.result(report.json.text()) } else { ProactivePolicyTable.show(report) }
        Output.note("written: \(output)")
    }

    private func cases(without provenance: PolicyProvenance?) async throws -> [DecisionCase] {
        var cases: [DecisionCase] = []
        if let preferences {
            let path = try ProactivePolicyCommands.paths.input(
                preferences, advice: "make it with `gage proactive compute-rewards`")
            cases = try await PreferenceFile(path, named: preferences).pairs.map { DecisionCase(pair: $0) }
        } else if let trajectories {
            cases = DecisionCase.cases(
                of: try await ProactiveScoring.trajectories(trajectories, task, weights), settings: weights.settings)
        }
        if heldOut {
            guard let provenance else {
                throw EvaluationError(
                    .configurationInvalid, "'\(modelDirectory)' does not say what it was trained on",
                    cause: .configuration, advice: "leave --held_out away and test on states of another file")
            }
            cases.removeAll { provenance.states.contains($0.state.id) }
        }
        return maximumSamples.map { Array(cases.prefix($0)) } ?? cases
    }

    private func source(for domains: Set<ProactiveDomain>) throws -> any OutcomeSource {
        guard outcomes == .generated else { return StoredOutcomes() }
        let components = Components()
        let model = try assistant.model.model(components)
        let generator = TrajectoryGenerator(
            settings: GenerationSettings(), writer: assistant.writer(model),
            user: UserSimulator(settings: user.settings, model: try user.model(or: model, assistant, components)),
            prompts: try ActionPrompts(
                directory: assistant.promptsDirectory, domains: domains.sorted { $0.rawValue < $1.rawValue }),
            reward: try task.reward(), seed: seed)
        return GeneratedOutcomes(
            generator: generator, settings: weights.settings, simulatesUser: simulateUser)
    }
}

/// Scores the trajectories of a file.
enum ProactiveScoring {
    static func trajectories(
        _ name: String, _ task: ProactiveTaskOptions, _ weights: ProactiveWeightOptions
    ) async throws -> [ScoredTrajectory] {
        let path = try ProactivePolicyCommands.paths.input(
            name, advice: "make it with `gage proactive generate-trajectories`")
        let job = RewardJob(reward: try task.reward(), settings: weights.settings, concurrency: task.concurrency)
        return try await ProactivePolicyCommands.interruptible(saying: "stopping") {
            try await job.run(trajectories: path, named: name).scored
        }
    }
}

/// Policies as a table, one a line.
enum ProactivePolicyTable {
    static func show(_ report: EvaluationReport) {
        var table = TextTable([
            .init("policy"), .init("accuracy", .right), .init("95 %", .right), .init("success", .right),
            .init("score", .right), .init("cost", .right), .init("reward", .right), .init("asks", .right),
            .init("refused", .right),
        ])
        for scores in [report.policy] + report.baselines { table.add(cells(scores)) }
        for line in table.lines(on: Terminal()) { Output.result(line) }
        let tested = report.policy.decisions.count { $0.outcome.isTested }
        Output.result("\(report.policy.decisions.count) decisions, \(tested) with tests; outcomes: \(report.outcomes)")
        for (persona, scores) in report.policy.byPersona {
            Output.result(
                "\(persona): accuracy \(share(scores.actionAccuracy)), asks \(share(scores.clarifyRate)), "
                    + "reward \(number(scores.reward))")
        }
    }

    private static func cells(_ scores: PolicyScores) -> [String] {
        let interval = scores.actionAccuracy?.interval.map {
            "\(NumberText.fixed(100 * $0.lower, digits: 1))–\(NumberText.fixed(100 * $0.upper, digits: 1))"
        }
        return [
            scores.policy, share(scores.actionAccuracy), interval ?? "–", share(scores.taskSuccess),
            number(scores.taskScore), number(scores.interruptCost), number(scores.reward),
            share(scores.clarifyRate), share(scores.rejectRate),
        ]
    }

    private static func share(_ figure: PolicyScores.Figure?) -> String {
        figure.map { NumberText.percent($0.value) } ?? "–"
    }

    private static func number(_ figure: PolicyScores.Figure?) -> String {
        figure.map { NumberText.fixed($0.value) } ?? "–"
    }
}
