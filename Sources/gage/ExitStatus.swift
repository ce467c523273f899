import ArgumentParser
import Evaluation

/// What `gage` tells the shell.
enum ExitStatus: Int32 {
    /// Everything asked for was done.
    case success = 0
    /// gage itself failed: a full disk, a bug.
    case failure = 1
    /// The command line, a configuration or the data that it names are wrong; nothing was run.
    case configuration = 2
    /// The run finished, and episodes errored (with `--fail-on-error`), or nothing could be scored.
    case erroredEpisodes = 3
    /// A comparison or gate found less than was asked for; for `fidelity`: a case disagrees.
    case belowGate = 4
    /// A gate could not be decided: too few or too uncertain data, an incomplete run, unknown prices.
    case inconclusive = 5
    /// The run stopped before its end: interrupted, or its budget is used up. Running it again goes on.
    case interrupted = 130

    var exitCode: ExitCode { ExitCode(rawValue) }

    /// The status of a command that could not be carried out.
    init(for error: EvaluationError) {
        self = error.cause == .configuration || error.cause == .task ? .configuration : .failure
    }
}
