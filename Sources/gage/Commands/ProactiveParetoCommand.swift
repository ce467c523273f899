import ArgumentParser
import Evaluation
import JSON
import Proactive
import Reports

/// `gage proactive plot-pareto`: policies by what they cost the user and what they achieve.
struct ProactiveParetoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plot-pareto",
        abstract: "Plot interruption cost against success, and mark the policies that no other surpasses.",
        discussion: """
            The points are the reports of `gage proactive evaluate` in --evals, with their baselines, and with \
            --trajectories a sweep: for each alpha the rewards are computed anew and native policies trained, each asked \
            only for states that it has not seen. Writes pareto.json, pareto.csv and pareto.svg to --out, below data/ \
            unless it starts there or is absolute.
            Example: gage proactive plot-pareto --trajectories logs/traj.jsonl --out eval
            """)

    @Option(help: "A directory of reports, or one report; also looked for below data/.")
    var evals: String?

    @Option(help: "Trajectories for the sweep over alpha.")
    var trajectories: String?

    @Option(parsing: .upToNextOption, help: "The weights of the interruption cost to train for.")
    var alphas: [Double] = AlphaSweep.standardAlphas

    @Option(help: "Where the files go.")
    var out = "eval"

    @Flag(help: "Print pareto.json.")
    var json = false

    @OptionGroup var training: ProactiveTrainingOptions
    @OptionGroup(title: "Weights that all policies are measured by") var weights: ProactiveWeightOptions
    @OptionGroup(title: "Task score") var task: ProactiveTaskOptions

    func validate() throws {
        guard evals != nil || trajectories != nil else {
            throw ValidationError("name reports with --evals, trajectories with --trajectories, or both")
        }
        guard alphas.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
            throw ValidationError("--alphas wants numbers from 0")
        }
    }

    func run() async throws {
        let paths = ProactivePolicyCommands.paths
        let place = try paths.output(out)
        var reports: [StoredEvaluation] = []
        if let evals {
            reports = try StoredEvaluation.read(
                try paths.input(
                    evals, advice: "make reports with `gage proactive evaluate --output \(evals)/NAME.json`"))
        }
        var sweep = SweepResult()
        if let trajectories {
            let scored = try await ProactiveScoring.trajectories(trajectories, task, weights)
            sweep = try await SweepResult(
                of: scored,
                by: AlphaSweep(alphas: alphas, training: training.settings, reference: weights.settings))
        }
        let front = ParetoFront(reports: reports, baselines: sweep.baselines, sweep: sweep.entries)
        guard !front.points.isEmpty else {
            throw EvaluationError(
                .dataMissing, "no policy has both a cost and a success", cause: .configuration,
                advice: "evaluate a policy, or name trajectories for the sweep")
        }
        try front.write(to: place)
        if json { Output.result(front.json.text()) } else { show(front) }
        Output.note("written: \(place)/pareto.svg")
    }

    private func show(_ front: ParetoFront) {
        var table = TextTable([
            .init("policy"), .init("cost", .right), .init(front.measure.rawValue, .right), .init("asks", .right),
            .init("front"),
        ])
        let onFront = Set(front.front)
        for (index, point) in front.points.enumerated() {
            table.add([
                point.name, NumberText.fixed(point.cost), "\(NumberText.fixed(point.success, digits: 1)) %",
                point.clarifyRate.map { NumberText.percent($0) } ?? "–", onFront.contains(index) ? "●" : "",
            ])
        }
        for line in table.lines(on: Terminal()) { Output.result(line) }
    }
}
