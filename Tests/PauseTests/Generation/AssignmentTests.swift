import JSON
import Testing

@testable import Pause

@Suite("P4 and P5: sources and settings")
struct AssignmentTests {
    /// The lengths of the runs of each name, in order.
    private func runs(_ names: [String]) -> [(name: String, length: Int)] {
        var runs: [(name: String, length: Int)] = []
        for name in names {
            if runs.last?.name == name { runs[runs.count - 1].length += 1 } else { runs.append((name, 1)) }
        }
        return runs
    }

    @Test("P4: over 1,000 seeds one to three sources, none too short, one or two missing blocks of one to three days")
    func assignment() {
        var bySources = [0, 0, 0, 0]
        var regular = 0
        for seed in 0..<1000 {
            let names = SourceAssignmentGenerator.sources(
                dayCount: 30, stream: PauseStream(seed: seed, stage: "assignment"))
            let sources = Set(names).subtracting(["missing"])
            bySources[sources.count] += 1
            #expect(names.count == 30 && (1...3).contains(sources.count))
            #expect(sources.allSatisfy { WearableSource.named($0) != nil })
            let minimum = SourceAssignmentGenerator.minimumRun(sources: sources.count, dayCount: 30)
            // Where a block could not be placed, the minimum is relaxed by one, or given up.
            let isLong = sources.allSatisfy { source in names.filter { $0 == source }.count >= minimum - 1 }
            let blocks = runs(names).filter { $0.name == "missing" }.map(\.length)
            if isLong, (1...2).contains(blocks.count), blocks.allSatisfy({ (1...3).contains($0) }) { regular += 1 }
        }
        print("sources: \(bySources.dropFirst()), regular: \(regular) of 1000")
        #expect(regular > 990)
        #expect(abs(bySources[1] - 300) < 60 && abs(bySources[2] - 400) < 60 && abs(bySources[3] - 300) < 60)
    }

    @Test("P4: the shortest runs are those of the rule", arguments: [(2, 30, 6), (3, 30, 6), (2, 10, 4), (3, 12, 3)])
    func minimum(_ sources: Int, _ days: Int, _ expected: Int) {
        #expect(SourceAssignmentGenerator.minimumRun(sources: sources, dayCount: days) == expected)
    }

    @Test("P4: stores of few days are assigned too", arguments: 1...9)
    func fewDays(_ days: Int) {
        for seed in 0..<50 {
            let names = SourceAssignmentGenerator.sources(
                dayCount: days, stream: PauseStream(seed: seed, stage: "assignment"))
            #expect(names.count == days)
            #expect(names.contains("missing"))
        }
    }

    @Test("P5: every assigned source has one marketplace entry and one device, and nothing is permitted")
    func settings() throws {
        var connected = 0
        var known = 0
        for store in SampleStores.all {
            let sources = Set(store.profile.sourceAssignment.map(\.source)).subtracting(["missing"])
            #expect(store.profile.marketplaces.map(\.source) == sources.sorted())
            let devices = store.profile.json["system_settings"]?["devices"]?.arrayValue ?? []
            #expect(devices.map { $0["source"]?.stringValue } == sources.sorted())
            #expect(devices.allSatisfy { WearableSource.named($0["source"]?.stringValue ?? "")?.deviceJSON == $0 })
            #expect(PausePermission.allCases.allSatisfy { !store.profile.allows($0) })
            known += sources.count
            connected += store.profile.marketplaces.filter(\.isConnected).count
        }
        #expect((0.3...0.7).contains(Double(connected) / Double(known)))
    }

    @Test("P5: a source is connected where a branch needs one")
    func connected() throws {
        for seed in 0..<12 {
            let store = try PauseStore.build(StoreSettings(seed: seed, days: 10, connectsOneSource: true))
            #expect(!store.profile.visibleDays.isEmpty)
        }
    }
}
