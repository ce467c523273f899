import Evaluation
import GRDB
import Synchronization

/// Writes to the journal in transactions that carry everything that waits at that moment.
///
/// The first caller starts a transaction at once; those who come while it runs go into the next one together. So a lone
/// commit waits for nobody, and a thousand at once cost a few transactions. A write that was begun is finished even when
/// its caller's task is cancelled: an episode that ended is kept.
final class CommitQueue: Sendable {
    typealias Operation = @Sendable (Database) throws -> Void

    private struct Waiting {
        let operation: Operation
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var waiting: [Waiting] = []
        var isWriting = false
    }

    private let pool: DatabasePool
    /// Protects what waits for the next transaction.
    private let state = Mutex(State())

    init(_ pool: DatabasePool) { self.pool = pool }

    /// Runs a write in the next transaction and returns once that is committed.
    func submit(_ operation: @escaping Operation) async throws(EvaluationError) {
        do {
            try await withCheckedThrowingContinuation { continuation in
                let starts = state.withLock { state in
                    state.waiting.append(Waiting(operation: operation, continuation: continuation))
                    defer { state.isWriting = true }
                    return !state.isWriting
                }
                if starts { pool.asyncWriteWithoutTransaction { [self] in writeAll(in: $0) } }
            }
        } catch {
            throw JournalDatabase.wrap(error, "cannot write the journal")
        }
    }

    private func writeAll(in database: Database) {
        while let batch = nextBatch() {
            do {
                try Self.transaction(batch, in: database)
                for waiting in batch { waiting.continuation.resume() }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                // Each alone would wait as long as all together have.
                for waiting in batch { waiting.continuation.resume(throwing: error) }
            } catch {
                // One bad write must not take its neighbours along.
                for waiting in batch {
                    let result = Result { try Self.transaction([waiting], in: database) }
                    waiting.continuation.resume(with: result)
                }
            }
        }
    }

    private func nextBatch() -> [Waiting]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isWriting = false
                return nil
            }
            defer { state.waiting = [] }
            return state.waiting
        }
    }

    private static func transaction(_ batch: [Waiting], in database: Database) throws {
        try database.inTransaction(.immediate) {
            for waiting in batch { try waiting.operation(database) }
            return .commit
        }
    }
}
