import Engine
import Evaluation
import GageConfiguration
import Glibc
import JSON
import Models
import Reports
import Storage

/// What `run`, `retry` and `score` share: models, signals, progress, the report, the exit code.
struct RunSessionCommand {
    let components: Components
    let plan: Plan
    let display: DisplayOptions

    /// Executes, reports, and throws the exit code when it is not 0.
    func perform(
        _ options: RunOptions, failOnError: Bool, _ body: (RunExecutor) async throws -> RunResult
    ) async throws {
        var options = options
        let environment = plan.environment
        let progress = ProgressPrinter(
            terminal: Terminal(descriptor: STDERR_FILENO, environment: environment), json: display.json,
            quiet: display.quiet)
        options.onProgress = { progress.show($0) }
        let control = RunControl()
        Interrupts.forward(to: control)
        let executor = RunExecutor(plan: plan, options: options, components: components, control: control)
        let result: RunResult
        do {
            result = try await body(executor)
        } catch {
            progress.finish()
            throw error
        }
        progress.finish()
        let summary = try await RunReport(plan: plan, directory: try RunDirectory.open(result.directory)).write()
        show(result, summary)
        if let status = status(of: result, failOnError: failOnError) { throw status.exitCode }
    }

    private func show(_ result: RunResult, _ summary: JSONValue) {
        if display.json {
            Output.result(
                JSONValue.object([
                    "event": "run_finished", "run_id": .string(result.runID), "directory": .string(result.directory),
                    "status": .string(result.status.rawValue), "summary": summary,
                ]).text())
            return
        }
        let terminal = Terminal(descriptor: STDOUT_FILENO, environment: plan.environment)
        for line in SummaryText(summary: summary, terminal: terminal).lines { Output.result(line) }
    }

    private func status(of result: RunResult, failOnError: Bool) -> ExitStatus? {
        switch result.stopReason {
        case .failed(let error):
            Output.note("gage: \(error)")
            return ExitStatus(for: error)
        case .failFast(let error):
            Output.note("gage: \(error)")
            return .erroredEpisodes
        case .interrupted, .budget: return .interrupted
        case nil: break
        }
        let outcomes = result.outcomes
        if outcomes.erroredTotal > 0, failOnError || outcomes.scored == 0 { return .erroredEpisodes }
        return nil
    }
}
