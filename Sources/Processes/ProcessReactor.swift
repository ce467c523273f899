import Threads

/// The way to the two threads that serve all children: one starts them, one feeds, reads, times and reaps them.
///
/// Starting is apart because the starting thread sleeps until the new program has been loaded, and nobody else should wait for that.
///
/// There is one pair for the program, made when the first child is: the table of children is the operating system's and one for the
/// program too, and a child that is to die with its parent dies with the thread that started it, which must therefore never end.
final class ProcessReactor: Sendable {
    enum Command: Sendable {
        case adopt(NewChild)
        case terminate(ChildHandle, Reason)
        case write(ChildHandle, [UInt8], WriteOutcome)
        case closeInput(ChildHandle)
        case resumeOutput(ChildHandle)
    }

    /// Why a child is ended.
    enum Reason: Sendable {
        case asked, cancelled, deadline, outputLimit
    }

    /// Nil when the system refuses the threads or the descriptors that they need.
    static let shared: ProcessReactor? = ProcessReactor()

    private let commands: Mailbox<Command>
    private let newChildren: Mailbox<ChildHandle>

    private init?() {
        guard let commands = Mailbox<Command>(), let newChildren = Mailbox<ChildHandle>(),
            let loop = ReactorLoop(commands)
        else { return nil }
        self.commands = commands
        self.newChildren = newChildren
        guard startThread({ loop.run() }),
            startThread({ startChildren(from: newChildren, adoptedBy: commands) })
        else { return nil }
    }

    func start(_ child: ChildHandle) {
        newChildren.post(child)
    }

    func post(_ command: Command) {
        commands.post(command)
    }

    func cancel(_ child: ChildHandle) {
        child.markCancelled()
        commands.post(.terminate(child, .cancelled))
    }
}

/// The starting thread's work; never returns.
private func startChildren(
    from newChildren: Mailbox<ChildHandle>, adoptedBy reactor: Mailbox<ProcessReactor.Command>
) {
    while true {
        newChildren.wait()
        for handle in newChildren.takeAll() {
            guard !handle.isCancelled else {
                handle.fail(handle.cancellation)
                continue
            }
            do throws(ProcessError) {
                reactor.post(.adopt(try start(handle)))
            } catch {
                handle.fail(error)
            }
        }
    }
}

/// Makes the child's pipes and starts its program.
private func start(_ handle: ChildHandle) throws(ProcessError) -> NewChild {
    guard let (ours, theirs) = makePipes(for: handle) else {
        throw ProcessError(.spawnFailed, "no pipes for '\(handle.command.executable)': \(lastSystemError())")
    }
    let started = ContinuousClock.now
    return NewChild(handle: handle, process: try spawn(handle.command, theirs), pipes: ours, started: started)
}
