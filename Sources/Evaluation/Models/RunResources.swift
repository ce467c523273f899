import Synchronization

/// Something that a model holds for the whole run, such as a server that it started.
public protocol RunResource: Sendable {
    /// Makes it ready to be used; returns at once where it is.
    ///
    /// Throws ``EvaluationError`` when it cannot be.
    func prepare() async throws

    /// Gives it back; nothing of it is left when this returns.
    func stop() async
}

/// Where a run leaves its files and says what happens, for what models hold during it.
public struct RunSurroundings: Sendable {
    /// The run's directory.
    public var artifacts: any ArtifactStore
    /// The run's events.
    public var events: any EventSink

    /// Names a run's places.
    public init(artifacts: any ArtifactStore, events: any EventSink) {
        self.artifacts = artifacts
        self.events = events
    }
}

/// What the models of a run hold between its beginning and its end.
///
/// A model factory that starts something adds it here and starts it no earlier than it is asked for, while
/// ``surroundings`` are there; the run stops everything when it ends, however it ends.
public final class RunResources: Sendable {
    /// Protects what is held, and whether a run goes on.
    private let state = Mutex<(held: [any RunResource], surroundings: RunSurroundings?)>(([], nil))

    /// Nothing held, and no run.
    public init() {}

    /// The run that goes on; nil before and after.
    public var surroundings: RunSurroundings? { state.withLock(\.surroundings) }

    /// Holds something until the end of the run.
    public func add(_ resource: any RunResource) { state.withLock { $0.held.append(resource) } }

    /// A run begins.
    public func begin(_ surroundings: RunSurroundings) { state.withLock { $0.surroundings = surroundings } }

    /// Makes everything ready that is held.
    ///
    /// Throws the first ``EvaluationError`` of something that cannot be.
    public func prepare() async throws {
        let held = state.withLock(\.held)
        guard !held.isEmpty else { return }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for resource in held { group.addTask { try await resource.prepare() } }
            try await group.waitForAll()
        }
    }

    /// The run has ended: stops everything, and returns when it is gone.
    public func end() async {
        let held = state.withLock { state in
            state.surroundings = nil
            return state.held
        }
        await withTaskGroup(of: Void.self) { group in
            for resource in held { group.addTask { await resource.stop() } }
        }
    }
}
