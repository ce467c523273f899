import FoundationEssentials
import JSON
import Testing

@testable import Pause

/// The prepared task set that the project ships.
struct PreparedTasksTests {
    private func files() throws -> [PauseTaskFile] {
        let root = "\(projectDirectory())/local-datasets/pause/saved_tasks"
        let names = try FileManager.default.contentsOfDirectory(atPath: root).filter { $0.hasSuffix(".json") }.sorted()
        return try names.map { name in
            let data = try #require(FileManager.default.contents(atPath: "\(root)/\(name)"))
            return try PauseTaskFile(json: JSONValue.parse(bytes: [UInt8](data)))
        }
    }

    @Test func thereAreAtLeastSixtyTasksOverAllBranches() throws {
        let files = try files()
        let tasks = files.flatMap(\.tasks)
        #expect(tasks.count >= 60)
        for branch in PauseBranch.allCases {
            let own = files.flatMap { $0.tasks(of: branch.rawValue) }
            #expect(own.count >= 12, "\(branch)")
            if branch != .shopping { #expect(Set(own.map(\.label)).count >= 6, "\(branch)") }
        }
        #expect(Set(tasks.map(\.instruction)).count == tasks.count)
    }

    @Test func everySolutionReachesEveryTarget() throws {
        for file in try files() {
            for (branch, tasks) in file.tasksByBranch {
                let store = try file.store(for: branch)
                for task in tasks { try Solutions.expectComplete(task, in: store, branch: branch) }
            }
        }
    }

    @Test func doingNothingReachesNoTask() throws {
        var idle = GoldReplay.Fault()
        idle.skipsCall = { _ in true }
        idle.skipsUserAction = { _ in true }
        idle.isSilent = true
        for file in try files() {
            for (branch, tasks) in file.tasksByBranch {
                let store = try file.store(for: branch)
                for task in tasks {
                    let judgement = Solutions.judgement(of: task, in: store, branch: branch, fault: idle)
                    #expect(judgement.isComplete == false, "\(task.label)")
                }
            }
        }
    }

    @Test func aSolutionThatForgetsPermissionsIsFoundWhereverItNeedsThem() throws {
        var forgetful = GoldReplay.Fault()
        forgetful.skipsUserAction = { $0.name.hasSuffix("_permission") }
        var count = 0
        for file in try files() {
            for (branch, tasks) in file.tasksByBranch {
                let store = try file.store(for: branch)
                for task in tasks where task.gold?.userActions.contains(where: forgetful.skipsUserAction) == true {
                    count += 1
                    let judgement = Solutions.judgement(of: task, in: store, branch: branch, fault: forgetful)
                    #expect(judgement.isComplete == false, "\(task.label)")
                    #expect(judgement.violations.contains { $0.contains("was not asked for") }, "\(task.label)")
                }
            }
        }
        #expect(count >= 20)
    }

    @Test func theSetIsWhatItsCommandMakes() async throws {
        var settings = TaskGeneration.Settings(seed: 2026)
        settings.users = 4
        settings.runsPerBranch = 4
        var made: [PauseTaskFile] = []
        try await TaskGeneration(settings).forEachUser { made.append($0.result.file) }
        // The order of files in a directory is by name: the first user's name is the shortest.
        let shipped = try files()
        #expect(shipped.count == made.count)
        #expect(Set(shipped) == Set(made))
    }
}

/// The project's directory; this file may be reached through a link.
func projectDirectory(_ file: String = #filePath) -> String {
    let resolved = URL(filePath: file).resolvingSymlinksInPath()
    return resolved.deletingLastPathComponent().appending(path: "../../..").standardized.path
}
