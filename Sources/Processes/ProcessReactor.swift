import CProcesses
import Glibc

/// The way into the one thread that starts, feeds, reads, times and reaps all children.
///
/// There is one for the program, started when the first child is: the table of children is the operating system's and one for the
/// program too, and a child that is to die with its parent dies with the thread that started it, which must therefore never end.
final class ProcessReactor: Sendable {
    enum Command: Sendable {
        case start(ChildHandle)
        case terminate(ChildHandle, Reason)
        case write(ChildHandle, [UInt8], WriteOutcome)
        case closeInput(ChildHandle)
        case resumeOutput(ChildHandle)
    }

    /// Why a child is ended.
    enum Reason: Sendable {
        case asked, cancelled, deadline, outputLimit
    }

    /// Nil when the system refuses a thread or the descriptors that it needs.
    static let shared: ProcessReactor? = start()

    // Protects the list of commands.
    private let commands = Lock<[Command]>([])
    private let wakeUp: Descriptor

    private init(wakeUp: Descriptor) {
        self.wakeUp = wakeUp
    }

    private static func start() -> ProcessReactor? {
        guard let wakeUp = Descriptor(owning: eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))),
            let poll = Descriptor(owning: epoll_create1(Int32(EPOLL_CLOEXEC)))
        else { return nil }
        let reactor = ProcessReactor(wakeUp: wakeUp)
        guard startThread({ ReactorLoop(reactor, poll: poll, wakeUp: wakeUp).run() }) else { return nil }
        return reactor
    }

    func post(_ command: Command) {
        let wasEmpty = commands.withLock { commands in
            commands.append(command)
            return commands.count == 1
        }
        // With commands already there the loop has been woken and has not looked yet.
        if wasEmpty { eventfd_write(wakeUp.number, 1) }
    }

    func cancel(_ child: ChildHandle) {
        child.markCancelled()
        post(.terminate(child, .cancelled))
    }

    func takeAll() -> [Command] {
        commands.withLock { commands in
            let taken = commands
            commands = []
            return taken
        }
    }
}
