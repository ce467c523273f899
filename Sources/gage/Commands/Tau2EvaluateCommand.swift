import ArgumentParser
import Evaluation
import Glibc
import JSON
import Models
import Reports
import Tau

/// `gage tau2 evaluate-trajs`: grades the runs of official result files again.
struct Tau2EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate-trajs",
        abstract: "Grade the runs of official result files again, and say where a reward differs.",
        discussion: """
            A path is a result file, a directory of a run (results.json, with or without simulations/), a directory of \
            such, or a pattern. Graded as the official command does it: leniently, by the tasks that the file holds.

            Natural-language assertions are asked of --nl-judge-model. Without one, what a judge found when the file was \
            written is used, where it is there.

            Exit codes: 3 when a file could not be read or a run could not be graded, 4 with --expect-same when a reward \
            differs.
            """)

    @Argument(help: ArgumentHelp("Result files, directories or patterns.", valueName: "path"))
    var paths: [String]

    @OptionGroup var data: Tau2DataOptions

    @Option(name: .shortAndLong, help: "Where files with the new rewards are written, as updated_<name>.")
    var output: String?

    @Flag(help: "Grade by today's tasks instead of those in the file.")
    var freshTasks = false

    @Option(help: "What is judged: all, env, communicate, action, nl_assertions, …")
    var evaluationType = Tau2EvaluationType.all.rawValue

    @OptionGroup var judge: Tau2JudgeOptions

    @Flag(help: "Exit with 4 when a reward is not what the file says.")
    var expectSame = false

    @Flag(help: "Show every run, not only those whose reward differs.")
    var all = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        guard let type = Tau2EvaluationType(rawValue: evaluationType) else {
            let names = Tau2EvaluationType.allCases.map(\.rawValue)
            throw ValidationError(
                "there is no evaluation type '\(evaluationType)'; \(NearMiss.advice(evaluationType, among: names) ?? "")"
            )
        }
        let files = Set(paths.flatMap(Tau2ResultPaths.expand)).sorted()
        for path in paths where Tau2ResultPaths.expand(path).isEmpty {
            throw ValidationError("no result file is meant by '\(path)'")
        }
        let terminal = Terminal(descriptor: STDOUT_FILENO, environment: ProcessEnvironment.variables())
        let session = Tau2EvaluateSession(
            store: Tau2DataStore(), dataDirectory: data.root, usesFreshTasks: freshTasks, type: type,
            judge: try judge.model(Components()), output: output)
        var reports: [Tau2EvaluationReport] = []
        for file in files {
            let report = await session.evaluate(file, takenNames: Set(reports.compactMap(\.outputName)))
            if !json { for line in report.lines(on: terminal, showingAll: all) { Output.result(line) } }
            reports.append(report)
        }
        if json { Output.result(Self.json(of: reports).text()) }
        if expectSame, reports.contains(where: \.hasChanges) { throw ExitStatus.belowGate.exitCode }
        if reports.contains(where: \.hasFailures) { throw ExitStatus.erroredEpisodes.exitCode }
    }

    private static func json(of reports: [Tau2EvaluationReport]) -> JSONValue {
        ["same": .bool(reports.allSatisfy(\.isSame)), "files": .array(reports.map(\.json))]
    }
}

/// The options that name a judge of natural-language assertions.
struct Tau2JudgeOptions: ParsableArguments {
    @Option(help: "The model that judges natural-language assertions, by a LiteLLM-style name.")
    var nlJudgeModel: String?

    @Option(help: ArgumentHelp("Parameters of that model, as api_base; temperature 0 if not given.", valueName: "json"))
    var nlJudgeArgs: String?

    /// The parameters of the model.
    func arguments() throws -> JSONObject {
        guard let nlJudgeArgs else { return ["temperature": 0.0] }
        // The text is shown by what is thrown instead.
        guard let object = (try? JSONValue.parse(nlJudgeArgs))?.objectValue else {
            throw ValidationError(
                "--nl-judge-args wants a JSON object, as {\"api_base\": \"http://127.0.0.1:8081/v1\"}")
        }
        return object
    }

    /// The model, where one is named.
    func model(_ components: Components) throws -> (any ChatModel)? {
        guard let nlJudgeModel else { return nil }
        let models = RunModels(
            backends: [], resolver: ModelNameResolver(client: components.client),
            baseDirectory: ProcessEnvironment.currentDirectory(), environment: ProcessEnvironment.variables())
        return try models.model(named: nlJudgeModel, parameters: try arguments())
    }
}

/// What the files of one command are graded with.
struct Tau2EvaluateSession {
    let store: Tau2DataStore
    let dataDirectory: String
    let usesFreshTasks: Bool
    let type: Tau2EvaluationType
    let judge: (any ChatModel)?
    let output: String?

    /// Grades one file; what goes wrong with it is part of the report.
    func evaluate(_ path: String, takenNames: Set<String>) async -> Tau2EvaluationReport {
        var report = Tau2EvaluationReport(path: path)
        do {
            let results = try Tau2Results(path: path)
            report.domain = results.domainName
            report.old = results
            let domain = try await store.domain(named: results.domainName, dataDirectory: dataDirectory)
            let regrading = Tau2Regrading(
                domain: domain, usesFreshTasks: usesFreshTasks, judge: judge, reusesFindings: judge == nil)
            let outcome = try await regrading.grade(results, as: type)
            report.outcome = outcome
            if let output {
                let name = Self.name(for: path, notIn: takenNames)
                try outcome.results.write(to: "\(output)/\(name)")
                report.outputName = name
            }
        } catch {
            report.failure = String(describing: error)
        }
        return report
    }

    /// `updated_<name>`, with the folder's name where several files have one name.
    private static func name(for path: String, notIn taken: Set<String>) -> String {
        let parts = path.split(separator: "/").map(String.init)
        let file = parts.last ?? "results.json"
        var name = "updated_\(file)"
        var folders = parts.dropLast()
        while taken.contains(name) {
            name = "updated_" + (folders.popLast() ?? "again") + "_" + name.dropFirst("updated_".count)
        }
        return name
    }
}
