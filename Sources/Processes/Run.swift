/// Runs a program until it ends, and returns how it ended and what it wrote.
///
/// Written with the module's name: `try await Processes.run(command)`. It returns when the program itself has ended: what a process
/// that it left in the background writes later is dropped, and that process is killed, unless it has made a session of its own.
///
/// Cancelling the task ends the program as its deadline would, with SIGTERM and, after the grace period, SIGKILL to the whole group;
/// the error of code `cancelled` comes when it is gone. Starting costs a few hundred microseconds.
public func run(_ command: ProcessCommand) async throws(ProcessError) -> ProcessResult {
    let reactor = try requireReactor()
    let child = ChildHandle(command)
    let outcome = await withTaskCancellationHandler {
        // Started in here, where a task that is cancelled already has marked the child before.
        reactor.start(child)
        return await child.outcome.wait()
    } onCancel: {
        reactor.cancel(child)
    }
    return try outcome.get()
}

func requireReactor() throws(ProcessError) -> ProcessReactor {
    if let reactor = ProcessReactor.shared { return reactor }
    throw ProcessError(.spawnFailed, "the thread that runs programs could not be started")
}
