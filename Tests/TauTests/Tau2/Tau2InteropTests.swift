import Evaluation
import FoundationEssentials
import JSON
import Models
import Testing

@testable import Tau

@Suite("tau2 result files")
struct Tau2InteropTests {
    private let agent = Tau2Results.Model("a", ["temperature": 0.0])

    private func record(_ episode: Episode, _ outcome: Outcome = .scored) -> EpisodeRecord {
        EpisodeRecord(episode: episode, outcome: outcome, startedAt: 1_767_225_600, duration: 2)
    }

    private func exported(_ root: String) async throws -> (Tau2Results, Tau2Domain) {
        let harness = EpisodeHarness(root: root)
        let domain = try await harness.store.domain(named: "mock", dataDirectory: root)
        let (good, _) = try await harness.run(.init(task: "both", loader: ["seed": 300]))
        let (bad, _) = try await harness.run(.init(task: "water", variant: .dropWrite, loader: ["seed": 300]))
        let broken = EvaluationError(.providerFailed, "x", cause: .provider)
        let lost = Episode(id: EpisodeID(task: "t", sample: bad.id.sample, trial: 2), seed: 1, sample: bad.sample)
        let records = [record(good), record(bad), record(lost, .errored(broken))]
        return (try Tau2Results(exporting: records, of: domain, agent: agent), domain)
    }

    @Test("Episodes become official results: runs, tasks, figures, and the official word for errors")
    func export() async throws {
        let data = try OwnMockData()
        let (results, _) = try await exported(data.root)
        #expect(results.domainName == "mock")
        #expect(results.tasks.map(\.id) == ["both", "water"])
        #expect(results.simulations.map(\.termination.rawValue) == ["user_stop", "user_stop", "infrastructure_error"])
        #expect(results.simulations.map(\.reward) == [1, 0, nil])
        #expect(results.figures.infrastructureErrors == 1)
        #expect(results.figures.averageReward == 0.5)
        #expect(results.info["seed"] == 300)
        #expect(results.info["num_trials"] == 3)
        #expect(results.info["agent_info"]?["llm"] == "a")
        #expect(results.info["user_info"]?["implementation"] == "user_simulator")
        #expect(results.info["max_steps"] == 200)
        #expect(Set(results.simulations.map(\.id)).count == 3)
        #expect(results.simulations[0].startTime == "2026-01-01T00:00:00")
        #expect(results.simulations[2].messages == [])
    }

    @Test("Both layouts are read back as they were written", arguments: Tau2Results.Layout.allCases)
    func layouts(layout: Tau2Results.Layout) async throws {
        let data = try OwnMockData()
        let (results, _) = try await exported(data.root)
        let path = layout == .file ? "\(data.root)/out/results.json" : "\(data.root)/out"
        try results.write(to: path, as: layout)
        let read = try Tau2Results(path: path)
        let areSame = Set(read.simulations) == Set(results.simulations)
        #expect(areSame)
        #expect(read.tasks.map(\.id) == results.tasks.map(\.id))
        #expect(read.info == results.info)
        guard layout == .directory else { return }
        let lost = results.simulations[0].id
        try FileManager.default.removeItem(atPath: "\(path)/simulations/\(lost).json")
        let error = #expect(throws: EvaluationError.self) { try Tau2Results(path: path) }
        #expect(error?.message.contains(lost) == true)
    }

    @Test("Grading exported runs again gives the same rewards, and today's tasks can take the place of the old")
    func regrading() async throws {
        let data = try OwnMockData()
        let (results, domain) = try await exported(data.root)
        var old = results
        old.simulations = Array(results.simulations.prefix(2))
        let same = try await Tau2Regrading(domain: domain).grade(old)
        #expect(same.failures.isEmpty)
        #expect(same.changed == 0)
        #expect(same.results.simulations.map(\.reward) == [1, 0])
        old.tasks = old.tasks.map { task in
            var task = task
            task.evaluationCriteria?.actions = []
            return task
        }
        let stale = try await Tau2Regrading(domain: domain).grade(old)
        #expect(stale.results.simulations.map(\.reward) == [0, 1])
        let fresh = try await Tau2Regrading(domain: domain, usesFreshTasks: true).grade(old)
        #expect(fresh.changed == 0)
        #expect(fresh.missingTasks.isEmpty)
    }

    @Test("A run that needs a judge, or is of voices, is named instead of graded")
    func ungradable() async throws {
        let data = try OwnMockData()
        let harness = EpisodeHarness(root: data.root)
        let domain = try await harness.store.domain(named: "mock", dataDirectory: data.root)
        let (judged, _) = try await harness.run(.init(task: "judged", judge: ["nl_judge_backend_id": "j"]))
        var results = try Tau2Results(exporting: [record(judged)], of: domain, agent: agent)
        let without = try await Tau2Regrading(domain: domain).grade(results)
        #expect(without.failures.first?.reason.contains("judge") == true)
        #expect(without.results.simulations[0].rewardInfo == .null)
        let reusing = try await Tau2Regrading(domain: domain, reusesFindings: true).grade(results)
        #expect(reusing.reusedFindings == 1)
        #expect(reusing.results.simulations[0].reward == 1)
        let brain = FixedBrain(
            #"{"results": [{"expectedOutcome": "x", "reasoning": "y", "metExpectation": false}]}"#)
        let with = try await Tau2Regrading(domain: domain, judge: BrainModel(name: "j", brain: brain)).grade(results)
        #expect(with.failures.isEmpty)
        #expect(with.results.simulations[0].reward == 0)
        results.simulations[0].messages = nil
        #expect(try await Tau2Regrading(domain: domain).grade(results).failures.count == 1)
    }

    @Test("Imported runs are episodes that can be judged again")
    func importing() async throws {
        let data = try OwnMockData()
        let (results, _) = try await exported(data.root)
        let records = try results.episodes(task: "imported", dataDirectory: data.root)
        #expect(records.map(\.outcome.name) == ["scored", "scored", "errored"])
        #expect(records[0].judgeOutput["tau2"]?["reward"]?.doubleValue == 1)
        #expect(records[0].scores.first { $0.metric == "tau2_pass" }?.values["pass"] == 1)
        #expect(records[0].startedAt == 1_767_225_600)
        #expect(records[2].prediction == nil)
        var episode = Episode(id: records[0].id, seed: 0, sample: try Sample(json: records[0].sample))
        episode.trajectory = records[0].trajectory
        let judge = try EpisodeHarness.make(Registry(kits: [TauKit()]).roles["tau2_eval"], [:])
        let leases = StubLeases { throw EvaluationError(.sandboxUnavailable, "none", cause: .sandbox) }
        try await judge.perform(
            on: &episode,
            in: .stub(
                episode, adapter: AdapterBinding(id: "judge", role: .judgeExtend),
                models: StubModels(brain: EchoBrain()), leases: leases))
        #expect(episode.tau2["reward"]?.doubleValue == 1)
    }

    @Test("What was imported is exported as it came, but for what only gage says")
    func thereAndBack() async throws {
        let data = try OwnMockData()
        let (results, domain) = try await exported(data.root)
        let records = try results.episodes(task: "imported", dataDirectory: data.root)
        let again = try Tau2Results(exporting: records, of: domain, agent: .init("someone else"))
        #expect(again.info == results.info)
        for (before, after) in zip(results.simulations, again.simulations) {
            #expect(after.taskID == before.taskID)
            #expect(after.trial == before.trial)
            #expect(after.rewardInfo == before.rewardInfo)
            #expect(after.termination == before.termination)
            #expect(after.messages?.map(\.content) == before.messages?.map(\.content))
            #expect(after.startTime == before.startTime)
        }
    }

    @Test("Runs of one task with the same trial's number, or none, are told apart")
    func doubleTrials() async throws {
        let data = try OwnMockData()
        var (results, _) = try await exported(data.root)
        var third = results.simulations[0]
        third.trial = nil
        results.simulations += [results.simulations[0], third]
        let records = try results.episodes(task: "imported", dataDirectory: data.root)
        #expect(records.filter { $0.id.sample == "mock_both" }.map(\.id.trial) == [1, 2, 0])
    }

    @Test(
        "Differences of two gradings are named",
        arguments: [
            (#"{"DB": 1.0}"#, #"{"DB": 0.0}"#, ["DB 1 → 0"]), (#"{"DB": 1.0}"#, #"{"DB": 1.0}"#, []),
            (#"{"DB": 1.0}"#, #"{"DB": 1.0, "NL_ASSERTION": 0.0}"#, ["NL_ASSERTION none → 0"]),
        ] as [(String, String, [String])])
    func namedDifferences(old: String, new: String, expected: [String]) throws {
        func info(_ breakdown: String) throws -> JSONValue {
            ["reward": 1.0, "reward_breakdown": try JSONValue.parse(breakdown)]
        }
        #expect(Tau2RewardComparison.differences(from: try info(old), to: try info(new)) == expected)
    }

    @Test("Checks that came out otherwise are counted and named")
    func namedChecks() {
        func info(_ met: [Bool]) -> JSONValue {
            [
                "reward": JSONValue(met.allSatisfy { $0 } ? 1.0 : 0.0),
                "communicate_checks": .array(
                    met.enumerated().map { ["info": .string("text \($0)"), "met": .bool($1)] }),
            ]
        }
        #expect(
            Tau2RewardComparison.differences(from: info([true, true]), to: info([true, false]))
                == ["reward 1 → 0", "1 of 2 statements to the user judged otherwise: text 1"])
        #expect(
            Tau2RewardComparison.differences(from: info([true]), to: info([true, true]))
                == ["1 statements to the user checked before, 2 now"])
    }

    @Test(
        "Times are read back as they are written",
        arguments: [0, 1_767_225_600, 1_767_225_600.25, 951_782_400, 951_868_800, 4_107_542_399])
    func times(seconds: Double) {
        #expect(PythonTime.seconds(PythonTime.text(secondsSince1970: seconds)) == seconds)
        #expect(PythonTime.seconds("yesterday") == nil)
        #expect(PythonTime.seconds("2026-13-01T00:00:00") == nil)
    }

    @Test("Recorded runs keep their rewards when graded again", .enabled(if: TauReference.hasTau2))
    func recordedRuns() async throws {
        let line = try #require(try TauReference.lines("tau2/cases/mock.real.jsonl.gz").first)
        let domain = try await OfficialTau2.domain("mock")
        let task = try #require(domain.task(line["task_id"]?.stringValue ?? ""))
        var run = line.objectValue ?? [:]
        run["id"] = "1"
        let results = Tau2Results(
            info: ["environment_info": ["domain_name": "mock"]], tasks: [task],
            simulations: [try Tau2SimulationRun(json: .object(run))])
        let outcome = try await Tau2Regrading(domain: domain).grade(results)
        #expect(outcome.results.simulations[0].reward == line["recorded"]?["reward"]?.doubleValue)
    }
}
