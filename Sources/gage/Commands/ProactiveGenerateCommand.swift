import ArgumentParser
import Evaluation
import Proactive

/// `gage proactive generate-trajectories`: states, what the assistant says, how users take it.
struct ProactiveGenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate-trajectories",
        abstract: "Generate what an assistant says at many states, with asking and without, and how users react.",
        discussion: """
            Example: gage proactive generate-trajectories --mode synthetic --domain coding --n_states 50 \
            --out logs/traj_synth_coding.jsonl

            task_uncertainty is the published name with its scale upside down: 0 is a very unclear task, 1 a clear one.
            """)

    @OptionGroup(title: "States") var states: ProactiveStateOptions
    @OptionGroup(title: "Assistant") var assistant: ProactiveAssistantOptions
    @OptionGroup(title: "User") var user: ProactiveUserOptions
    @OptionGroup(title: "Trajectories") var trajectories: ProactiveTrajectoryOptions

    @Option(help: "The file to write, below data/ unless it starts there or is absolute.")
    var out = "logs/trajectories.jsonl"

    @Option(help: "The seed of every choice.")
    var seed: UInt64 = 0

    @Option(help: "How many states are worked on at a time.")
    var concurrency = 4

    func validate() throws {
        guard concurrency > 0 else { throw ValidationError("--concurrency wants a number from 1") }
    }

    func run() async throws {
        let paths = ProactivePolicyCommands.paths
        let target = try paths.output(out)
        let source = try states.source(seed: seed, isSource: trajectories.compat == .source)
        let meetings = try await source.meetings(
            baseDirectory: "", howToGet: "convert MBPP with `gage proactive convert-mbpp`, or write states yourself")
        if let path = source.path { try ProactivePaths.require(target, isNot: try paths.input(path)) }
        guard !meetings.isEmpty else {
            throw EvaluationError(.dataMissing, "there are no states", cause: .configuration)
        }
        let components = Components()
        let generator = try generator(for: Set(meetings.map(\.state.domain)), components)
        Output.note("\(meetings.count) meetings of states and users, to \(target)")
        let job = GenerationJob(generator: generator, concurrency: concurrency)
        let outcome = try await ProactivePolicyCommands.interruptible(
            saying: "stopping; what is written stays"
        ) { try await job.run(meetings, to: target) }
        show(outcome, target)
    }

    private func generator(for domains: Set<ProactiveDomain>, _ components: Components) throws -> TrajectoryGenerator {
        let model = try assistant.model.model(components)
        var reward = TaskReward.Settings()
        reward.runsTests = trajectories.multiTurn && !trajectories.noTests
        let tests =
            try reward.runsTests
            ? SandboxCodeTests.local(environment: ProcessEnvironment.variables()) : nil
        return TrajectoryGenerator(
            settings: try trajectories.settings(), writer: assistant.writer(model),
            user: UserSimulator(settings: user.settings, model: try user.model(or: model, assistant, components)),
            prompts: try ActionPrompts(
                directory: assistant.promptsDirectory, domains: domains.sorted { $0.rawValue < $1.rawValue }),
            reward: TaskReward(settings: reward, tests: tests), seed: seed)
    }

    private func show(_ outcome: GenerationJob.Outcome, _ target: String) {
        Output.result("wrote \(outcome.lines) trajectories of \(outcome.meetings) meetings to \(target)")
        let parts = ProactiveAction.allCases.map { "\($0.rawValue) \(outcome.mainlines[$0] ?? 0)" }
        Output.result("mainlines: \(parts.joined(separator: ", "))")
        if trajectories.multiTurn {
            Output.result("dialogues with the task done: \(outcome.completed) of \(outcome.meetings)")
        }
    }
}
