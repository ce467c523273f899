import Evaluation
import GRDB
import Glibc
import JSON
import Storage
import Testing

@Suite("What people say about episodes")
struct AnnotationTests {
    let temporary: TemporaryDirectory
    private let id = EpisodeID(task: "t", sample: "s", trial: 0)

    init() throws { temporary = try TemporaryDirectory() }

    private var path: String { "\(temporary.path)/run.sqlite" }

    private func writer(_ record: EpisodeRecord = scored()) async throws -> JournalWriter {
        let writer = try await JournalWriter.create(at: path, run: .example)
        try await writer.commit(record, at: EpisodePosition(task: 0, sample: 0))
        return writer
    }

    private static func scored() -> EpisodeRecord {
        var record = EpisodeRecord.example()
        record.scores = [
            Score(metric: "reward", values: ["reward": 0]),
            Score(metric: "parts", values: ["db": 1, "talk": 0.5]),
        ]
        return record
    }

    private func verdict(_ text: String, at time: Double, by author: String = "ada") throws -> Annotation {
        .verdict(try Amendment(text, of: Self.scored()), of: id, by: author, because: "the tool was down", at: time)
    }

    @Test func theLastWordHoldsAndNothingIsLost() async throws {
        let writer = try await writer()
        try await writer.close()
        let journal = try Journal.open(path)
        try journal.annotate(.tag("flaky", of: id, by: "ada", at: 1))
        try journal.annotate(.tag("odd", of: id, by: "bob", at: 2))
        try journal.annotate(.untag("flaky", of: id, by: "bob", because: "looked again", at: 3))
        try journal.annotate(.note("see the third call", of: id, by: "ada", at: 4))
        try journal.annotate(try verdict("reward=1", at: 5))
        try journal.annotate(try verdict("reward=0.5", at: 6, by: "bob"))
        let all = try journal.annotations(for: id)
        #expect(all.map(\.kind) == [.tag, .tag, .untag, .note, .verdict, .verdict])
        #expect(all.map(\.author) == ["ada", "bob", "bob", "ada", "ada", "bob"])
        let holding = EpisodeAnnotations(all)
        #expect(holding.tags == ["odd"])
        #expect(holding.notes.map(\.text) == ["see the third call"])
        #expect(holding.verdicts.map(\.author) == ["bob"])
        let amended = holding.amended(Self.scored())
        #expect(amended.scores[0].values == ["reward": 0.5])
        #expect(amended.scores[1].values == ["db": 1, "talk": 0.5])
        #expect(amended.scores[0].explanation == "corrected by bob: the tool was down")
        #expect(try journal.episode(id)?.record.scores[0].values == ["reward": 0])
    }

    @Test func anEpisodeCanBeSetAsideAndTakenBack() throws {
        let aside = EpisodeAnnotations([try verdict("parts.talk=1", at: 1), try verdict("unscorable", at: 2)])
        #expect(aside.amended(Self.scored()).outcome == .unscorable(reason: "set aside by ada: the tool was down"))
        let back = EpisodeAnnotations([try verdict("unscorable", at: 1), try verdict("original", at: 2)])
        #expect(!back.isAmended)
        let again = EpisodeAnnotations([try verdict("unscorable", at: 1), try verdict("pass", at: 2)])
        #expect(again.amended(Self.scored()).scores[0].values == ["reward": 1])
    }

    @Test(arguments: [
        ("rewar=1", "did you mean 'reward'?"), ("parts=1", "parts.db, parts.talk"), ("reward", "METRIC=NUMBER"),
        ("reward=nan", "METRIC=NUMBER"), ("parts.tak=1", "did you mean 'parts.talk'?"),
    ])
    func aVerdictThatSaysNothingIsExplained(text: String, hint: String) {
        let error = #expect(throws: EvaluationError.self) { try Amendment(text, of: Self.scored()) }
        #expect(error?.advice?.contains(hint) == true)
        #expect(error?.cause == .configuration)
    }

    @Test func whatErroredHasNoVerdictToCorrect() {
        let failure = EvaluationError(.providerFailed, "down", cause: .provider)
        let error = #expect(throws: EvaluationError.self) {
            try Amendment("pass", of: .example(outcome: .errored(failure)))
        }
        #expect(error?.message.contains("errored") == true)
    }

    @Test func annotatingWorksWhileTheRunIsWritten() async throws {
        let writer = try await writer()
        let journal = try Journal.open(path)
        for number in 0..<20 {
            async let commit: Void = writer.commit(
                .example(sample: "n\(number)"), at: EpisodePosition(task: 0, sample: number + 1))
            try journal.annotate(.tag("tag \(number)", of: id, by: "ada", at: Double(number)))
            try await commit
        }
        #expect(try journal.annotations(for: id).count == 20)
        try await writer.close()
        #expect(try Journal.open(path).annotations(for: id).count == 20)
    }

    @Test func anotherAttemptMakesAVerdictOutdatedAndJudgingAgainDoesNot() async throws {
        let writer = try await writer()
        try writer.journal.annotate(try verdict("pass", at: 1))
        let place = EpisodePosition(task: 0, sample: 0)
        try await writer.replace(Self.scored(), at: place, because: "rescoring", now: 2)
        #expect(try writer.journal.annotationsByEpisode()[id]?.isAmended == true)
        try await writer.replace(Self.scored(), at: place, because: "retry", now: 3)
        #expect(try writer.journal.annotations(for: id).map(\.isOutdated) == [true])
        #expect(try writer.journal.annotationsByEpisode()[id]?.isAmended == false)
        try writer.journal.annotate(try verdict("pass", at: 4))
        #expect(try writer.journal.annotationsByEpisode()[id]?.isAmended == true)
        try await writer.close()
    }

    @Test func aMergeKeepsThemOnce() async throws {
        let writer = try await writer()
        try await writer.close()
        try Journal.open(path).annotate(try verdict("pass", at: 1))
        for _ in 0..<2 {
            let directory = try RunDirectory.claim(in: temporary.path, runID: "merged")
            let merge = try JournalMerge(into: directory)
            let own = RunDirectory.hasJournal(directory.path) ? [directory.journalPath] : []
            _ = try merge.add((own + [path]).map { .init(name: $0, path: $0) })
            try merge.finish(MergedRun(metadata: .example, sessions: [], tasks: [], dropped: []))
        }
        let merged = try Journal.open("\(temporary.path)/merged/run.sqlite")
        #expect(try merged.annotations(for: id).count == 1)
        #expect(try merged.annotationsByEpisode()[id]?.isAmended == true)
    }

    @Test func whatIsWrongIsSaid() async throws {
        let writer = try await writer()
        try await writer.close()
        let journal = try Journal.open(path)
        let wrong: [(Annotation, String)] = [
            (.tag("x", of: EpisodeID(task: "t", sample: "s", trial: 7), by: "ada", at: 0), "no episode t:s__trial_7"),
            (.tag(" ", of: id, by: "ada", at: 0), "the tag is empty"),
            (.tag("a\nb", of: id, by: "ada", at: 0), "one line"),
            (.note("x", of: id, by: "", at: 0), "the author is empty"),
            (.note(String(repeating: "x", count: 70_000), of: id, by: "ada", at: 0), "longer than"),
        ]
        for (annotation, text) in wrong {
            let error = #expect(throws: EvaluationError.self) { try journal.annotate(annotation) }
            #expect(error?.message.contains(text) == true)
        }
        #expect(try journal.annotationsByEpisode().isEmpty)
    }

    @Test func anOlderJournalHasNoneAndTakesThem() async throws {
        let writer = try await writer()
        try await writer.close()
        let queue = try DatabaseQueue(path: path)
        // The third step of the schema brought the table; those after it are undone too.
        try await queue.write { database in
            let known = ["run", "session", "task", "dropped_record", "episode", "earlier_episode", "shard"]
            let tables = try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
            for table in tables where !known.contains(table) { try database.execute(sql: "DROP TABLE \"\(table)\"") }
            try database.execute(sql: "PRAGMA user_version = 2")
        }
        try queue.close()
        let journal = try Journal.open(path)
        #expect(try journal.annotations(for: id).isEmpty)
        try journal.annotate(.tag("late", of: id, by: "ada", at: 1))
        #expect(try journal.annotationsByEpisode()[id]?.tags == ["late"])
    }
}
