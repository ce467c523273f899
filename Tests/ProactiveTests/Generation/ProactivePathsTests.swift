import Evaluation
import Testing

@testable import Proactive

@Suite struct ProactivePathsTests {
    @Test(arguments: [
        ("logs/a.jsonl", "/base/data/logs/a.jsonl"), ("data/dpo/b.jsonl", "/base/data/dpo/b.jsonl"),
        ("./data/x", "/base/./data/x"), ("./logs/x", "/base/data/logs/x"), ("/tmp/c", "/tmp/c"),
        ("database/x", "/base/data/database/x"),
    ])
    func outputsGoBelowData(path: String, place: String) throws {
        #expect(try ProactivePaths(baseDirectory: "/base").output(path) == place)
    }

    @Test(arguments: ["external/x.jsonl", "data/external/x.jsonl", "/somewhere/external/mbpp/x", "./external/x"])
    func externalDataAreNeverWrittenTo(path: String) {
        #expect(throws: EvaluationError.self) { try ProactivePaths(baseDirectory: "").output(path) }
    }

    @Test func inputsAreTakenAsGivenElseBelowData() throws {
        let scratch = try Scratch()
        let paths = ProactivePaths(baseDirectory: scratch.path)
        let below = try scratch.write("{}", to: "data/logs/a.jsonl")
        #expect(try paths.input("logs/a.jsonl") == below)
        #expect(try paths.input("data/logs/a.jsonl") == below)
        let given = try scratch.write("{}", to: "logs/a.jsonl")
        #expect(try paths.input("logs/a.jsonl") == given)
        let error = #expect(throws: EvaluationError.self) { try paths.input("logs/b.jsonl", advice: "make it") }
        #expect(error?.message.contains("data/logs/b.jsonl") == true)
        #expect(error?.advice == "make it")
    }

    @Test func anOutputIsNotItsOwnInput() throws {
        let scratch = try Scratch()
        let file = try scratch.write("{}", to: "logs/a.jsonl")
        let other = try scratch.write("{}", to: "logs/b.jsonl")
        #expect(throws: EvaluationError.self) {
            try ProactivePaths.require("\(scratch.path)/logs/../logs/a.jsonl", isNot: file)
        }
        try ProactivePaths.require(other, isNot: file)
        try ProactivePaths.require("\(scratch.path)/logs/new.jsonl", isNot: file)
    }
}
