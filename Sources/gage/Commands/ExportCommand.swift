import ArgumentParser
import Evaluation
import Exports
import Glibc
import JSON
import Storage

/// `gage export`: writes a run in other programs' formats.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a run in another format: eval, jsonl, csv, junit, tau2, swebench.",
        discussion: """
            eval is the log format of inspect: a file for each task. jsonl and csv have a line for each episode. junit is \
            for CI systems. tau2 and swebench call `gage tau2 export` and `gage swebench predictions`.
            Examples: gage export runs/r1 --format eval
                      gage export runs/r1 --format csv --output - | head
            """)

    /// What a run can be written as.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case eval
        case jsonl
        case csv
        case junit
        case tau2
        case swebench
    }

    @OptionGroup var target: ShownRun

    @Option(help: "What to write.")
    var format: Format

    @Option(
        name: .shortAndLong,
        help: "The file to write, - for standard output; for eval the directory. In <run>/exports by default.")
    var output: String?

    @Option(help: "Only this task (eval, tau2).")
    var task: String?

    @Flag(help: "Leave the dialogues out (jsonl).")
    var withoutTrajectories = false

    func validate() throws {
        if format == .eval, output == "-" {
            throw ValidationError("eval logs are files; name a directory with --output")
        }
        if task != nil, format != .eval, format != .tau2 { throw ValidationError("--task is for eval and tau2") }
        if withoutTrajectories, format != .jsonl { throw ValidationError("--without-trajectories is for jsonl") }
    }

    func run() async throws {
        let place = try StoredRunPlace.path(of: target)
        switch format {
        case .tau2:
            let arguments = [place] + (output.map { ["--output", $0] } ?? []) + (task.map { ["--task", $0] } ?? [])
            try await Tau2ExportCommand.parse(arguments).run()
        case .swebench:
            let path = try output ?? RunDirectory.open(place).directory("exports") + "/predictions.jsonl"
            try SWEBenchPredictionsCommand.parse([place, "--output", path]).run()
        case .eval: try writeLogs(try ExportedRun(path: place))
        case .jsonl:
            let export = JSONLinesExport(try ExportedRun(path: place), includesTrajectories: !withoutTrajectories)
            try write("episodes.jsonl", in: place, export.write)
        case .csv: try write("episodes.csv", in: place, try CSVExport(try ExportedRun(path: place)).write)
        case .junit: try write("junit.xml", in: place, JUnitReport(try ExportedRun(path: place)).write)
        }
    }

    private func writeLogs(_ run: ExportedRun) throws {
        let tasks = run.tasks.filter { task == nil || $0.id == task }
        guard !tasks.isEmpty else {
            throw EvaluationError(
                .configurationInvalid, "the run has no task '\(task ?? "")'", cause: .configuration,
                advice: NearMiss.advice(task ?? "", among: run.tasks.map(\.id)))
        }
        for task in tasks {
            let log = EvalLog(run, task: task)
            let path = "\(output ?? "\(run.path)/exports")/\(log.fileName)"
            try RunDirectory.writeExport(to: path) { file in try log.write { try file.append($0) } }
            Output.result(path)
        }
    }

    private func write(_ name: String, in place: String, _ body: (([UInt8]) throws -> Void) throws -> Void) throws {
        guard output != "-" else {
            return try body { Output.write(String(decoding: $0, as: UTF8.self), to: STDOUT_FILENO) }
        }
        let path = output ?? "\(place)/exports/\(name)"
        try RunDirectory.writeExport(to: path) { file in try body { try file.append($0) } }
        Output.result(path)
    }
}
