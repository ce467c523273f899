import Evaluation
import GageTesting
import JSON
import Testing

@testable import Pause

/// A branch of a test's own: it notes in what order it is called.
private struct EchoBranch: TaskBranch {
    let name: String
    var isSuitable = true
    let toolAllowlist = ["get_daily_summary"]
    let assistantPolicy = "be kind"

    func isApplicable(to store: PauseStore) -> Bool { isSuitable }

    func preparedStore(from store: PauseStore, runs: Int) throws -> PauseStore {
        var store = store
        store.profile.append(["note_id": "note_echo", "time": "2025-01-01T10:00:00", "content": "echo"], to: .notes)
        return store
    }

    func buildPrompt(for store: PauseStore) async throws -> String {
        "built for \(store.profile.records(.notes).count) notes"
    }

    func callModel(_ prompt: String) async throws -> String { prompt + ", called" }

    func postprocess(_ text: String, for store: PauseStore) async throws -> [PauseTask] {
        [PauseTask(instruction: text + ", postprocessed", label: "echo", targets: ["t"], difficulty: .easy)]
    }
}

struct BranchContractTests {
    @Test func aRegisteredBranchIsBuiltCalledAndPostprocessed() async throws {
        var catalog = TaskBranchCatalog()
        catalog.register("echo") { _ in EchoBranch(name: "echo") }
        #expect(catalog.names.suffix(2) == ["shopping", "echo"])
        let branches = try catalog.branches(named: "echo", settings: .init())
        let store = try PauseStore.build(StoreSettings(seed: 3))
        let result = try await TaskGenerator(branches: branches, runsPerBranch: 2).generate(for: store)
        #expect(
            result.file.tasks.map(\.instruction)
                == Array(repeating: "built for 1 notes, called, postprocessed", count: 2))
        #expect(result.skippedBranches.isEmpty)
    }

    @Test func aBranchThatDoesNotApplyIsSkippedAndNamed() async throws {
        let branches: [any TaskBranch] = [
            EchoBranch(name: "no", isSuitable: false), EchoBranch(name: "yes"),
        ]
        let store = try PauseStore.build(StoreSettings(seed: 3))
        let result = try await TaskGenerator(branches: branches, runsPerBranch: ["yes": 1]).generate(for: store)
        #expect(result.skippedBranches == ["no"])
        #expect(result.file.tasksByBranch.map(\.branch) == ["yes"])
    }

    @Test func whatABranchAddsStaysInItsOwnProfile() async throws {
        let branches: [any TaskBranch] = [EchoBranch(name: "one"), EchoBranch(name: "two")]
        let store = try PauseStore.build(StoreSettings(seed: 3))
        let file = try await TaskGenerator(branches: branches, runsPerBranch: 1).generate(for: store).file
        #expect(file.profile["notes"] == [])
        #expect(file.profile(for: "one")["notes"]?.arrayValue?.count == 1)
        #expect(file.profile(for: "two")["notes"]?.arrayValue?.count == 1)
        #expect(file.profile(for: "three") == file.profile)
        #expect(file.storeMeta["injected_context"] == ["one": true, "two": true])
    }

    @Test func anUnknownBranchIsRefused() {
        #expect(throws: EvaluationError.self) {
            try TaskBranchCatalog().branches(named: "wearable", settings: .init())
        }
    }

    @Test func aTaskFileIsTheSameAfterWritingAndReading() async throws {
        var settings = TaskGeneration.Settings(seed: 46)
        settings.runsPerBranch = 1
        var files: [PauseTaskFile] = []
        try await TaskGeneration(settings).forEachUser { files.append($0.result.file) }
        let file = try #require(files.first)
        let read = try PauseTaskFile(json: JSONValue.parse(file.json.text(.pretty)))
        #expect(read == file)
        #expect(read.json.isIdentical(to: file.json))
        #expect(
            try read.store(for: "shopping").tables
                == PauseStore.load(meta: file.storeMeta, profile: file.profile).tables)
    }

    @Test func anOriginalFileWithoutGoldAndProfilesIsRead() throws {
        let file = try PauseTaskFile(json: [
            "store_meta": ["user_id": "1"], "profile": ["now": "2025-01-01T10:00:00"], "tasks": [],
            "tasks_by_branch": [
                "lifestyle_record_casual": [
                    ["task_instruction": "You are Ann.", "label": "x", "targets": ["t"], "aligned_targets": ["t"]]
                ]
            ],
        ])
        let task = try #require(file.tasks(of: "lifestyle_record_casual").first)
        #expect(task.difficulty == .easy && task.gold == nil && task.extras["aligned_targets"] == ["t"])
    }

    @Test(
        arguments: [
            [:], ["label": "x", "targets": []], ["task_instruction": "a", "label": "x", "targets": "t"],
            ["task_instruction": "a", "label": "x", "targets": [], "difficulty": "mild"],
            ["task_instruction": "a", "label": "x", "targets": [], "gold": ["answers": [["key": "k"]]]],
        ] as [JSONObject])
    func aMalformedTaskIsRefused(json: JSONObject) {
        #expect(throws: EvaluationError.self) { try PauseTask(json: .object(json), branch: "shopping") }
    }
}
