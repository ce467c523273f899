import ArgumentParser
import Datasets
import Evaluation
import Proactive

/// `gage proactive convert-mbpp`: the problems of MBPP as states.
struct ProactiveConvertCommand: AsyncParsableCommand {
    /// Part of MBPP, or all of it.
    enum Part: String, CaseIterable, ExpressibleByArgument {
        case prompt, test, validation, train, all
    }

    static let configuration = CommandConfiguration(
        commandName: "convert-mbpp", abstract: "Turn the problems of MBPP into states, with their tests.",
        discussion: "`gage data fetch mbpp` brings the file that is read by default.")

    @Option(name: .customLong("in"), help: "The file mbpp.jsonl; also looked for below data/.")
    var input: String?

    @Option(help: "The file to write, below data/ unless it starts there or is absolute.")
    var out = "seeds/mbpp_states.jsonl"

    @Option(help: "prompt (problems 1-10), test (11-510), validation (511-600), train (601-974), or all.")
    var split = Part.test

    @Option(help: "How many states at most; 0 for all.")
    var limit = 200

    @Option(
        name: .customLong("with_signature"),
        help: "Whether the request names the function; else asking reveals the name: true or false.")
    var withSignature = true

    @Flag(
        name: .customLong("with_solution"),
        help: "Keep the reference solution in the states, for `--dummy oracle`; assistants do not see it.")
    var withSolution = false

    func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit wants a number from 0") }
    }

    func run() async throws {
        let paths = ProactivePolicyCommands.paths
        let package = ProactiveKit.dataPackages[0]
        let place = package.destination.directory(
            environment: ProcessEnvironment.variables(), baseDirectory: ProcessEnvironment.currentDirectory())
        let name = input ?? "\(place)/mbpp.jsonl"
        let source = try paths.input(name, advice: package.howToGet())
        let target = try paths.output(out)
        try ProactivePaths.require(target, isNot: source)
        var conversion = MBPPConversion()
        conversion.split = MBPPConversion.Split(rawValue: split.rawValue)
        conversion.limit = limit == 0 ? nil : limit
        conversion.namesFunction = withSignature
        conversion.includesSolution = withSolution
        let count = try await conversion.write(path: source, named: name, to: target)
        guard count > 0 else {
            throw EvaluationError(
                .dataMissing, "'\(name)' has no problems of the split '\(split.rawValue)'", cause: .configuration,
                advice: "choose another --split, or --split all")
        }
        Output.result("wrote \(count) states to \(target)")
    }
}
