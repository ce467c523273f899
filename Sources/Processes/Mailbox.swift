import CProcesses
import Glibc
import Threads

/// Messages posted by any thread and taken in order by the one thread that owns it.
final class Mailbox<Message: Sendable>: Sendable {
    // Protects the messages that have not been taken.
    private let messages = Lock<[Message]>([])
    /// Becomes readable when there are messages.
    let wakeUp: Descriptor

    /// Nil when there are no descriptors left.
    init?() {
        guard let wakeUp = Descriptor(owning: eventfd(0, Int32(EFD_CLOEXEC))) else { return nil }
        self.wakeUp = wakeUp
    }

    func post(_ message: Message) {
        let isFirst = messages.withLock { messages in
            messages.append(message)
            return messages.count == 1
        }
        // With messages already there the owner has been woken and has not looked yet.
        if isFirst { eventfd_write(wakeUp.number, 1) }
    }

    /// Takes what has been posted; does not wait.
    func takeAll() -> [Message] {
        messages.withLock { messages in
            let taken = messages
            messages = []
            return taken
        }
    }

    /// Waits until something has been posted since the last call.
    func wait() {
        var count: UInt64 = 0
        eventfd_read(wakeUp.number, &count)
    }
}
