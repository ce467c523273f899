import Evaluation
import Storage
import Testing

@Suite("Pages of episodes")
struct EpisodePageTests {
    private static func index(_ count: Int = 23) async throws -> (run: IndexedRun, index: RunIndex) {
        let run = try await IndexedRun()
        // Values that repeat, so that order among equals matters.
        try await run.commit(
            (0..<count).map { number in
                let failure = EvaluationError(.providerTimeout, "late", cause: number % 2 == 0 ? .provider : .model)
                return .spoken(
                    "s\(number)", score: Double(number % 3) / 2, outcome: number % 7 == 3 ? .errored(failure) : .scored,
                    duration: Double(number % 5))
            })
        return (run, try await run.index())
    }

    @Test(
        "pages forwards and backwards have each episode once, in every order", arguments: EpisodeOrder.Key.allCases,
        [false, true])
    func pages(_ key: EpisodeOrder.Key, _ isDescending: Bool) async throws {
        let (run, index) = try await Self.index()
        defer { withExtendedLifetime(run) {} }
        let query = EpisodeQuery(order: EpisodeOrder(key, isDescending: isDescending))
        let whole = try await index.identifiers(query)
        #expect(Set(whole).count == 23)

        var forwards: [EpisodeID] = []
        var start = RunIndex.PageStart.first
        while true {
            let page = try await index.page(query, from: start, count: 5)
            forwards += page.items.map(\.id)
            #expect(page.hasEarlier == (start != .first))
            guard page.hasLater, let place = page.items.last?.place else { break }
            // Places go through links.
            start = .behind(try #require(EpisodePlace(text: place.text)))
        }
        #expect(forwards == whole)

        var backwards: [EpisodeID] = []
        start = .last
        while true {
            let page = try await index.page(query, from: start, count: 5)
            backwards = page.items.map(\.id) + backwards
            guard page.hasEarlier, let place = page.items.first?.place else { break }
            start = .before(place)
        }
        #expect(backwards == whole)
    }

    @Test("neighbours are those of the list, and failures among them", arguments: EpisodeOrder.Key.allCases)
    func neighbours(_ key: EpisodeOrder.Key) async throws {
        let (run, index) = try await Self.index()
        defer { withExtendedLifetime(run) {} }
        let query = EpisodeQuery(filter: try EpisodeFilter("time < 3s"), order: EpisodeOrder(key))
        let list = try await index.identifiers(query)
        let failed = Set(
            try await index.identifiers(EpisodeQuery(filter: try EpisodeFilter("time < 3s and failed"))))
        for (place, id) in list.enumerated() {
            let found = try await index.neighbours(of: id, in: query)
            #expect(found.previous == (place > 0 ? list[place - 1] : nil))
            #expect(found.next == (place + 1 < list.count ? list[place + 1] : nil))
            #expect(found.nextFailure == list[(place + 1)...].first { failed.contains($0) })
            #expect(found.previousFailure == list[..<place].last { failed.contains($0) })
        }
    }

    @Test("a place of another order is refused")
    func otherOrder() async throws {
        let (run, index) = try await Self.index(3)
        defer { withExtendedLifetime(run) {} }
        let place = try #require(try await index.page(EpisodeQuery()).items.first?.place)
        await #expect(throws: EvaluationError.self) {
            try await index.page(EpisodeQuery(order: EpisodeOrder(.time)), from: .behind(place))
        }
    }

    @Test(
        "texts that are no place are none",
        arguments: ["", "x1", "i", "i1,", "t0", "tzz", "rnan", "i1,i2,i3,i4,i5", "i99999999999999999999"])
    func noPlace(_ text: String) {
        #expect(EpisodePlace(text: text) == nil)
    }

    @Test("ids with slashes, quotes and bidirectional marks are kept as they are")
    func ids() async throws {
        let run = try await IndexedRun()
        let names = ["a/b/../c", "it's \"quoted\" 1", "\u{202E}gnp.exe 2", "<script>3", "% _ 4", "emoji 🪴 5"]
        try await run.commit(names.map { .spoken($0) })
        let index = try await run.index()
        for name in names {
            let id = EpisodeID(task: "first", sample: name, trial: 0)
            #expect(try await index.item(id)?.id == id)
        }
        #expect(Set(try await index.identifiers(EpisodeQuery()).map(\.sample)) == Set(names))
        let query = EpisodeQuery(order: EpisodeOrder(.sample))
        let first = try #require(try await index.page(query, count: 2).items.last)
        let rest = try await index.page(query, from: .behind(try #require(EpisodePlace(text: first.place.text))))
        #expect(rest.items.count == 4)
    }
}
