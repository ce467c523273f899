import Evaluation
import GRDB
import Glibc
import JSON
import Storage
import Testing

@Suite struct JournalWriterTests {
    let temporary: TemporaryDirectory
    var path: String { "\(temporary.path)/run.sqlite" }

    init() throws { temporary = try TemporaryDirectory() }

    private let place = EpisodePosition(task: 0, sample: 0)

    @Test func manyCommitsAtOnceAreAllThere() async throws {
        let writer = try await JournalWriter.create(at: path, run: .example)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sample in 0..<500 {
                group.addTask {
                    try await writer.commit(
                        .example(sample: "\(sample)"), at: EpisodePosition(task: 0, sample: sample))
                }
            }
            try await group.waitForAll()
        }
        #expect(try writer.journal.outcomes()["t"]?.scored == 500)
        try await writer.close()
    }

    @Test func anEpisodeIsWrittenOnceAndItsNeighboursAreKept() async throws {
        let writer = try await JournalWriter.create(at: path, run: .example)
        try await writer.commit(.example(), at: place)
        let failures = await withTaskGroup(of: Bool.self) { group in
            for sample in 0..<50 {
                group.addTask {
                    let name = sample % 10 == 0 ? "s" : "n\(sample)"
                    do {
                        try await writer.commit(.example(sample: name), at: EpisodePosition(task: 0, sample: sample))
                        return false
                    } catch {
                        #expect("\(error)".contains("is in the journal already"))
                        return true
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failures == 5)
        #expect(try writer.journal.outcomes()["t"]?.total == 46)
        try await writer.close()
    }

    @Test func aCommitInACancelledTaskIsFinished() async throws {
        let writer = try await JournalWriter.create(at: path, run: .example)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await writer.commit(.example(), at: place)
        }
        try await task.value
        #expect(try writer.journal.episode(EpisodeID(task: "t", sample: "s", trial: 0)) != nil)
        try await writer.close()
    }

    @Test func aReplacedEpisodeKeepsItsHistory() async throws {
        let writer = try await JournalWriter.create(at: path, run: .example)
        let error = EvaluationError(.providerTimeout, "late", cause: .provider)
        try await writer.commit(.example(outcome: .errored(error)), at: place)
        try await writer.replace(.example(), at: place, because: "retry", now: 5)
        try await writer.replace(.example(payload: "third"), at: place, because: "rescoring", now: 6)
        try await writer.replace(.example(trial: 1), at: place, because: "retry", now: 7)
        let stored = try #require(try writer.journal.episode(EpisodeID(task: "t", sample: "s", trial: 0)))
        #expect(stored.revision == 3)
        #expect(stored.record.outcome == .scored)
        #expect(stored.record.sample["messages"]?[0]?["content"] == "third")
        #expect(try writer.journal.replacements() == ["retry": 1, "rescoring": 1])
        #expect(try writer.journal.outcomes()["t"]?.total == 2)
        try await writer.close()
        let database = try DatabaseQueue(path: path)
        let kept = try await database.read { database in
            try Row.fetchAll(database, sql: "SELECT outcome, trajectory FROM earlier_episode ORDER BY revision")
                .map { row in "\(row["outcome"] as String) \((row["trajectory"] as String?) == nil)" }
        }
        #expect(kept == ["errored true", "scored true"])
    }

    @Test func finishedTrialsAreFoundBySample() async throws {
        let writer = try await JournalWriter.create(at: path, run: .example)
        let error = EvaluationError(.providerTimeout, "late", cause: .provider)
        try await writer.commit(.example(trial: 0), at: place)
        try await writer.commit(.example(trial: 2, outcome: .errored(error)), at: place)
        try await writer.commit(.example(sample: "other", outcome: .unscorable(reason: "r")), at: place)
        #expect(try writer.journal.finishedTrials(ofSample: "s", task: "t") == [0: false, 2: true])
        #expect(try writer.journal.finishedTrials(ofSample: "s", task: "u").isEmpty)
        let counts = try #require(try writer.journal.outcomes()["t"])
        #expect((counts.scored, counts.unscorable) == (1, 1))
        #expect(counts.errored == ["provider": 1])
        try await writer.close()
    }

    @Test func aClosedJournalIsOneFileThatCanBeReadAnywhere() async throws {
        let writer = try await JournalWriter.create(at: path, run: .example)
        try await writer.commit(.example(), at: place)
        try await writer.close()
        #expect(TemporaryDirectory.names(in: temporary.path) == ["run.sqlite"])
        #expect(try Journal.open(path).outcomes()["t"]?.total == 1)
        let again = try JournalWriter.open(path)
        try await again.commit(.example(trial: 1), at: place)
        #expect(try Journal.open(path).outcomes()["t"]?.total == 2)
        try await again.close()
    }

    @Test func aNewJournalIsNotWrittenOverAnOldOne() async throws {
        let writer = try await JournalWriter.create(at: path, run: .example)
        try await writer.close()
        await #expect(throws: EvaluationError.self) { try await JournalWriter.create(at: path, run: .example) }
        #expect(try Journal.open(path).run().runID == "example")
    }

    @Test func aJournalOfANewerGageIsRefused() async throws {
        let writer = try await JournalWriter.create(at: path, run: .example)
        try await writer.close()
        try await DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA user_version = 99") }
        for open in [{ _ = try Journal.open(path) }, { _ = try JournalWriter.open(path) }] {
            let error = #expect(throws: EvaluationError.self) { try open() }
            #expect(error?.cause == .configuration)
            #expect(error?.message.contains("version 99") == true)
        }
    }

    @Test func otherFilesAreNoJournals() async throws {
        append("this is text, and long enough not to be taken for an empty database\n", to: path)
        #expect(throws: EvaluationError.self) { try Journal.open(path) }
        let other = "\(temporary.path)/other.sqlite"
        try await DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE t (x)") }
        #expect(throws: EvaluationError.self) { try Journal.open(other) }
        #expect(throws: EvaluationError.self) { try JournalWriter.open(other) }
        #expect(throws: EvaluationError.self) { try JournalWriter.open("\(temporary.path)/absent") }
    }

    @Test func aFullDiskIsAnErrorAndLeavesTheJournalWhole() async throws {
        let writer = try await JournalWriter.create(at: path, run: .example)
        try await writer.commit(.example(), at: place)
        // A page limit on the writer's own connection is not to be had from here; a file size limit stands for the disk.
        try await writer.close()
        let small = try DatabaseQueue(path: path)
        try await small.writeWithoutTransaction { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(pages + 1)")
            #expect(throws: DatabaseError.self) {
                try database.execute(
                    sql: "INSERT INTO dropped_record VALUES ('t', ?, 1, '[]')",
                    arguments: [String(repeating: "x", count: 100_000)])
            }
        }
        try small.close()
        #expect(try Journal.open(path).integrityComplaint() == nil)
    }
}
