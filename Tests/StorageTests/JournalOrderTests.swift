import Evaluation
import Storage
import Testing

@Suite struct JournalOrderTests {
    /// Two tasks, five samples each, two trials each, committed in a scrambled order.
    private func filledJournal(_ temporary: TemporaryDirectory) async throws -> JournalWriter {
        let writer = try await JournalWriter.create(at: "\(temporary.path)/run.sqlite", run: .example)
        var places = (0..<20).map { $0 }
        var generator = SeededGenerator(seed: 11)
        places.shuffle(using: &generator)
        for place in places {
            let (task, sample, trial) = (place / 10, place % 10 / 2, place % 2)
            // Names whose own order differs from the planned one.
            let record = EpisodeRecord.example(task: ["zeta", "alpha"][task], sample: "s\(9 - sample)", trial: trial)
            try await writer.commit(record, at: EpisodePosition(task: task, sample: sample))
        }
        return writer
    }

    private let expected = (0..<20).map { place in
        EpisodeID(task: ["zeta", "alpha"][place / 10], sample: "s\(9 - place % 10 / 2)", trial: place % 2)
    }

    @Test func episodesAreReadInPlanOrderWhateverTheOrderOfCommits() async throws {
        let temporary = try TemporaryDirectory()
        let writer = try await filledJournal(temporary)
        var seen: [EpisodeID] = []
        try writer.journal.forEachEpisode { seen.append($0.record.id) }
        #expect(seen == expected)
        seen = []
        try writer.journal.forEachEpisode(inTask: "alpha") { seen.append($0.record.id) }
        #expect(seen == Array(expected[10...]))
        try await writer.close()
    }

    @Test(arguments: [1, 3, 20, 100]) func pagesJoinToTheSameOrder(size: Int) async throws {
        let temporary = try TemporaryDirectory()
        let writer = try await filledJournal(temporary)
        var seen: [EpisodeID] = []
        var last: (position: EpisodePosition, trial: Int)?
        while case let page = try writer.journal.episodes(after: last, count: size), let end = page.last {
            #expect(page.count <= size)
            seen += page.map(\.record.id)
            last = (end.position, end.record.id.trial)
        }
        #expect(seen == expected)
        try await writer.close()
    }

    @Test func pagesOfLargeEpisodesAreShort() async throws {
        let temporary = try TemporaryDirectory()
        let writer = try await JournalWriter.create(at: "\(temporary.path)/run.sqlite", run: .example)
        for sample in 0..<4 {
            var record = EpisodeRecord.example(sample: "\(sample)")
            record.trajectory.entries = [.init(.user(String(repeating: "x", count: 3 << 20)), by: .user)]
            try await writer.commit(record, at: EpisodePosition(task: 0, sample: sample))
        }
        #expect(try writer.journal.episodes(after: nil, count: 100).count == 2)
        try await writer.close()
    }

    @Test func trajectoriesAreLeftOutOnRequest() async throws {
        let temporary = try TemporaryDirectory()
        let writer = try await filledJournal(temporary)
        try writer.journal.forEachEpisode(detail: .withoutTrajectory) { stored in
            #expect(stored.record.trajectory.entries.isEmpty)
            #expect(stored.record.scores.count == 1)
        }
        try await writer.close()
    }

    @Test func whatTheBodyThrowsComesThrough() async throws {
        let temporary = try TemporaryDirectory()
        let writer = try await filledJournal(temporary)
        #expect(throws: CancellationError.self) {
            try writer.journal.forEachEpisode { _ in throw CancellationError() }
        }
        try await writer.close()
    }
}
