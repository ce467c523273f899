import Evaluation
import Storage

/// Brings indexes up to date behind the pages' backs.
final class IndexKeeper: Sendable {
    private let wishes: AsyncStream<ShelvedRun>
    private let wish: AsyncStream<ShelvedRun>.Continuation

    init() {
        // Whoever still waits asks again with the next page.
        (wishes, wish) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(256))
    }

    /// Asks for a run's index.
    func wake(_ run: ShelvedRun) { wish.yield(run) }

    /// Works until the task is cancelled.
    func work() async {
        for await run in wishes where run.claim() {
            // A run that cannot be read says so on its page, where the same error comes up.
            try? await Self.bringUpToDate(run)
            run.release()
        }
    }

    private static func bringUpToDate(_ run: ShelvedRun) async throws {
        let index = try run.index()
        while !Task.isCancelled {
            if try await index.advance(episodes: 500).isCurrent { return }
        }
    }
}
