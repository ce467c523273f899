import Engine
import Evaluation
import GageConfiguration
import JSON
import Server
import Storage

/// A run of τ-bench that a client of the HTTP API asked for.
final class TauBenchServiceRun: BenchmarkRun {
    let id: String
    let request: RunRequest
    let planned: Int?
    private let job: TauBenchJob
    private let runner: TauBenchRunner
    private let control = RunControl()

    init(id: String, job: TauBenchJob, runner: TauBenchRunner) {
        (self.id, self.job, self.runner) = (id, job, runner)
        let facts = job.facts
        var request = RunRequest(model: facts.model, subset: facts.subset, tasks: facts.tasks.map { String($0) })
        request.trials = facts.trials
        request.userModel = facts.userModel
        self.request = request
        planned = facts.tasks.isEmpty ? nil : facts.tasks.count * facts.trials
    }

    func stop() {
        // The second request cancels what is in flight: clients that wait are to be answered soon.
        control.interrupt()
        control.interrupt()
    }

    func perform(report: @escaping @Sendable (RunNews) -> Void) async -> RunEnding {
        var options = runner.options(for: job, runID: id)
        let trials = job.facts.trials
        options.onProgress = { report(.progress(ProgressPrinter.event($0).objectValue ?? [:])) }
        options.onCommit = { record in
            // A record that cannot be shown is in the journal all the same.
            if let row = try? ScoreRow(record, trials: trials) { report(.scored(row)) }
        }
        do {
            let result = try await runner.run(job, options, control: control)
            return RunEnding(Self.phase(of: result.status), reason: result.stopReason?.message)
        } catch let error as EvaluationError {
            return RunEnding(.failed, reason: error.description)
        } catch {
            return RunEnding(.failed, reason: "\(error)")
        }
    }

    private static func phase(of status: RunStatus) -> RunPhase {
        switch status {
        case .running, .failed: .failed
        case .completed: .completed
        case .interrupted: .interrupted
        case .stopped: .stopped
        }
    }
}
