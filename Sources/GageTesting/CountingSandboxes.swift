public import Evaluation
import Synchronization

/// A sandbox runtime that counts what is started and stopped, and how many live at once.
public final class CountingSandboxes: SandboxRuntime {
    /// What was counted.
    public struct Counts: Sendable, Hashable {
        /// Sandboxes started.
        public var started = 0
        /// Sandboxes stopped.
        public var stopped = 0
        /// The largest number alive at once.
        public var most = 0

        /// The number alive now.
        public var alive: Int { started - stopped }
    }

    /// Protects the counts and the requests.
    private let state = Mutex((counts: Counts(), requests: [SandboxRequest]()))
    private let onStart: @Sendable (SandboxRequest) async throws -> Void

    /// Makes a runtime; the closure may delay or fail a start.
    public init(onStart: @escaping @Sendable (SandboxRequest) async throws -> Void = { _ in }) {
        self.onStart = onStart
    }

    /// What was counted so far.
    public var counts: Counts { state.withLock { $0.counts } }

    /// What sandboxes were started for.
    public var requests: [SandboxRequest] { state.withLock { $0.requests } }

    /// Starts a sandbox.
    public func start(_ request: SandboxRequest) async throws -> any Sandbox {
        try await onStart(request)
        let number = state.withLock { state in
            state.requests.append(request)
            state.counts.started += 1
            state.counts.most = max(state.counts.most, state.counts.alive)
            return state.counts.started
        }
        return CountedSandbox(identifier: "sandbox-\(number)") { self.state.withLock { $0.counts.stopped += 1 } }
    }
}

/// A sandbox of ``CountingSandboxes``.
public final class CountedSandbox: Sandbox {
    /// Its name.
    public let identifier: String
    private let onStop: @Sendable () -> Void
    /// Whether it was stopped.
    private let hasStopped = Atomic(false)

    init(identifier: String, onStop: @escaping @Sendable () -> Void) {
        self.identifier = identifier
        self.onStop = onStop
    }

    /// Whether it was not stopped yet.
    public func isAlive() async -> Bool { !hasStopped.load(ordering: .acquiring) }

    /// Stops it; a second time does nothing.
    public func stop() async {
        if !hasStopped.exchange(true, ordering: .acquiringAndReleasing) { onStop() }
    }
}
