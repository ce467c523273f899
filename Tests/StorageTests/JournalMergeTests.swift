import Evaluation
import GRDB
import Glibc
import JSON
import Storage
import Testing

@Suite struct JournalMergeTests {
    let temporary: TemporaryDirectory

    init() throws { temporary = try TemporaryDirectory() }

    private let failure = EvaluationError(.providerFailed, "down", cause: .provider)

    /// A journal with these episodes, named by their samples' numbers.
    private func journal(
        _ name: String, _ records: [(place: Int, EpisodeRecord)], replacing: EpisodeRecord? = nil
    ) async throws -> JournalMerge.Source {
        let path = "\(temporary.path)/\(name).sqlite"
        let writer = try await JournalWriter.create(at: path, run: .example)
        for (place, record) in records {
            try await writer.commit(record, at: EpisodePosition(task: 0, sample: place))
        }
        if let replacing {
            try await writer.replace(replacing, at: EpisodePosition(task: 0, sample: 0), because: "retry", now: 5)
        }
        try await writer.close()
        return .init(name: name, path: path)
    }

    private func merged(_ sources: [JournalMerge.Source]) throws -> (MergedEpisodes, Journal) {
        let directory = try RunDirectory.claim(in: temporary.path, runID: "r")
        let merge = try JournalMerge(into: directory)
        let episodes = try merge.add(sources)
        try merge.finish(MergedRun(metadata: .example, sessions: [], tasks: [], dropped: []))
        return (episodes, try Journal.open(directory.journalPath))
    }

    private func images(_ journal: Journal) throws -> [RecordImage] {
        var images: [RecordImage] = []
        try journal.forEachEpisode { images.append(RecordImage($0.record)) }
        return images
    }

    @Test func partsBecomeOneInPlanOrder() async throws {
        let records = (0..<6).map { EpisodeRecord.example(sample: "s\($0)", payload: "p\($0)") }
        let odd = try await journal("odd", [1, 3, 5].map { ($0, records[$0]) })
        let even = try await journal("even", [4, 2, 0].map { ($0, records[$0]) })
        let (episodes, journal) = try merged([odd, even])
        #expect(episodes.taken == [3, 3])
        #expect(episodes.identical == 0 && episodes.contested == 0)
        #expect(try images(journal) == records.map(RecordImage.init))
        #expect(try journal.integrityComplaint() == nil)
        #expect(try journal.run() == .example)
    }

    @Test func theBetterOutcomeIsKeptWhateverTheOrder() async throws {
        let scored = try await journal("scored", [(0, .example())])
        let errored = try await journal("errored", [(0, .example(outcome: .errored(failure)))])
        let open = try await journal("unscorable", [(0, .example(outcome: .unscorable(reason: "x")))])
        for sources in [[scored, errored, open], [open, errored, scored], [errored, scored, open]] {
            let (episodes, journal) = try merged(sources)
            #expect(try images(journal).map(\.outcome) == [.scored])
            #expect(episodes.contested == 2)
            #expect(episodes.examples.last?.kept == "scored" || sources.first == open)
        }
        let (episodes, journal) = try merged([errored, open])
        #expect(try images(journal).map(\.outcome) == [.unscorable(reason: "x")])
        #expect(episodes.examples.map(\.kept) == ["unscorable"])
    }

    @Test func whatWasWrittenMoreOftenIsKeptWithItsHistory() async throws {
        let once = try await journal("once", [(0, .example())])
        let twice = try await journal(
            "twice", [(0, .example(outcome: .errored(failure)))], replacing: .example(payload: "again"))
        let (episodes, journal) = try merged([once, twice])
        #expect(try images(journal) == [RecordImage(.example(payload: "again"))])
        #expect(try journal.replacements() == ["retry": 1])
        #expect(episodes.taken == [0, 1])
        let found = try #require(try journal.episode(EpisodeID(task: "t", sample: "s", trial: 0)))
        #expect(found.revision == 2)
    }

    @Test func theSameEpisodeInTwoJournalsIsNoContest() async throws {
        let first = try await journal("first", [(0, .example())])
        let second = try await journal("second", [(0, .example())])
        let (episodes, _) = try merged([first, second])
        #expect(episodes.identical == 1 && episodes.contested == 0)
        #expect(episodes.taken == [1, 0])
    }

    @Test func aMergeThatIsNotFinishedLeavesEverythingAsItWas() async throws {
        _ = try merged([try await journal("one", [(0, .example())])])
        let other = try await journal("two", [(1, .example(sample: "other"))])
        let directory = try RunDirectory.claim(in: temporary.path, runID: "r")
        let before = try images(Journal.open(directory.journalPath))
        do {
            let merge = try JournalMerge(into: directory)
            _ = try merge.add([other])
        }
        #expect(try images(Journal.open(directory.journalPath)) == before)
        #expect(TemporaryDirectory.names(in: directory.path) == ["run.lock", "run.sqlite"])
    }

    @Test func aFileThatIsNoJournalIsRefused() async throws {
        let path = "\(temporary.path)/other.sqlite"
        try await DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE x (y)") }
        let directory = try RunDirectory.claim(in: temporary.path, runID: "r")
        let merge = try JournalMerge(into: directory)
        let error = #expect(throws: EvaluationError.self) { try merge.add([.init(name: "x", path: path)]) }
        #expect(error?.message.contains("no journal of gage") == true)
    }

    @Test func filesOfShardsAreBroughtWithTheirPathsAndLogsApart() throws {
        for number in 1...2 {
            let shard = try #require(Shard(number: number, count: 2))
            let directory = try RunDirectory.create(in: temporary.path, runID: "r", shard: shard)
            _ = try directory.write(Array("a\(number)".utf8), to: "kit_artifacts/s\(number)/patch.diff")
            _ = try directory.write(Array("same".utf8), to: "kit_artifacts/shared.txt")
            _ = try directory.write(Array("log \(number)".utf8), to: "logs/judge.log")
            _ = try directory.write(Array("{}".utf8), to: "summary.json")
        }
        let run = try RunDirectory.claim(in: temporary.path, runID: "r")
        let files = ShardFiles(into: run)
        // Twice, as when a merge is repeated.
        for shard in try RunDirectory.shards(of: run.path) + RunDirectory.shards(of: run.path) {
            try files.bring(from: shard.shard, at: shard.path)
        }
        #expect(contents("\(run.path)/kit_artifacts/s2/patch.diff") == "a2")
        #expect(contents("\(run.path)/kit_artifacts/shared.txt") == "same")
        #expect(contents("\(run.path)/logs/1-of-2/judge.log") == "log 1")
        #expect(contents("\(run.path)/logs/2-of-2/judge.log") == "log 2")
        #expect(TemporaryDirectory.names(in: run.path) == ["kit_artifacts", "logs", "run.lock", "shards"])
    }

    @Test func aShardsDirectoryKnowsItsRunAndAWholeRunIsNotBegunBesideIt() throws {
        let shard = try #require(Shard("2/3"))
        let directory = try RunDirectory.create(in: temporary.path, runID: "r", shard: shard)
        #expect(directory.path == "\(temporary.path)/r/shards/2-of-3" && directory.runID == "r")
        #expect(try RunDirectory.shards(of: "\(temporary.path)/r").map(\.shard) == [shard])
        let error = #expect(throws: EvaluationError.self) { try RunDirectory.create(in: temporary.path, runID: "r") }
        #expect(error?.message.contains("begun in shards") == true)
    }
}
