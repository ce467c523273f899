import Synchronization

/// What the callers and the reactor share about one child.
final class ChildHandle: Sendable {
    let command: ProcessCommand
    /// Kept as soon as the program runs or could not be started.
    let started = Promise<Result<Int32, ProcessError>>()
    /// Kept when the child is gone and its group has been killed.
    let outcome = Promise<Result<ProcessResult, ProcessError>>()
    /// Where the standard output goes and why the input stays open, for a child that is talked with; nil for one that is just run.
    let lines: LineWindow?
    private let cancelFlag = Atomic<Bool>(false)

    init(_ command: ProcessCommand, lines: LineWindow? = nil) {
        self.command = command
        self.lines = lines
    }

    var isCancelled: Bool { cancelFlag.load(ordering: .acquiring) }

    /// Marks the child as unwanted, before the command to end it is posted: one that overtakes the start is seen by the start.
    func markCancelled() {
        cancelFlag.store(true, ordering: .releasing)
    }

    /// Makes all who wait know that there never was a child.
    func fail(_ error: ProcessError) {
        started.keep(.failure(error))
        lines?.finish()
        outcome.keep(.failure(error))
    }

    var cancellation: ProcessError { ProcessError(.cancelled, "running '\(command.executable)' was cancelled") }
}

/// Kept when the bytes are in the child's pipe, or never will be.
typealias WriteOutcome = Promise<Result<Void, ProcessError>>
