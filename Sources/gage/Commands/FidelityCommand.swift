import ArgumentParser
import Evaluation
import Glibc
import JSON
import Reports
import Tau

/// `gage fidelity`: replays recorded official cases and prints the ledger.
struct FidelityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fidelity",
        abstract: "Replay recorded official cases and list where gage disagrees with the official results.",
        discussion: "Example: gage fidelity tau2 --data DIR --cases DIR/cases/*.jsonl.gz")

    /// The benchmarks that have recorded cases.
    enum Benchmark: String, ExpressibleByArgument, CaseIterable {
        case tau2
        case tauBench = "tau-bench"
        case appWorld = "appworld"
        case statistics

        /// The variable that says where the official data are; nil where none are needed.
        var dataVariable: String? {
            switch self {
            case .tau2: "TAU2_DATA_DIR"
            case .tauBench: "TAU_BENCH_DATA_DIR"
            case .statistics, .appWorld: nil
            }
        }
    }

    @Argument(
        help: """
            The benchmark: tau2, tau-bench or appworld; or statistics, for recorded results of scipy and statsmodels.
            """)
    var benchmark: Benchmark

    @Option(parsing: .upToNextOption, help: "Files with cases, JSON lines, plain or gzipped.")
    var cases: [String]

    @Option(help: "The official data directory; $TAU2_DATA_DIR or $TAU_BENCH_DATA_DIR by default.")
    var data: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    @OptionGroup var appWorld: AppWorldFidelityOptions

    func run() async throws {
        if benchmark == .appWorld { return try await runAppWorld() }
        guard !appWorld.areUsed else {
            throw ValidationError(
                "--environment, --apis, --mcp, --image, --stand-in, --names and --exact are AppWorld's")
        }
        guard let variable = benchmark.dataVariable else { return try runStatistics() }
        let environment = ProcessEnvironment.variables()
        guard let data = data ?? environment[variable] else {
            throw ValidationError("say where the official data are: --data DIR, or \(variable)")
        }
        let report = try await play(data: data)
        if json {
            Output.result(report.json.text())
        } else {
            show(report, on: Terminal(descriptor: STDOUT_FILENO, environment: environment))
        }
        guard report.total > 0 else {
            Output.note("gage: the files hold no case")
            throw ExitStatus.configuration.exitCode
        }
        if report.agreed != report.total { throw ExitStatus.belowGate.exitCode }
    }

    private func play(data: String) async throws -> TauFidelityReport {
        let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        switch benchmark {
        case .tau2: return try await Tau2Fidelity(dataDirectory: data, workers: cores).run(files: cases)
        case .tauBench: return try await Tau1Fidelity(dataDirectory: data, workers: cores).run(files: cases)
        // These have runs of their own, for they need no data.
        case .statistics, .appWorld: return TauFidelityReport(benchmark: benchmark.rawValue)
        }
    }

    private func show(_ report: TauFidelityReport, on terminal: Terminal) {
        var table = TextTable([
            .init("domain"), .init("kind", canShrink: true), .init("agreed", .right), .init("total", .right),
        ])
        for group in report.groups {
            table.add([group.domain, group.kind, String(group.agreed), String(group.total)])
        }
        table.add(["all", "", String(report.agreed), String(report.total)])
        for line in table.lines(on: terminal) { Output.result(line) }
        for item in report.disagreements.prefix(50) {
            Output.result("\(terminal.styled(item.caseID, .red)): \(item.field)")
            Output.result("    official: \(Self.cut(item.expected))")
            Output.result("    gage:     \(Self.cut(item.actual))")
        }
        if report.disagreements.count > 50 {
            Output.result("… and \(report.disagreements.count - 50) more; --json lists them")
        }
    }

    static func cut(_ value: JSONValue) -> String {
        let text = value.text()
        return text.count > 400 ? text.prefix(400) + "…" : text
    }
}
