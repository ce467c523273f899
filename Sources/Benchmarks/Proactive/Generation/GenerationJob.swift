import Evaluation
import JSON

/// Generates the trajectories of many states into a file that grows by whole lines, in the order of the states.
public struct GenerationJob: Sendable {
    /// What came of it.
    public struct Outcome: Sendable, Hashable {
        /// How many meetings of a state with a user there were.
        public var meetings = 0
        /// How many lines were written.
        public var lines = 0
        /// The mainlines by action.
        public var mainlines: [ProactiveAction: Int] = [:]
        /// How many dialogues came to their end with the task done.
        public var completed = 0
    }

    /// The generator.
    public var generator: TrajectoryGenerator
    /// How many states are worked on at a time.
    public var concurrency: Int

    /// Makes a job.
    public init(generator: TrajectoryGenerator, concurrency: Int = 4) {
        self.generator = generator
        self.concurrency = max(1, concurrency)
    }

    /// Generates and writes; `progress` is told after each state.
    ///
    /// What is written stays when a later state fails or the process is killed. Throws what the generator throws.
    public func run(
        _ meetings: [StateSource.Meeting], to path: String, progress: @Sendable (Outcome) -> Void = { _ in }
    ) async throws -> Outcome {
        let output = try LineOutput(path)
        var outcome = Outcome()
        let generator = generator
        try await meetings.streamed(atOnce: concurrency) { meeting in
            try await generator.trajectories(for: meeting.state, as: meeting.persona)
        } deliver: { lines in
            try output.write(lines.map(\.json))
            outcome.meetings += 1
            outcome.lines += lines.count
            if let first = lines.first(where: \.isMainline) { outcome.mainlines[first.action, default: 0] += 1 }
            if lines.contains(where: { $0.taskCompleted == true }) { outcome.completed += 1 }
            progress(outcome)
        }
        return outcome
    }
}
