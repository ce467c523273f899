// A binary with a metric of its own: everything that gage has built in, and `answer_length`.
import GageKit
import Glibc

/// How long the answer is, in characters.
struct LengthMetric: Metric {
    let defaultAggregation = "mean"
    let scale = MetricScale.amount

    func score(_ episode: Episode, as id: String) -> Score? {
        episode.prediction?.answer.map { Score(metric: id, values: [id: Double($0.count)]) }
    }
}

/// What this binary adds.
struct LengthKit: Kit {
    let name = "length"

    func register(in registry: inout Registry) {
        registry.metrics.register(
            Registration("answer_length", summary: "How long the answer is, in characters.") { LengthMetric() })
    }
}

guard CommandLine.arguments.count == 3 else {
    print("usage: LengthKitExample CONFIG OUTPUT-DIRECTORY")
    exit(2)
}
let loader = ConfigurationLoader(
    registry: Registry(standardAnd: [LengthKit()]), environment: [:], baseDirectory: ".")
let loaded = loader.load(path: CommandLine.arguments[1])
for diagnostic in loaded.diagnostics.all { print(diagnostic) }
guard let plan = loaded.plan else { exit(2) }

var options = RunOptions()
options.outputDirectory = CommandLine.arguments[2]
let result = try await RunExecutor(plan: plan, options: options).run()
try await RunReport(plan: plan, directory: RunDirectory.open(result.directory)).write()
print("\(result.outcomes.scored) scored: \(result.directory)/report.html")
