import Glibc

/// Starts a thread that runs the body and ends with it; false if the system refuses.
///
/// All signals are blocked in it: handlers run on the program's own threads, and writing where nobody
/// reads any more yields an error and no SIGPIPE.
public func startThread(_ body: sending @escaping () -> Void) -> Bool {
    let context = Unmanaged.passRetained(ThreadBody(body))
    var all = sigset_t()
    var previous = sigset_t()
    sigfillset(&all)
    // A new thread inherits the mask, so it is never without it.
    pthread_sigmask(SIG_BLOCK, &all, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    var thread = pthread_t()
    let result = pthread_create(
        &thread, nil,
        { context in
            if let context { Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run() }
            return nil
        }, context.toOpaque())
    guard result == 0 else {
        context.release()
        return false
    }
    pthread_detach(thread)
    return true
}

private final class ThreadBody {
    let run: () -> Void

    init(_ run: @escaping () -> Void) {
        self.run = run
    }
}
