import Evaluation
import GRDB
import Testing

@testable import Storage

/// Another program that holds the journal's write lock.
@Suite struct JournalLockTests {
    let temporary: TemporaryDirectory
    var path: String { "\(temporary.path)/run.sqlite" }

    init() throws { temporary = try TemporaryDirectory() }

    @Test func allWritesOfABatchGiveUpTogetherAndSayWhatToDo() async throws {
        let pool = try JournalDatabase.openForWriting(path, patience: 0.2)
        let queue = CommitQueue(pool)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let holder = try DatabaseQueue(path: path, configuration: configuration)
        try await holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        let start = ContinuousClock.now
        let failures = await withTaskGroup(of: EvaluationError?.self) { group in
            for _ in 0..<1000 {
                group.addTask {
                    do throws(EvaluationError) {
                        try await queue.submit { try $0.execute(sql: "DELETE FROM session") }
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        // One after another they would take more than three minutes.
        #expect(ContinuousClock.now - start < .seconds(60))
        for failure in failures {
            #expect(failure?.code == .storageFailed)
            #expect(failure?.advice?.contains("another program holds the journal's lock") == true)
        }
        try await holder.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try await queue.submit { try $0.execute(sql: "DELETE FROM session") }
        try pool.close()
    }
}
