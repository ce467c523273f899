import ArgumentParser
import Evaluation
import JSON
import Proactive

/// `gage proactive compute-rewards`: rewards and preference pairs of trajectories.
struct ProactiveRewardsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compute-rewards",
        abstract:
            "Compute rewards of trajectories and write preference pairs. Asks no model; the input stays as it is.",
        discussion: """
            Example: gage proactive compute-rewards --trajectories logs/traj_synth_coding.jsonl \
            --out dpo/prefs_synth_coding.jsonl
            """)

    @Option(help: "The trajectories; also looked for below data/.")
    var trajectories: String

    @Option(help: "The file of pairs to write, below data/ unless it starts there or is absolute.")
    var out: String

    @OptionGroup(title: "Weights") var weights: ProactiveWeightOptions
    @OptionGroup(title: "Task score") var task: ProactiveTaskOptions

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let paths = ProactivePolicyCommands.paths
        let target = try paths.output(out)
        let source = try paths.input(
            trajectories, advice: "make it with `gage proactive generate-trajectories --out \(trajectories)`")
        try ProactivePaths.require(target, isNot: source)
        let settings = weights.settings
        let job = RewardJob(
            reward: try task.reward(), settings: settings, concurrency: task.concurrency)
        let name = trajectories
        let outcome = try await ProactivePolicyCommands.interruptible(saying: "stopping") {
            try await job.run(trajectories: source, named: name)
        }
        try RewardJob.write(outcome.pairs, to: target)
        show(outcome, settings, target)
    }

    private func show(_ outcome: RewardJob.Outcome, _ settings: RewardSettings, _ target: String) {
        if outcome.cutOff > 0 { Output.note("the last line of '\(trajectories)' is cut off and was left out") }
        if outcome.hasWeakTests {
            Output.note("warning: this machine cannot isolate programs; the tests ran under limits alone (weak)")
        }
        if json {
            var object = outcome.json(settings)
            object["out"] = .string(target)
            return Output.result(JSONValue.object(object).text(.pretty))
        }
        let pairs = outcome.pairs
        let clarify = pairs.pairs.count { $0.chosenAction == .clarify }
        Output.result("wrote \(pairs.pairs.count) pairs of \(pairs.groups) decision points to \(target)")
        Output.result("preferred: Clarify \(clarify), Execute \(pairs.pairs.count - clarify)")
        Output.result(
            "no pair: \(pairs.ties) ties, \(pairs.singleActionGroups) with one action only; "
                + "requests with pairs in both directions: \(pairs.conflicts)")
        if pairs.groups > 0, pairs.singleActionGroups == pairs.groups {
            Output.note(
                "no state was tried with both actions: generate with --branches 1 or 2, in dialogues with "
                    + "--branch_each_turn")
        }
    }
}

/// The weights of rewards, and how pairs are made of them.
struct ProactiveWeightOptions: ParsableArguments {
    @Option(
        help:
            "seed: alpha (w1 questions + w2 refusal + w3 long + w4 off topic); v2: questions (delta refused + lambda - gamma answered)."
    )
    var cost = CostFormula.seed

    @Option(help: "seed: the factor over all.")
    var alpha = 0.6

    @Option(help: "seed: the price of a question.")
    var w1 = 0.4

    @Option(help: "seed: the price of a refusal.")
    var w2 = 1.0

    @Option(help: "seed: the price of a message of more than 200 words.")
    var w3 = 0.3

    @Option(help: "seed: the price of a message beside the point.")
    var w4 = 0.7

    @Option(help: "v2: what a question that is answered gains.")
    var gamma = 0.3

    @Option(help: "v2: what a question that is refused costs.")
    var delta = 0.7

    @Option(help: "v2: what any question costs.")
    var lambda = 0.0

    @Option(name: .customLong("w_task"), help: "The weight of the task score.")
    var taskWeight = 1.0

    @Option(name: .customLong("w_interrupt"), help: "The weight of the cost; by default 1 with seed and 0.1 with v2.")
    var interruptWeight: Double?

    @Option(help: "Whether the best or the mean of an action's trajectories counts.")
    var rank = ActionRank.best

    @Option(name: .customLong("min_gap"), help: "Rewards that are not further apart make no pair.")
    var minimumGap = 0.0

    func validate() throws {
        let numbers = [
            ("alpha", alpha), ("w1", w1), ("w2", w2), ("w3", w3), ("w4", w4), ("gamma", gamma), ("delta", delta),
            ("lambda", lambda), ("w_task", taskWeight), ("w_interrupt", interruptWeight ?? 0),
        ]
        for (name, value) in numbers where !value.isFinite {
            throw ValidationError("--\(name) wants a finite number, not \(value)")
        }
        guard minimumGap >= 0, minimumGap.isFinite else { throw ValidationError("--min_gap wants a number from 0") }
    }

    var settings: RewardSettings {
        var settings = RewardSettings()
        settings.cost.formula = cost
        settings.cost.alpha = alpha
        settings.cost.questionWeight = w1
        settings.cost.rejectWeight = w2
        settings.cost.lengthWeight = w3
        settings.cost.offTopicWeight = w4
        settings.cost.gamma = gamma
        settings.cost.delta = delta
        settings.cost.lambda = lambda
        settings.taskWeight = taskWeight
        settings.interruptWeight = interruptWeight
        settings.rank = rank
        settings.minimumGap = minimumGap
        return settings
    }
}

/// How tasks are scored.
struct ProactiveTaskOptions: ParsableArguments {
    @Flag(name: .customLong("no_tests"), help: "Run no programs: code counts .5 whether it works or not.")
    var noTests = false

    @Flag(help: "Let the share of assertions that hold count.")
    var partial = false

    @Option(name: .customLong("code_without_tests"), help: "The score of code that has no tests.")
    var codeWithoutTests = 0.5

    @Option(help: "How plans are scored: constant (.6), or rules (steps, order, coverage of the request).")
    var planning = PlanningScore.constant

    @Option(help: "How many programs run at a time.")
    var concurrency = 4

    func validate() throws {
        guard concurrency > 0 else { throw ValidationError("--concurrency wants a number from 1") }
        guard (0...1).contains(codeWithoutTests) else {
            throw ValidationError("--code_without_tests wants a number from 0 to 1")
        }
    }

    func reward() throws -> TaskReward {
        var settings = TaskReward.Settings()
        settings.runsTests = !noTests
        settings.givesPartialCredit = partial
        settings.codeWithoutTests = codeWithoutTests
        settings.planning = planning
        return TaskReward(
            settings: settings,
            tests: noTests ? nil : try SandboxCodeTests.local(environment: ProcessEnvironment.variables()))
    }
}
