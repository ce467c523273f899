import Evaluation
import JSON

/// What is told of one run, kept for everyone who listens, however late or slowly.
///
/// Listeners ask for what is new since they last asked. Every score is kept until the run is forgotten; of the progress only
/// the latest.
final class RunFeed: Sendable {
    /// How far a listener has read.
    struct Cursor: Sendable, Hashable {
        var rows = 0
        var progress = 0
    }

    /// What is new for a listener.
    struct Batch: Sendable {
        var rows: [ScoreRow]
        /// How the run stands, where that changed.
        var progress: JSONObject?
        /// How the run ended; nil while it goes on.
        var ending: RunEnding?
        /// Where to read on.
        var cursor: Cursor
    }

    private struct State: Sendable {
        var rows: [ScoreRow] = []
        var progress: JSONObject = [:]
        var progressNumber = 0
        var ending: RunEnding?

        func isNewer(than cursor: Cursor) -> Bool {
            rows.count > cursor.rows || progressNumber > cursor.progress || ending != nil
        }
    }

    private let state = Watched(State())

    /// Tells something to everyone.
    func tell(_ news: RunNews) {
        state.change { state in
            switch news {
            case .scored(let row): state.rows.append(row)
            case .progress(let progress):
                state.progress = progress
                state.progressNumber += 1
            }
        }
    }

    /// Tells that the run ended; only the first ending counts.
    func end(_ ending: RunEnding) {
        state.change { state in
            if state.ending == nil { state.ending = ending }
        }
    }

    /// How the run ended; nil while it goes on.
    var ending: RunEnding? { state.read(\.ending) }

    /// What is new since `cursor`, as soon as there is anything; also when the run is over.
    ///
    /// Throws `CancellationError` when the caller is cancelled meanwhile.
    func next(after cursor: Cursor) async throws -> Batch {
        while true {
            try Task.checkCancellation()
            if let batch = batch(after: cursor) { return batch }
            await state.wait { $0.isNewer(than: cursor) }
        }
    }

    /// Waits for the run's end.
    func waitForEnd() async throws -> RunEnding {
        var cursor = Cursor()
        while true {
            let batch = try await next(after: cursor)
            if let ending = batch.ending { return ending }
            cursor = batch.cursor
        }
    }

    private func batch(after cursor: Cursor) -> Batch? {
        state.read { state in
            guard state.isNewer(than: cursor) else { return nil }
            return Batch(
                rows: Array(state.rows.dropFirst(cursor.rows)),
                progress: state.progressNumber > cursor.progress ? state.progress : nil, ending: state.ending,
                cursor: Cursor(rows: max(cursor.rows, state.rows.count), progress: state.progressNumber))
        }
    }
}
