import Evaluation
import GageConfiguration
import GageTesting
import JSON
import Storage
import Testing

@testable import Engine

/// What a shard reads of a data set that is not its own.
@Suite struct ShardSourceTests {
    /// A preprocessor that counts how many records it was given.
    private struct Counting: Preprocessor {
        let keepsEveryRecord: Bool
        let dropsEvery: Int?
        let counter: CallCounter

        func process(_ record: DatasetRecord) throws -> PreprocessingResult {
            let call = counter.next()
            if let dropsEvery, call % dropsEvery == 0 { return .dropped(reason: "every so often") }
            return .sample(try Sample(json: record.fields))
        }
    }

    private func episodes(
        shard: Shard?, counter: CallCounter = CallCounter(), keepsEveryRecord: Bool = true, dropsEvery: Int? = nil,
        change: (inout PlannedTask) -> Void = { _ in }
    ) async throws -> (ids: [String], places: [Int], census: TaskCensus) {
        let loader = GeneratedLoader(count: 20) { ["id": .string("s\($0)")] }
        var plan = Plan.testing(loader: loader, agent: ClosureAdapter { _, _ in }, metric: ClosureMetric { _ in 1 })
        plan.tasks[0].dataset.preprocessor = Counting(
            keepsEveryRecord: keepsEveryRecord, dropsEvery: dropsEvery, counter: counter)
        change(&plan.tasks[0])
        let source = DatasetSource(
            task: plan.tasks[0], dataset: try await plan.open(plan.tasks[0].dataset),
            setting: .init(
                ordinal: 0, seed: 1, journal: nil, retriesErrored: false, shard: shard, events: NoEvents()))
        var found: (ids: [String], places: [Int]) = ([], [])
        while let ticket = try await source.next() {
            found.ids.append(ticket.id.sample)
            found.places.append(ticket.position.sample)
        }
        return (found.ids, found.places, await source.census)
    }

    private struct NoEvents: EventSink {
        func report(_ event: RunEvent) {}
    }

    @Test(arguments: 1...3)
    func recordsOfOthersAreNotMadeSamplesOf(number: Int) async throws {
        let counter = CallCounter()
        let found = try await episodes(shard: Shard(number: number, count: 3), counter: counter)
        let places = Array(stride(from: number - 1, to: 20, by: 3))
        #expect(found.places == places && found.ids == places.map { "s\($0)" })
        #expect(counter.count == places.count)
        #expect(found.census.isComplete && found.census.plannedEpisodes == places.count)
    }

    @Test func whereRecordsMayBeDroppedEveryoneCountsThem() async throws {
        let counter = CallCounter()
        let whole = try await episodes(shard: nil, keepsEveryRecord: false, dropsEvery: 4)
        var together: [Int: String] = [:]
        for number in 1...3 {
            let part = try await episodes(
                shard: Shard(number: number, count: 3), counter: CallCounter(), keepsEveryRecord: false, dropsEvery: 4)
            for (place, id) in zip(part.places, part.ids) { together[place] = id }
        }
        #expect(whole.places.map { together[$0] } == whole.ids)
        _ = try await episodes(shard: Shard(number: 1, count: 3), counter: counter, keepsEveryRecord: false)
        #expect(counter.count == 20)
    }

    @Test(arguments: [(5, nil), (nil, 5), (7, 9), (20, 30)] as [(Int?, Int?)])
    func boundsHoldForTheWholeDataSet(samples: Int?, records: Int?) async throws {
        let bound = min(samples ?? 20, records ?? 20)
        var together: [String] = []
        for number in 1...3 {
            together += try await episodes(shard: Shard(number: number, count: 3)) { task in
                task.maxSamples = samples
                task.dataset.recordLimit = records
            }.ids
        }
        #expect(Set(together) == Set((0..<bound).map { "s\($0)" }) && together.count == bound)
    }

    @Test func shuffledDataAreDividedAsTheyAreShuffled() async throws {
        let shuffle = { (task: inout PlannedTask) in
            task.shuffle = true
            task.shuffleSeed = 5
        }
        let whole = try await episodes(shard: nil, change: shuffle).ids
        for number in 1...3 {
            let part = try await episodes(shard: Shard(number: number, count: 3), change: shuffle)
            #expect(part.ids == part.places.map { whole[$0] })
        }
    }
}
