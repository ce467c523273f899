import Processes

/// Sees to it that nothing of a server outlives this process, however it ends.
///
/// The kernel kills the server's own process with its parent, but not what that has started: a server of a large model
/// has worker processes that hold GPU memory. So a small shell beside it waits for the end of its input, which comes when
/// this process is gone, and kills the server's group then.
struct ProcessGroupGuard: Sendable {
    private let shell: ChildProcess

    /// Begins to guard the group of a process.
    static func start(over leader: Int32) async throws(ProcessError) -> ProcessGroupGuard {
        var command = ProcessCommand(
            "/bin/sh", ["-c", "cat >/dev/null; kill -s KILL -- \"-$1\"", "gage-server-guard", String(leader)])
        command.diesWithParent = false
        command.gracePeriod = .zero
        return ProcessGroupGuard(shell: try await ChildProcess.start(command))
    }

    /// Ends the guard, when the group is gone: its number may soon be someone else's.
    func end() async {
        shell.terminate()
        // How the shell ended says nothing.
        _ = try? await shell.wait()
    }
}
