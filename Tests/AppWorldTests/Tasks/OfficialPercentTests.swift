import JSON
import Testing

@testable import AppWorld

@Suite("Official percentages")
struct OfficialPercentTests {
    @Test("The double rounding is the official one in every recorded pair", .enabled(if: AppWorldReference.isThere))
    func vectors() throws {
        let rows = try AppWorldReference.json("percent-vectors.json").arrayValue ?? []
        #expect(rows.count == 1702)
        var unlikeNaive = 0
        for row in rows {
            let passed = try #require(row["passed"]?.intValue)
            let total = try #require(row["total"]?.intValue)
            let official = try #require(row["official"]?.doubleValue)
            #expect(OfficialPercent.of(passed, among: total) == official, "\(passed) of \(total)")
            if row["differs_from_naive"]?.boolValue == true { unlikeNaive += 1 }
        }
        #expect(unlikeNaive == 49)
    }

    @Test(
        "Known pairs",
        arguments: [(52, 168, 30.9), (0, 3, 0.0), (1, 3, 33.3), (2, 3, 66.7), (3, 3, 100.0), (0, 0, 0.0)])
    func known(passed: Int, total: Int, percent: Double) {
        #expect(OfficialPercent.of(passed, among: total) == percent)
    }

    @Test(
        "Every number of the public leaderboard is one of ours, and its levels add up",
        .enabled(if: AppWorldReference.isThere))
    func leaderboard() throws {
        let tasks = ["test_normal": [168, 57, 48, 63], "test_challenge": [417, 72, 150, 195]]
        let scenarios = ["test_normal": [56, 19, 16, 21], "test_challenge": [139, 24, 50, 65]]
        let levels = ["all", "level 1", "level 2", "level 3"]
        var numbers = 0
        var sums = 0
        for entry in try AppWorldReference.json("leaderboard-oracle.json").arrayValue ?? [] {
            for split in ["test_normal", "test_challenge"] {
                for (key, totals) in [("task_goal_completion", tasks), ("scenario_goal_completion", scenarios)] {
                    var counts: [[Int]] = []
                    for (level, total) in zip(levels, totals[split] ?? []) {
                        let told = try #require(entry[split]?[level]?[key]?.doubleValue)
                        let fitting = (0...total).filter { OfficialPercent.of($0, among: total) == told }
                        #expect(!fitting.isEmpty, "\(split) \(level) \(key) \(told)")
                        counts.append(fitting)
                        numbers += 1
                    }
                    let parts = counts[1].flatMap { one in
                        counts[2].flatMap { two in counts[3].map { one + two + $0 } }
                    }
                    if !Set(parts).isDisjoint(with: counts[0]) { sums += 1 }
                }
            }
        }
        #expect(numbers == 288)
        #expect(sums == 72)
    }
}
