import JSON
import Statistics
import Testing

@testable import Tau

@Suite("tau2 figures")
struct Tau2FiguresTests {
    @Test("Rewards within a millionth of one are successes")
    func successes() {
        #expect(Tau2RewardInfo.isSuccess(1))
        #expect(Tau2RewardInfo.isSuccess(0.9999999))
        #expect(!Tau2RewardInfo.isSuccess(0.99))
        #expect(!Tau2RewardInfo.isSuccess(1.00001))
    }

    @Test("Nothing judged gives zeros and no estimate")
    func noRuns() {
        let figures = Tau2Figures(
            [Tau2RunRow(task: "a", reward: 1, agentCost: 1, isInfrastructureError: true)], plannedTrials: 4)
        #expect(figures.averageReward == 0)
        #expect(figures.passHat.isEmpty)
        #expect(figures.infrastructureErrors == 1)
    }

    @Test("Tables and trial seeds agree with the official ones", .enabled(if: TauReference.hasTau2))
    func officialTables() throws {
        let file = try TauReference.json("tau2/cases/metrics.json")
        let tables = try #require(file["metrics"]?.arrayValue)
        try #require(!tables.isEmpty)
        for (number, table) in tables.enumerated() {
            let rows = (table["rows"]?.arrayValue ?? []).map { row in
                Tau2RunRow(
                    task: row["task_id"]?.stringValue ?? "", reward: row["reward"]?.doubleValue ?? .nan,
                    agentCost: row["agent_cost"]?.doubleValue,
                    isInfrastructureError: row["termination_reason"]?.stringValue == "infrastructure_error")
            }
            let figures = Tau2Figures(rows, plannedTrials: table["num_trials"]?.intValue ?? 0)
            compare(figures, with: table["expected"] ?? .null, table: number)
        }
        for (seed, expected) in file["trial_seeds"]?.objectValue ?? [:] {
            let runSeed = try #require(Int(seed))
            let official = (expected.arrayValue ?? []).compactMap(\.intValue)
            #expect(Tau2TrialSeeds.seeds(runSeed: runSeed, count: official.count) == official)
        }
    }

    private func compare(_ figures: Tau2Figures, with expected: JSONValue, table: Int) {
        func check(_ name: String, _ own: Double?) {
            let official = expected[name]?.doubleValue
            let isEqual =
                own == official
                || abs((own ?? .infinity) - (official ?? -.infinity)) <= 1e-12 * max(1, abs(official ?? 0))
            #expect(isEqual, "table \(table) \(name): \(own as Any) instead of \(official as Any)")
        }
        check("avg_reward", figures.averageReward)
        check("avg_agent_cost", figures.averageAgentCost)
        check("total_simulations", Double(figures.simulations))
        check("total_tasks", Double(figures.tasks))
        check("infra_error_count", Double(figures.infrastructureErrors))
        for k in 1...8 {
            check("pass_hat_\(k)", k <= figures.passHat.count ? figures.passHat[k - 1] : nil)
        }
    }

    @Test("pass^k tables agree with the official ones", .enabled(if: TauReference.hasTau2))
    func officialPassHat() throws {
        let rows = try #require(try TauReference.json("tau2/cases/metrics.json")["pass_hat_k"]?.arrayValue)
        try #require(!rows.isEmpty)
        for row in rows {
            let numbers = (row.arrayValue ?? []).compactMap(\.doubleValue)
            guard numbers.count == 4 else { continue }
            var trials = Tau2TaskTrials()
            for trial in 0..<Int(numbers[0]) {
                trials.add(task: "t", of: "d", isSuccess: trial < Int(numbers[1]))
            }
            let own = try #require(trials.passHat(Int(numbers[2]))?.mean)
            #expect(abs(own - numbers[3]) < 1e-12, "\(row)")
        }
    }
}
