import CProcesses
import Glibc

/// The reactor's thread: obeys commands, moves bytes, fires timers, reaps.
///
/// Not Sendable: made and used on that thread.
final class ReactorLoop {
    /// Which of a child's descriptors an event is about; in the low bits of the event's token.
    enum Stream: UInt64 {
        case input, output, error, exit
    }

    private static let wakeUpToken = UInt64.max
    private static let longestWait = Duration.seconds(60)

    private let commands: Mailbox<ProcessReactor.Command>
    private let poll: Descriptor
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    private var children: [UInt64: RunningChild] = [:]
    private var keys: [ObjectIdentifier: UInt64] = [:]
    private var nextKey: UInt64 = 0
    /// When the children's timers have to be looked at; nil while none has one.
    private var nextTimer: ContinuousClock.Instant?

    /// Nil when there are no descriptors left.
    init?(_ commands: Mailbox<ProcessReactor.Command>) {
        guard let poll = Descriptor(owning: epoll_create1(Int32(EPOLL_CLOEXEC))) else { return nil }
        self.commands = commands
        self.poll = poll
    }

    deinit { buffer.deallocate() }

    /// Never returns.
    func run() {
        var events = [epoll_event](repeating: epoll_event(), count: 128)
        watch(commands.wakeUp, EPOLLIN, token: Self.wakeUpToken)
        while true {
            for command in commands.takeAll() { obey(command) }
            let wait = fireTimers()
            let count = Int(epoll_wait(poll.number, &events, Int32(events.count), wait))
            for event in events.prefix(max(0, count)) { handle(event.data.u64) }
        }
    }

    private func obey(_ command: ProcessReactor.Command) {
        switch command {
        case .adopt(let new): adopt(new)
        case .terminate(let handle, let reason):
            guard let child = child(of: handle) else { return }
            child.end(because: reason)
            noteTimer(of: child)
        case .write(let handle, let bytes, let outcome):
            guard let child = child(of: handle), let input = child.input else {
                outcome.keep(.failure(ProcessError(.inputClosed, "'\(handle.command.executable)' reads no more")))
                return
            }
            input.enqueue(bytes, outcome)
            writeInput(of: child)
        case .closeInput(let handle):
            guard let child = child(of: handle), let input = child.input else { return }
            input.closeWhenEmpty()
            writeInput(of: child)
        case .resumeOutput(let handle):
            guard let child = child(of: handle), !child.output.hasEnded, !child.output.isWatched else { return }
            watch(child.output, .output, of: child)
        }
    }

    private func child(of handle: ChildHandle) -> RunningChild? {
        keys[ObjectIdentifier(handle)].flatMap { children[$0] }
    }

    private func adopt(_ new: NewChild) {
        let child = RunningChild(new, key: nextKey)
        nextKey += 1
        children[child.key] = child
        keys[ObjectIdentifier(child.handle)] = child.key
        if let exit = child.process.exitDescriptor { watch(exit, EPOLLIN, token: token(.exit, child)) }
        watch(child.output, .output, of: child)
        if let error = child.error { watch(error, .error, of: child) }
        // A cancel that came while the program was being started found nobody to end.
        if child.handle.isCancelled { child.end(because: .cancelled) }
        noteTimer(of: child)
        writeInput(of: child)
        child.handle.started.keep(.success(child.process.identifier))
    }

    // Events.

    private func handle(_ token: UInt64) {
        guard token != Self.wakeUpToken else {
            // Does not block: it is readable.
            commands.wait()
            return
        }
        // An earlier event of the same batch may have been the child's last.
        guard let child = children[token >> 2], let stream = Stream(rawValue: token & 3) else { return }
        switch stream {
        case .input: writeInput(of: child)
        case .output: read(child.output, of: child)
        case .error: if let error = child.error { read(error, of: child) }
        case .exit: if child.hasEnded { conclude(child) }
        }
    }

    private func read(_ stream: ChildOutput, of child: RunningChild) {
        switch stream.readSome(into: buffer) {
        case .more: break
        case .paused: unwatch(stream)
        case .ended:
            unwatch(stream)
            stream.finish()
        case .overLimit:
            unwatch(stream)
            child.end(because: .outputLimit)
        }
    }

    private func writeInput(of child: RunningChild) {
        guard let input = child.input else { return }
        switch input.writeSome() {
        case .blocked:
            if !input.isWatched { watch(input.descriptor, EPOLLOUT, token: token(.input, child)) }
            input.isWatched = true
        case .idle:
            unwatch(input)
        case .closed:
            unwatch(input)
            child.input = nil
        }
    }

    /// Takes what an ended child left, kills what is left of its group, and reports.
    private func conclude(_ child: RunningChild) {
        for stream in [child.output, child.error].compactMap(\.self) where !stream.hasEnded {
            if case .overLimit = stream.drain(into: buffer) { child.end(because: .outputLimit) }
            unwatch(stream)
        }
        child.signalGroup(SIGKILL)
        if let exit = child.process.exitDescriptor { unwatch(exit) }
        if let input = child.input {
            unwatch(input)
            input.failAll()
        }
        children[child.key] = nil
        keys[ObjectIdentifier(child.handle)] = nil
        let outcome = child.reap()
        child.output.finish()
        child.handle.outcome.keep(outcome)
    }

    // Timers.

    private func noteTimer(of child: RunningChild) {
        guard let due = child.nextTimer else { return }
        nextTimer = nextTimer.map { min($0, due) } ?? due
    }

    /// Does what is due and returns how many milliseconds the loop may sleep.
    private func fireTimers() -> Int32 {
        let now = ContinuousClock.now
        if let timer = nextTimer, timer <= now {
            nextTimer = nil
            for child in children.values {
                child.fireTimers(now: now)
                if child.process.exitDescriptor == nil, child.hasEnded {
                    conclude(child)
                } else {
                    noteTimer(of: child)
                }
            }
        }
        let wait = nextTimer.map { min($0 - now, Self.longestWait) } ?? Self.longestWait
        let (seconds, attoseconds) = max(.zero, wait).components
        // Rounded up: woken too early the loop would only look again.
        return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    // The poll.

    private func token(_ stream: Stream, _ child: RunningChild) -> UInt64 {
        child.key << 2 | stream.rawValue
    }

    private func watch(_ stream: ChildOutput, _ kind: Stream, of child: RunningChild) {
        watch(stream.descriptor, EPOLLIN, token: token(kind, child))
        stream.isWatched = true
    }

    private func watch(_ descriptor: Descriptor, _ events: EPOLL_EVENTS, token: UInt64) {
        var event = epoll_event()
        event.events = events.rawValue
        event.data.u64 = token
        epoll_ctl(poll.number, EPOLL_CTL_ADD, descriptor.number, &event)
    }

    private func unwatch(_ stream: ChildOutput) {
        if stream.isWatched { unwatch(stream.descriptor) }
        stream.isWatched = false
    }

    private func unwatch(_ input: ChildInput) {
        if input.isWatched { unwatch(input.descriptor) }
        input.isWatched = false
    }

    /// Closing would not do: a child of someone else's that was just forked may still share the pipe.
    private func unwatch(_ descriptor: Descriptor) {
        epoll_ctl(poll.number, EPOLL_CTL_DEL, descriptor.number, nil)
    }
}
