import CCurl
import Glibc
import Threads

/// The way into the loop thread: commands posted by any thread, taken by the loop in order.
final class TransferInbox: Sendable {
    enum Command: Sendable {
        case start(TransferTicket, TransferSink)
        case cancel(TransferTicket)
        case resume(TransferTicket)
        case stop(CheckedContinuation<Void, Never>?)
    }

    private struct State {
        var commands: [Command] = []
        var isOpen = true
    }

    // Protects the list of commands and whether the loop still takes them.
    private let state = Lock(State())
    /// Becomes readable when there are commands.
    let wakeUp: Int32

    /// Nil when there are no descriptors left.
    init?() {
        wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard wakeUp >= 0 else { return nil }
    }

    deinit {
        if wakeUp >= 0 { Glibc.close(wakeUp) }
    }

    /// Hands a command to the loop, or returns false if the loop has ended.
    @discardableResult
    func post(_ command: Command) -> Bool {
        let (isTaken, isFirst) = state.withLock { state in
            guard state.isOpen else { return (false, false) }
            state.commands.append(command)
            return (true, state.commands.count == 1)
        }
        // With commands already there the loop has been woken and has not looked yet.
        if isFirst { eventfd_write(wakeUp, 1) }
        return isTaken
    }

    func cancel(_ ticket: TransferTicket) {
        ticket.markCancelled()
        post(.cancel(ticket))
    }

    func takeAll() -> [Command] {
        state.withLock { state in
            let commands = state.commands
            state.commands = []
            return commands
        }
    }

    /// Refuses commands from now on and returns those that came too late.
    func close() -> [Command] {
        state.withLock { state in
            state.isOpen = false
            let commands = state.commands
            state.commands = []
            return commands
        }
    }
}
