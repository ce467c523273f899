import ArgumentParser
import Evaluation
import Sandboxes

/// `gage sandbox`: containers and local sandboxes that are there, and the removal of those that killed runs left.
struct SandboxCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "List and remove the containers and local sandboxes that gage made.",
        subcommands: [SandboxListCommand.self, SandboxCleanCommand.self])
}

/// `gage sandbox list`.
struct SandboxListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List sandboxes: their kind, state, run and episode.")

    @Flag(help: "Only those whose gage process is gone.")
    var abandoned = false

    @Option(help: "Only those of this run.")
    var run: String?

    func run() async throws {
        let scope = SandboxScope.scope(run: run, all: !abandoned)
        let report = try await SandboxScope.housekeeping { try await $0.find(scope) }
        for sandbox in report.sandboxes { Output.result(SandboxScope.line(sandbox)) }
        if report.sandboxes.isEmpty { Output.note("no sandboxes") }
    }
}

/// `gage sandbox clean`.
struct SandboxCleanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean",
        abstract: "Remove what killed runs left: containers with their volumes, networks, directories.")

    @Flag(help: "Containers whose gage process still lives, or lives on another machine, too.")
    var all = false

    @Option(help: "The containers of this run only, whatever became of its process.")
    var run: String?

    func run() async throws {
        let scope = SandboxScope.scope(run: run, all: all)
        let report = try await SandboxScope.housekeeping { try await $0.clean(scope) }
        for sandbox in report.sandboxes { Output.result("removed \(SandboxScope.line(sandbox))") }
        if report.sandboxes.isEmpty { Output.note("nothing to remove") }
    }
}

/// What the two commands share.
private enum SandboxScope {
    static func scope(run: String?, all: Bool) -> SandboxReaper.Scope {
        run.map { .run($0) } ?? (all ? .all : .abandoned)
    }

    static func housekeeping(
        _ work: (SandboxHousekeeping) async throws -> SandboxHousekeeping.Report
    ) async throws -> SandboxHousekeeping.Report {
        do {
            let report = try await work(SandboxHousekeeping(environment: ProcessEnvironment.variables()))
            if let problem = report.engineProblem {
                Output.note("gage: no Docker engine was asked: \(problem.message)")
            }
            return report
        } catch let error as DockerError {
            throw error.asEvaluationError
        }
    }

    static func line(_ sandbox: FoundSandbox) -> String {
        let owner = sandbox.isAbandoned ? "abandoned" : "owned"
        return [sandbox.kind, sandbox.identifier, sandbox.state, owner, sandbox.run, sandbox.episode]
            .filter { !$0.isEmpty }.joined(separator: "\t")
    }
}
