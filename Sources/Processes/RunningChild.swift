import Glibc

/// A child between its start and its end, with our ends of its pipes.
///
/// Not Sendable: it lives on the reactor's thread.
final class RunningChild {
    let handle: ChildHandle
    /// Names the child in the poll's events; process identifiers are used again.
    let key: UInt64
    let process: SpawnedChild
    let started: ContinuousClock.Instant
    /// Nil once the input has been closed, or if there is none.
    var input: ChildInput?
    let output: ChildOutput
    let error: ChildOutput?

    /// When the deadline passes; nil once it has, or if there is none.
    private(set) var deadline: ContinuousClock.Instant?
    /// When a child that was asked to end is made to.
    private(set) var killTime: ContinuousClock.Instant?
    private(set) var isEnding = false
    private var timedOut = false
    private var failure: ProcessError?

    init(_ new: NewChild, key: UInt64) {
        handle = new.handle
        self.key = key
        process = new.process
        started = new.started
        let (pipes, command) = (new.pipes, new.handle.command)
        deadline = command.deadline.map { new.started + $0 }
        input = pipes.input.map { ChildInput($0, for: new.handle) }
        output = ChildOutput(
            pipes.output, new.handle.lines.map { .lines($0) } ?? .capture(OutputCapture(command.outputLimit)))
        error = pipes.error.map { ChildOutput($0, .capture(OutputCapture(command.outputLimit))) }
    }

    /// When something has to be done with this child even if nothing happens.
    var nextTimer: ContinuousClock.Instant? {
        guard process.exitDescriptor == nil else { return dueTime }
        // Without a descriptor the kernel does not tell of the end: it has to be looked for.
        let nextLook = ContinuousClock.now + .milliseconds(10)
        return dueTime.map { min($0, nextLook) } ?? nextLook
    }

    private var dueTime: ContinuousClock.Instant? { isEnding ? killTime : deadline }

    func fireTimers(now: ContinuousClock.Instant) {
        if let killTime, killTime <= now {
            self.killTime = nil
            signalGroup(SIGKILL)
        } else if let deadline, deadline <= now {
            self.deadline = nil
            end(because: .deadline)
        }
    }

    /// Asks the whole group to end, and makes it after the grace period; one that writes too much is not asked.
    func end(because reason: ProcessReactor.Reason) {
        switch reason {
        case .asked: break
        case .deadline: if !isEnding { timedOut = true }
        case .cancelled: failure = failure ?? handle.cancellation
        case .outputLimit: failure = failure ?? outputLimitError
        }
        if reason == .outputLimit || handle.command.gracePeriod <= .zero {
            isEnding = true
            killTime = nil
            signalGroup(SIGKILL)
        } else if !isEnding {
            isEnding = true
            killTime = .now + handle.command.gracePeriod
            signalGroup(SIGTERM)
            // A stopped process gets the signal only when it goes on.
            signalGroup(SIGCONT)
        }
    }

    /// Signals every process of the child's group; the group's number cannot be anyone else's until the child is reaped.
    func signalGroup(_ signal: Int32) {
        kill(-process.identifier, signal)
    }

    /// Whether the child has ended; it stays a zombie until `reap`.
    var hasEnded: Bool {
        var information = siginfo_t()
        let result = waitid(P_PID, id_t(process.identifier), &information, WEXITED | WNOHANG | WNOWAIT)
        // It fails if there is no such child any more.
        return result != 0 || information.si_signo != 0
    }

    /// Frees the ended child's number and returns how it went.
    func reap() -> Result<ProcessResult, ProcessError> {
        var status: Int32 = 0
        var usage = rusage()
        var reaped: pid_t
        repeat { reaped = wait4(process.identifier, &status, 0, &usage) } while reaped < 0 && errno == EINTR
        if let failure { return .failure(failure) }
        guard reaped == process.identifier else {
            return .failure(
                ProcessError(
                    .statusLost,
                    "'\(handle.command.executable)' ended, but its status went elsewhere: is SIGCHLD ignored?"))
        }
        return .success(
            ProcessResult(
                termination: ProcessResult.Termination(waitStatus: status),
                standardOutput: output.captured ?? OutputCapture.nothing,
                standardError: error?.captured ?? OutputCapture.nothing,
                timedOut: timedOut, duration: .now - started, usage: ProcessUsage(usage)))
    }

    private var outputLimitError: ProcessError {
        guard handle.lines == nil, case .kill(let most) = handle.command.outputLimit else {
            return ProcessError(
                .outputLimit, "'\(handle.command.executable)' wrote a longer line than allowed and was killed")
        }
        return ProcessError(
            .outputLimit, "'\(handle.command.executable)' wrote more than the \(most) bytes allowed and was killed")
    }
}

extension ProcessResult.Termination {
    /// What a status of wait(2) says of a process that has ended.
    fileprivate init(waitStatus status: Int32) {
        let signal = status & 0x7F
        self = signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
    }
}

extension ProcessUsage {
    fileprivate init(_ usage: rusage) {
        userTime = .seconds(usage.ru_utime.tv_sec) + .microseconds(usage.ru_utime.tv_usec)
        systemTime = .seconds(usage.ru_stime.tv_sec) + .microseconds(usage.ru_stime.tv_usec)
        maximumResidentBytes = usage.ru_maxrss * 1024
    }
}
