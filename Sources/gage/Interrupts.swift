import Engine
import Glibc
import Synchronization

/// Turns SIGINT and SIGTERM into requests to a run: the first lets it come to a clean stop, the second stops it at once.
enum Interrupts {
    /// Where the signal handler writes; a handler may touch nothing but an atomic and `write`.
    private static let pipeEnd = Atomic<Int32>(-1)

    /// Starts to listen; a third signal ends the process where it stands.
    ///
    /// `note` is printed at the first signal, in place of what is said of a single run.
    static func forward(to control: RunControl, saying note: String? = nil) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        pipeEnd.store(ends[1], ordering: .sequentiallyConsistent)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in
            var byte: UInt8 = 1
            _ = write(Interrupts.pipeEnd.load(ordering: .sequentiallyConsistent), &byte, 1)
        }
        sigemptyset(&action.sa_mask)
        action.sa_flags = SA_RESTART
        sigaction(SIGINT, &action, nil)
        sigaction(SIGTERM, &action, nil)
        listen(at: ends[0], control, note)
    }

    /// What the listening thread is given.
    private final class Listener: Sendable {
        let descriptor: Int32
        let control: RunControl
        let note: String

        init(descriptor: Int32, control: RunControl, note: String?) {
            self.descriptor = descriptor
            self.control = control
            self.note = note ?? "stopping: what is in flight may finish; once more stops it at once"
        }
    }

    private static func listen(at descriptor: Int32, _ control: RunControl, _ note: String?) {
        let listener = Unmanaged.passRetained(Listener(descriptor: descriptor, control: control, note: note))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let listener = Unmanaged<Listener>.fromOpaque(argument).takeRetainedValue()
                var count = 0
                var byte: UInt8 = 0
                while read(listener.descriptor, &byte, 1) == 1 {
                    count += 1
                    if count >= 3 { _exit(ExitStatus.interrupted.rawValue) }
                    Output.note("\n" + (count == 1 ? listener.note : "stopping at once"))
                    listener.control.interrupt()
                }
                return nil
            }, listener.toOpaque())
        guard status == 0 else { return listener.release() }
        pthread_detach(thread)
    }
}
