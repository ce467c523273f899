import Evaluation
import JSON
import Testing

@testable import Tau

@Suite("What is shown of failed τ-bench dialogues")
struct Tau1ErrorDossierTests {
    private static let messages: [JSONValue] = [
        ["role": "system", "content": "The policy."], ["role": "user", "content": "Hi"],
        [
            "role": "assistant", "content": .null,
            "tool_calls": [["function": ["name": "think", "arguments": "{\"thought\": \"x\"}"]]],
        ],
        ["role": "tool", "name": "think", "content": ""],
    ]

    private func dossier(_ extent: Tau1ErrorDossier.Extent, outputs: [String]) -> Tau1ErrorDossier {
        let task = Tau1Task(id: 3, userID: "ann", instruction: "Be Ann.", actions: [], outputs: outputs)
        return Tau1ErrorDossier(task: task, messages: Self.messages, extent: extent)
    }

    @Test func everythingIsShownWithTheCallsOfTools() {
        let text = dossier(.complete, outputs: ["it's", "10"]).text
        #expect(text.contains("----- start required outputs -----\n[\"it's\", '10']\n----- end"))
        #expect(text.contains("----- start ground truth action sequence -----\n[]\n----- end"))
        #expect(text.contains("\nUser: Hi\nAssistant calls think({\"thought\": \"x\"})\nTool: \n-----"))
        #expect(!text.contains("The policy."))
    }

    @Test func theOfficialExtentHidesCallsAndTheDialoguesOfTasksWithOutputs() {
        #expect(dossier(.official, outputs: []).text.contains("\nUser: Hi\nAssistant: None\nTool: \n-----"))
        let shown = dossier(.official, outputs: ["10"]).text
        #expect(shown.hasSuffix("----- start required outputs -----\n['10']\n----- end required outputs -----"))
        #expect(!shown.contains("User: Hi"))
    }

    @Test func aDialogueOfNothingButInstructionsIsEmpty() {
        let task = Tau1Task(id: 3, userID: "", instruction: "", actions: [])
        #expect(Tau1ErrorDossier(task: task, messages: [Self.messages[0]], extent: .complete).isEmpty)
        #expect(!dossier(.complete, outputs: []).isEmpty)
    }
}

@Suite("Equal questions about failed τ-bench dialogues")
struct Tau1ErrorAnswersTests {
    @Test func equalQuestionsAreAskedOnceEvenAtTheSameTime() async throws {
        let answers = Tau1ErrorAnswers()
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try await answers.answer(to: [.user("question \(number % 2)")]) {
                        await Task.yield()
                        return "answer \(number % 2)"
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(texts.sorted() == Array(repeating: "answer 0", count: 10) + Array(repeating: "answer 1", count: 10))
        #expect(await answers.askedCount == 2)
    }

    @Test func aFailureIsNotKept() async throws {
        let answers = Tau1ErrorAnswers()
        await #expect(throws: CancellationError.self) {
            try await answers.answer(to: [.user("x")]) { throw CancellationError() }
        }
        #expect(try await answers.answer(to: [.user("x")]) { "now" } == "now")
    }
}
