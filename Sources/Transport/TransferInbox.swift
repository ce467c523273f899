import CCurl

/// The way into the loop thread: commands posted by any thread, taken by the loop in order.
// The multi handle belongs to the loop thread. Other threads use it for `curl_multi_wakeup` only, the one call that libcurl allows
// them, and only under the lock while `isOpen` is true: the loop closes the inbox before it frees the handle.
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

    /// Protects the list of commands and whether the multi handle is alive.
    private let state = Lock(State())
    nonisolated(unsafe) let multi: UnsafeMutableRawPointer

    init(multi: UnsafeMutableRawPointer) {
        self.multi = multi
    }

    /// Hands a command to the loop, or returns false if the loop has ended.
    @discardableResult
    func post(_ command: Command) -> Bool {
        state.withLock { state in
            guard state.isOpen else { return false }
            state.commands.append(command)
            // With commands already there the loop has been woken and has not looked yet.
            if state.commands.count == 1 { curl_multi_wakeup(multi) }
            return true
        }
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
