import Evaluation
import GageTesting
import JSON
import Testing

@testable import Pause

struct ModelBranchTests {
    private static let draft = """
        ```json
        {"label": "l", "task_instruction": "You are Ann. First.", "targets": ["a", "b"]}
        ```
        """
    private static let rewrite = """
        Here it is: {"reason": "r", "task_valid": false, "alignment": true, "task_instruction": "You are Ann. Second.", \
        "targets": ["c"]}
        """
    private static let valid = #"{"reason": "fine", "task_valid": true, "alignment": true}"#
    private static let invalid = #"{"reason": "no", "task_valid": false, "alignment": false}"#

    private func tasks(_ answers: [String], branch: PauseBranch = .wearableDataCasual) async throws -> (
        [PauseTask], [ScriptedModel.Call]
    ) {
        let model = ScriptedModel { _, context in .text(answers[min(context.index, answers.count - 1)]) }
        let branch = StandardBranch(branch, engine: .model(model, parameters: ["temperature": 0]))
        let store = try PauseStore.build(StoreSettings(seed: 3, connectsOneSource: true))
        let prepared = try branch.preparedStore(from: store, runs: 1)
        return (try await branch.makeTasks(for: prepared, run: 0), model.calls)
    }

    @Test func badJSONThenARewriteThenApprovalGivesTheRewrittenTask() async throws {
        let (tasks, calls) = try await tasks(["no json", Self.draft, Self.rewrite, Self.valid])
        let task = try #require(tasks.first)
        #expect(tasks.count == 1 && task.targets == ["c"] && task.difficulty == .easy && task.gold == nil)
        #expect(task.instruction.hasPrefix("You are Ann. Second.\n\nRules for you:"))
        #expect(calls.count == 4)
        #expect(calls[3].request.messages.first?.text?.contains("You are Ann. Second.") == true)
        #expect(calls[0].request.parameters == ["temperature": 0])
    }

    @Test func threeFailedAttemptsGiveNoTask() async throws {
        let (none, calls) = try await tasks(["nonsense"])
        #expect(none.isEmpty && calls.count == 3)
        // Each attempt: a draft, and two rounds of validation that reject it.
        let (rejected, more) = try await tasks([
            Self.draft, Self.invalid, Self.invalid, Self.draft, Self.invalid, Self.invalid, Self.draft, Self.invalid,
            Self.invalid, "never asked",
        ])
        #expect(rejected.isEmpty && more.count == 9)
    }

    @Test(arguments: [
        #"{"label": "l", "task_instruction": "x", "targets": ["1", "2", "3", "4", "5", "6"]}"#,
        #"{"label": "l", "task_instruction": "x", "targets": []}"#,
        #"{"label": "l", "task_instruction": "x", "targets": [1]}"#, #"{"label": "l", "targets": ["1"]}"#,
        #"["label"]"#, "", "{",
    ])
    func anAnswerOfTheWrongShapeIsNoDraft(text: String) {
        #expect(TaskDraft(text: text) == nil)
    }

    @Test func tooManyWordsAreNoDraft() {
        let words = Array(repeating: "word", count: 200).joined(separator: " ")
        #expect(TaskDraft(text: #"{"label": "l", "task_instruction": "\#(words)", "targets": ["t"]}"#) == nil)
        let fewer = words.dropFirst(5)
        #expect(TaskDraft(text: #"{"label": "l", "task_instruction": "\#(fewer)", "targets": ["t"]}"#) != nil)
    }

    @Test func aModelThatCannotBeReachedIsAnError() async throws {
        let model = ScriptedModel { _, _ in
            throw EvaluationError(.providerUnreachable, "no route", cause: .provider)
        }
        let branch = StandardBranch(.lifestyleRecordCasual, engine: .model(model, parameters: [:]))
        let store = try PauseStore.build(StoreSettings(seed: 3))
        await #expect(throws: EvaluationError.self) { try await branch.makeTasks(for: store, run: 0) }
    }

    @Test(arguments: PauseBranch.allCases.filter { $0 != .shopping })
    func promptsHaveTheBranchsFactsAndExamples(branch: PauseBranch) async throws {
        let (_, calls) = try await tasks([Self.draft, Self.valid], branch: branch)
        let prompt = try #require(calls.first?.request.messages.first?.text)
        #expect(prompt.contains("## Facts about the user") && prompt.contains("\"now\""))
        #expect(prompt.contains("accessible_dates") == (branch == .wearableDataCasual))
        #expect(prompt.contains("source_assignment") == (branch == .wearableDataAdvanced))
        #expect(
            prompt.contains("\"meals\"") == (branch == .lifestyleRecordCasual || branch == .lifestyleRecordAdvanced))
        #expect(prompt.contains("\"reminders\"") == (branch.difficulty == .hard))
        #expect(BranchExamples.of(branch).allSatisfy { $0.isWellFormed })
        #expect(BranchExamples.of(branch).count >= 3)
    }
}
