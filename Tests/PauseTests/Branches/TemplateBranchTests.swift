import Evaluation
import JSON
import Testing

@testable import Pause

struct TemplateBranchTests {
    @Test(arguments: PauseBranch.allCases.filter { $0 != .shopping })
    func everyBranchHasAtLeastEightTemplatesOfItsOwn(branch: PauseBranch) {
        let labels = TaskTemplates.of(branch).map(\.label)
        #expect(labels.count >= 8 && Set(labels).count == labels.count)
    }

    @Test func fiveRunsOfEveryBranchGiveTasksWithGold() async throws {
        var settings = TaskGeneration.Settings(seed: 46)
        settings.runsPerBranch = 5
        try await TaskGeneration(settings).forEachUser { user in
            #expect(user.result.skippedBranches.isEmpty)
            for branch in PauseBranch.allCases {
                let tasks = user.result.file.tasks(of: branch.rawValue)
                #expect(tasks.count == 5, "\(branch): \(user.result.failedRuns)")
                for task in tasks {
                    #expect(task.gold?.toolCalls.isEmpty == false)
                    #expect(!task.targets.isEmpty && task.targets.count <= 5)
                    #expect(task.difficulty == branch.difficulty)
                    _ = try PauseTask(json: task.json, branch: branch.rawValue)
                }
            }
        }
    }

    @Test func everyTemplateSuitsSomebodyAndItsSolutionIsJudgedComplete() throws {
        for branch in PauseBranch.allCases where branch != .shopping {
            var open = Set(TaskTemplates.of(branch).map(\.label))
            var reasons: [String: String] = [:]
            for seed in 1...25 where !open.isEmpty {
                let store = try PauseStore.build(StoreSettings(seed: seed, connectsOneSource: true))
                let prepared = try StandardBranch(branch, engine: .template).preparedStore(from: store, runs: 1)
                for template in TaskTemplates.of(branch) where open.contains(template.label) {
                    do {
                        let task = try template.task(for: prepared, branch: branch, run: 0, catalog: .standard)
                        try Solutions.expectComplete(task, in: prepared, branch: branch.rawValue)
                        open.remove(template.label)
                    } catch let failure as TemplateFailure {
                        reasons[template.label] = failure.description
                    }
                }
            }
            #expect(open.isEmpty, "\(branch): \(open.map { "\($0): \(reasons[$0] ?? "")" })")
        }
    }

    @Test func twoHundredSeedsGiveTasksInEveryTemplateBranch() async throws {
        var labels: [String: Set<String>] = [:]
        // Twenty users' data with ten seeds of tasks each: building two hundred stores would take most of the time.
        let users = try (1...20).map { try PauseStore.build(StoreSettings(seed: $0, connectsOneSource: true)) }
        for seed in 1...200 {
            var store = users[seed % users.count]
            store.meta.seed = seed
            let branch = PauseBranch.allCases[seed / 20 % 4]
            let maker = StandardBranch(branch, engine: .template)
            let prepared = try maker.preparedStore(from: store, runs: 1)
            let tasks = try await maker.makeTasks(for: prepared, run: seed / 4 % 6)
            let task = try #require(tasks.first, "seed \(seed), \(branch)")
            labels[branch.rawValue, default: []].insert(task.label)
            try Solutions.expectComplete(task, in: prepared, branch: branch.rawValue)
        }
        #expect(labels.values.allSatisfy { $0.count >= 5 }, "\(labels.mapValues(\.count))")
    }

    @Test func theSameSeedGivesTheSameFileAndAnotherDoesNot() async throws {
        func files(_ seed: Int) async throws -> [String] {
            var settings = TaskGeneration.Settings(seed: seed)
            settings.users = 2
            settings.runsPerBranch = 1
            var texts: [String] = []
            try await TaskGeneration(settings).forEachUser { texts.append($0.result.file.json.text()) }
            return texts
        }
        let (first, second, other) = (try await files(46), try await files(46), try await files(47))
        #expect(first == second && first.count == 2 && first[0] != first[1])
        #expect(first[0] != other[0])
    }

    @Test func aLimitLeavesLaterTasksOut() async throws {
        var settings = TaskGeneration.Settings(seed: 46)
        settings.users = 3
        settings.runsPerBranch = 2
        settings.limit = 12
        var counts: [Int] = []
        try await TaskGeneration(settings).forEachUser { counts.append($0.result.file.tasks.count) }
        #expect(counts == [10, 2])
    }

    @Test func anAnswerIsWhatTheTablesSay() throws {
        let template = try #require(TaskTemplates.wearableCasual.first { $0.label == "range_extremes" })
        for seed in 1...20 {
            let store = try PauseStore.build(StoreSettings(seed: seed, connectsOneSource: true))
            guard let task = try? template.task(for: store, branch: .wearableDataCasual, run: 0, catalog: .standard)
            else { continue }
            let range = try #require(task.gold?.toolCalls.first?.arguments)
            let first = try #require(CalendarDay(range["start_date"]?.stringValue ?? ""))
            let last = try #require(CalendarDay(range["end_date"]?.stringValue ?? ""))
            let steps = try (first...last).map { day in
                let minutes = try #require(store.tables.minutes(of: day))
                return (day: "\(day)", sum: store.tables.steps[minutes].reduce(0) { $0 + Int($1) })
            }
            let answers = try #require(task.gold?.answers)
            #expect(answers[1].value.doubleValue == steps.map(\.sum).max().map { Double($0) })
            #expect(answers[3].value.doubleValue == steps.map(\.sum).min().map { Double($0) })
            #expect(
                steps.contains { .string($0.day) == answers[0].value && Double($0.sum) == answers[1].value.doubleValue }
            )
        }
    }
}
