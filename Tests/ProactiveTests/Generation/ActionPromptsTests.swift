import Evaluation
import Testing

@testable import Proactive

@Suite struct ActionPromptsTests {
    private static let shipped = "\(projectRoot)/config/proactive/prompts"

    @Test func theShippedInstructionsAreThere() throws {
        let prompts = try ActionPrompts(directory: Self.shipped, domains: ProactiveDomain.allCases)
        var texts: Set<String> = []
        for domain in ProactiveDomain.allCases {
            for action in ProactiveAction.allCases { texts.insert(try prompts.text(domain, action)) }
        }
        #expect(texts.count == 4)
    }

    @Test func aMissingOrEmptyFileIsNamed() throws {
        let scratch = try Scratch()
        _ = try scratch.write("Ask.", to: "coding_clarify.txt")
        let missing = #expect(throws: EvaluationError.self) {
            try ActionPrompts(directory: scratch.path, domains: [.coding])
        }
        #expect(missing?.message.contains("\(scratch.path)/coding_execute.txt") == true)
        _ = try scratch.write(" \n", to: "coding_execute.txt")
        let empty = #expect(throws: EvaluationError.self) {
            try ActionPrompts(directory: scratch.path, domains: [.coding])
        }
        #expect(empty?.message.contains("is empty") == true)
    }

    @Test func anEditedFileShowsInTheLines() async throws {
        let scratch = try Scratch()
        _ = try scratch.write("Ask my way.\n", to: "coding_clarify.txt")
        _ = try scratch.write("Do it my way.", to: "coding_execute.txt")
        var generator = TrajectoryGenerator.testing()
        generator.prompts = try ActionPrompts(directory: scratch.path, domains: [.coding])
        let lines = try await generator.trajectories(for: .coding(), as: .novice)
        #expect(lines.map(\.actionPrompt) == ["Ask my way.", "Do it my way.", "Ask my way."])
    }
}
