import Evaluation
import Glibc
import Storage
import Testing

@Suite("Indexes of runs")
struct RunIndexTests {
    private static let failure = EvaluationError(.providerTimeout, "no answer came", cause: .provider)

    /// A run with a little of everything.
    private static func run() async throws -> IndexedRun {
        let run = try await IndexedRun()
        try await run.commit([
            .spoken("s0", "I refund the Fern at once", tools: ["get_user", "refund"], duration: 3),
            .spoken("s1", "No refunds; ask \"again\" * OR 1", score: 0.5, duration: 90),
            .spoken("s2", "", outcome: .errored(failure), duration: 0.5),
            .spoken("s3", "können Sie 我要退款 bitte", trial: 1, outcome: .unscorable(reason: "a broken instance")),
            .spoken("s4", "another task's words", score: 0, task: "second"),
        ])
        return run
    }

    @Test(
        "filters find what they ask for",
        arguments: [
            ("failed", "s1 s2 s4"), ("not failed", "s0 s3"), ("outcome = errored", "s2"),
            ("outcome != errored", "s0 s1 s3 s4"),
            ("cause = provider", "s2"), ("cause != model", "s2"), ("not cause = model", "s0 s1 s2 s3 s4"),
            ("error = provider.timeout", "s2"), ("score(acc) < 1", "s1 s4"), ("not score(acc) < 1", "s0 s2 s3"),
            ("score(acc.acc) = 0.5", "s1"), ("score(acc.extra) = 0.5", "s0 s1 s4"), ("has(score(acc))", "s0 s1 s4"),
            ("turns >= 1", "s0 s1 s2 s3 s4"), ("trial = 1", "s3"), ("trial in (1, 2)", "s3"), ("time > 1m", "s1"),
            ("time < 2s and time > 600ms", "s3 s4"), ("tool = refund", "s0"), ("tool ~ USER", "s0"),
            ("tool != refund", "s1 s2 s3 s4"), ("has(tool)", "s0"), ("tool_calls = 2", "s0"), ("sample ~ S4", "s4"),
            ("sample in (s0, \"s3\")", "s0 s3"), ("task = second", "s4"), ("domain = retail", "s0 s1 s2 s3 s4"),
            ("tokens = 110 and cost = 0.25", "s0 s1 s2 s3 s4"), ("tokens > 1k", ""), ("has(tag)", ""),
            ("text ~ refund", "s0"), ("text ~ \"refund*\"", "s0 s1"), ("text ~ \"refund the fern\"", "s0"),
            ("text ~ \"fern refund\"", ""), ("text !~ refund and not failed", "s3"), ("text ~ 退款", "s3"),
            ("text ~ \"broken instance\"", "s3"), ("text ~ kONNEN", "s3"), ("text ~ \"argument of get_user\"", "s0"),
            ("failed and (time > 1m or task = second)", "s1 s4"),
            ("termination = user_stop and attempts = 1 and revision = 1", "s0 s1 s2 s3 s4"),
            ("score(acc) != 1", "s1 s4"), ("messages > 1 and tool_errors = 0", "s0 s1 s2 s3 s4"),
        ])
    func filters(_ expression: String, _ expected: String) async throws {
        let run = try await Self.run()
        defer { withExtendedLifetime(run) {} }
        let index = try await run.index()
        let query = EpisodeQuery(filter: try EpisodeFilter(expression))
        let found = try await index.identifiers(query).map(\.sample).joined(separator: " ")
        #expect(found == expected)
        #expect(try await index.count(query) == expected.split(separator: " ").count)
    }

    @Test(
        "what looks like SQL or like FTS5's own language is only text",
        arguments: [
            "sample = \"x' OR 1=1 --\"", "sample ~ \"%' ; DROP TABLE item; --\"",
            "text ~ \"a\\\" OR body MATCH \\\"b\"",
            "text ~ \"content:refund\"", "text ~ \"x NEAR(refund)\"", "tag = \"'; DELETE FROM item; --\"",
            "text ~ \"refund NOT fern ^ -\"", "tool ~ \"_%\"", "score(\"acc') OR 1=1 --\") < 1", "sample = \"\u{0}\"",
        ])
    func hostile(_ expression: String) async throws {
        let run = try await Self.run()
        defer { withExtendedLifetime(run) {} }
        let index = try await run.index()
        do {
            let found = try await index.identifiers(EpisodeQuery(filter: try EpisodeFilter(expression)))
            #expect(found.isEmpty)
        } catch let error as FilterError {
            #expect(error.message.contains("no score"))
        }
        #expect(try await index.count(EpisodeQuery()) == 5)
    }

    @Test(
        "the search box finds episodes that have all words",
        arguments: [
            ("refund", "s0"), ("refund fern", "s0"), ("\"the fern\" refund", "s0"), ("\"fern the\"", ""),
            ("refund*", "s0 s1"),
            ("AND OR NOT", ""), ("\"", ""), ("***", ""), ("退款", "s3"), ("'); --", ""), ("again*", "s1"),
        ])
    func searches(_ words: String, _ expected: String) async throws {
        let run = try await Self.run()
        defer { withExtendedLifetime(run) {} }
        let index = try await run.index()
        let query = EpisodeQuery(search: words)
        let found = try await index.identifiers(query).map(\.sample).joined(separator: " ")
        // A search that has no word to search for is no search only where nothing was typed.
        #expect(found == expected)
    }

    @Test("a metric that the run does not have is an error with its place and the near miss")
    func unknownScore() async throws {
        let run = try await Self.run()
        defer { withExtendedLifetime(run) {} }
        let index = try await run.index()
        let query = EpisodeQuery(filter: try EpisodeFilter("failed and score(ac) < 1"))
        let error = await #expect(throws: FilterError.self) { try await index.count(query) }
        #expect(error?.offset == 17)
        #expect(error?.advice == "did you mean 'acc'?")
    }

    @Test("what is new in the journal comes into the index step by step, also while it is written")
    func incremental() async throws {
        let run = try await IndexedRun()
        let index = try run.open()
        #expect(try await index.advance() == IndexProgress(indexed: 0, total: 0, isCurrent: true, generation: 1))
        try await run.commit((0..<5).map { .spoken("s\($0)") })
        #expect(
            try await index.advance(episodes: 2) == IndexProgress(indexed: 2, total: 5, isCurrent: false, generation: 2)
        )
        #expect(try await index.bringUpToDate().indexed == 5)
        let generation = index.progress.generation
        #expect(try await index.advance().generation == generation)
        try await run.commit([.spoken("s9", "late words")])
        #expect(try await index.bringUpToDate().indexed == 6)
        #expect(try await index.count(EpisodeQuery(search: "late words")) == 1)
    }

    @Test("an episode that was done again is found as it is now, and no more as it was")
    func replaced() async throws {
        let run = try await Self.run()
        let index = try await run.index()
        #expect(try await index.count(EpisodeQuery(filter: try EpisodeFilter("outcome = errored"))) == 1)
        try await run.writer.replace(
            .spoken("s2", "second thoughts", score: 1), at: EpisodePosition(task: 0, sample: 2), because: "retry",
            now: 5)
        try await run.writer.replace(
            .spoken("s0", "entirely new"), at: EpisodePosition(task: 0, sample: 0), because: "rescoring", now: 6)
        try await index.bringUpToDate()
        #expect(try await index.count(EpisodeQuery(filter: try EpisodeFilter("outcome = errored"))) == 0)
        #expect(try await index.identifiers(EpisodeQuery(search: "thoughts")).map(\.sample) == ["s2"])
        #expect(try await index.count(EpisodeQuery(search: "fern")) == 0)
        #expect(try await index.count(EpisodeQuery(filter: try EpisodeFilter("has(tool)"))) == 0)
        #expect(try await index.count(EpisodeQuery(filter: try EpisodeFilter("revision = 2"))) == 2)
        #expect(try await index.count(EpisodeQuery()) == 5)
    }

    @Test("tags and corrections are found as they stand now")
    func annotations() async throws {
        let run = try await Self.run()
        let index = try await run.index()
        let id = EpisodeID(task: "first", sample: "s0", trial: 0)
        try index.journal.annotate(.tag("to look at", of: id, by: "ada", at: 1))
        try index.journal.annotate(.tag("odd", of: id, by: "ada", at: 2))
        try index.journal.annotate(.untag("odd", of: id, by: "ada", at: 3))
        try index.journal.annotate(
            .verdict(.score(metric: "acc", value: "acc", number: 0), of: id, by: "ada", because: "unasked", at: 4))
        try await index.bringUpToDate()
        for expression in ["tag = \"to look at\"", "tag ~ LOOK", "has(tag)", "amended", "amended and tag != odd"] {
            let query = EpisodeQuery(filter: try EpisodeFilter(expression))
            #expect(try await index.identifiers(query) == [id], "\(expression)")
        }
        #expect(try await index.item(id)?.tags == ["to look at"])
        #expect(try await index.overview().tags == [RunOverview.Count(name: "to look at", count: 1)])
    }

    @Test("an index goes on where it was left, and is made anew for another journal")
    func persistence() async throws {
        let run = try await Self.run()
        _ = try await run.index()
        let again = try run.open()
        #expect(try await again.advance() == IndexProgress(indexed: 5, total: 5, isCurrent: true, generation: 0))

        let other = try await IndexedRun()
        try await other.commit([.spoken("s7", "of another run")])
        try await other.writer.close()
        unlink(run.path + "/run.sqlite")
        unlink(run.path + "/run.sqlite-wal")
        unlink(run.path + "/run.sqlite-shm")
        rename(other.path + "/run.sqlite", run.path + "/run.sqlite")
        try await again.bringUpToDate()
        #expect(try await again.identifiers(EpisodeQuery()).map(\.sample) == ["s7"])
        #expect(try await again.count(EpisodeQuery(search: "refund")) == 0)
    }

    @Test("a damaged index is made anew", arguments: ["", "this is no database, whatever its name says"])
    func damaged(_ content: String) async throws {
        let run = try await Self.run()
        append(content, to: run.path + "/index.sqlite")
        #expect(try await run.index().count(EpisodeQuery()) == 5)
    }

    @Test("an index that lost a table or an index is made anew", arguments: ["TABLE tag", "INDEX item_in_order"])
    func incomplete(_ lost: String) async throws {
        let run = try await Self.run()
        _ = try await run.index()
        try Damage.execute("DROP \(lost)", in: run.path, file: "index.sqlite")
        #expect(try await run.index().overview().tags == [])
        #expect(try await run.index().count(EpisodeQuery()) == 5)
    }

    @Test("two readers of one run can index it at once")
    func together() async throws {
        let run = try await IndexedRun()
        try await run.commit((0..<60).map { .spoken("s\($0)") })
        let indexes = [try run.open(), try run.open()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in indexes {
                group.addTask { while try await !index.advance(episodes: 7).isCurrent {} }
            }
            try await group.waitForAll()
        }
        for index in indexes { #expect(try await index.count(EpisodeQuery(search: "hello")) == 60) }
    }

    @Test("where the run directory cannot hold the index, it lies in the cache directory")
    func readOnly() async throws {
        let run = try await Self.run()
        try await run.writer.close()
        // Stands in the way for everybody, root included, whom permissions do not keep out.
        mkdir(run.path + "/index.sqlite", 0o755)
        let cache = try TemporaryDirectory()
        for _ in 0..<2 {
            let index = try RunIndex.open(runDirectory: run.path, cacheDirectory: cache.path)
            try await index.bringUpToDate()
            #expect(try await index.count(EpisodeQuery()) == 5)
        }
        #expect(TemporaryDirectory.names(in: cache.path + "/index").count { $0.hasSuffix(".sqlite") } == 1)
    }

    @Test("a row of the journal that cannot be read is listed with the reason")
    func unreadableRow() async throws {
        let run = try await Self.run()
        try await run.writer.close()
        try Damage.execute("UPDATE episode SET trajectory = '{\"entries\": [7' WHERE sample_id = 's1'", in: run.path)
        let index = try await run.index()
        let item = try await index.item(EpisodeID(task: "first", sample: "s1", trial: 0))
        #expect(item?.summary?.contains("cannot be read") == true)
        #expect(try await index.count(EpisodeQuery()) == 5)
    }

    @Test("the overview counts by task and how episodes ended")
    func overview() async throws {
        let run = try await Self.run()
        let index = try await run.index()
        let overview = try await index.overview()
        #expect(overview.groups.map(\.task) == ["first", "second"])
        #expect(overview.groups.map(\.total) == [4, 1])
        #expect(overview.total.failed == 3)
        #expect(overview.total.scored == 3)
        #expect(overview.total.unscorable == 1)
        #expect(overview.total.errored == ["provider": 1])
        #expect(overview.inputTokens == 500)
        #expect(overview.cost == 1.25)
        #expect(overview.scores.first { $0.name == "acc" }?.mean == 0.5)
        try await run.commit([.spoken("s8")])
        try await index.bringUpToDate()
        #expect(try await index.overview().total.total == 6)
    }
}
