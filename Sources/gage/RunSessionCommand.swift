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
    /// Where replies come from besides the models' servers, and where they are left; nil for what the plan says.
    var replies: ReplyWishes?
    /// Where the run's spans go; nil for no trace.
    var trace: RunTrace?
    /// What a CI system is told at the end; nil for nothing.
    var reporting: ReportingOptions?

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
        options.tracer = trace?.tracer(secrets: plan.secrets, environment: environment)
        let replies = try ReplySources(replies ?? ReplyWishes(plan), plan: plan)
        defer { replies.close() }
        for note in replies.notes { Output.note("gage: \(note)") }
        // What was recorded is there at once: waiting before an attempt helps no server.
        if replies.modelOptions.player != nil { options.retryDelay = .zero }
        let control = RunControl()
        Interrupts.forward(to: control)
        let executor = RunExecutor(
            plan: plan, options: options, components: components, control: control, replies: replies.modelOptions)
        let result: RunResult
        do {
            let operations = RunOperations(control: control, models: executor.ownModels, environment: environment)
            result = try await operations.during {
                guard let trace else { return try await body(executor) }
                return try await trace.during { try await body(executor) }
            }
        } catch {
            progress.finish()
            throw error
        }
        progress.finish()
        let summary = try await RunReport(plan: plan, directory: try RunDirectory.open(result.directory)).write()
        show(result, summary, ReplyLines(replies: replies))
        try reporting?.report(result.directory, summary: summary, environment: environment)
        if let lost = result.lostEvents { Output.note("gage: \(lost)") }
        if let miss = ReplyLines(replies: replies).miss {
            Output.note("gage: \(miss)")
            throw ExitStatus(for: miss).exitCode
        }
        if let status = status(of: result, failOnError: failOnError) { throw status.exitCode }
    }

    private func show(_ result: RunResult, _ summary: JSONValue, _ replies: ReplyLines) {
        if display.json {
            let event: JSONObject = [
                "event": "run_finished", "run_id": .string(result.runID), "directory": .string(result.directory),
                "status": .string(result.status.rawValue), "summary": summary,
            ]
            Output.result(JSONValue.object(event.merging(replies.json)).text())
            return
        }
        let terminal = Terminal(descriptor: STDOUT_FILENO, environment: plan.environment)
        for line in SummaryText(summary: summary, terminal: terminal).lines { Output.result(line) }
        if !display.quiet { for line in replies.lines { Output.note(line) } }
    }

    private func status(of result: RunResult, failOnError: Bool) -> ExitStatus? {
        switch result.stopReason {
        case .failed(let error):
            Output.note("gage: \(error)")
            return ExitStatus(for: error)
        case .failFast(let error):
            Output.note("gage: \(error)")
            return .erroredEpisodes
        case .interrupted, .budget, .cancelled: return .interrupted
        case nil: break
        }
        let outcomes = result.outcomes
        if outcomes.erroredTotal > 0, failOnError || outcomes.scored == 0 { return .erroredEpisodes }
        return nil
    }
}
