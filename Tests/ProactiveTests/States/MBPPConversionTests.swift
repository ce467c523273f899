import Evaluation
import JSON
import Testing

@testable import Proactive

@Suite struct MBPPConversionTests {
    private func states(_ adjust: (inout MBPPConversion) -> Void = { _ in }) async throws -> [ProactiveState] {
        var conversion = MBPPConversion()
        conversion.split = nil
        adjust(&conversion)
        return try await conversion.states(path: ownData("mbpp_fixture.jsonl"), named: "mbpp_fixture.jsonl")
    }

    @Test func rowsBecomeStatesWithTheirTests() async throws {
        let found = try await states()
        #expect(found.map(\.id) == ["mbpp-7", "mbpp-42", "mbpp-610"])
        let second = found[1]
        #expect(second.query.hasPrefix("Write a Python function: Write a function to join the words"))
        #expect(second.query.hasSuffix(" Name it `joined`."))
        #expect(second.mbppTests?.split(separator: "\n").map(String.init).first == "import re")
        #expect(second.mbppTests?.split(separator: "\n").count == 3)
        #expect(second.extras["entry_point"] == "joined")
        #expect(second.extras["meta"] == ["task_id": 42, "split": "test"])
        #expect(second.extras["solution"] == nil)
        #expect(second.taskUncertainty == TaskUncertainty.estimate(second.query))
        #expect((second.dialogueTurn, second.prevReject, second.domain) == (0, 0, .coding))
    }

    @Test func splitsGoByTheNumber() async throws {
        #expect(try await states { $0.split = .test }.map(\.id) == ["mbpp-42"])
        #expect(try await states { $0.split = .prompt }.map(\.id) == ["mbpp-7"])
        #expect(try await states { $0.split = .train }.map(\.id) == ["mbpp-610"])
        #expect(try await states { $0.split = .validation }.isEmpty)
        #expect(
            [1, 10, 11, 510, 511, 600, 601, 974].map { MBPPConversion.Split(task: $0) } == [
                .prompt, .prompt, .test, .test, .validation, .validation, .train, .train,
            ])
        #expect(MBPPConversion.Split(task: 975) == nil)
    }

    @Test func withoutTheNameAskingRevealsIt() async throws {
        let state = try await states { $0.namesFunction = false }[0]
        #expect(!state.query.contains("warmer"))
        #expect(HiddenFacts(of: state).facts[0].contains("`warmer`"))
        let named = try await states()[0]
        #expect(HiddenFacts(of: named).facts.allSatisfy { !$0.contains("is called") })
    }

    @Test func theLimitAndTheSolutionAreOptions() async throws {
        let found = try await states {
            $0.limit = 2
            $0.includesSolution = true
        }
        #expect(found.count == 2)
        #expect(found[0].extras["solution"]?.stringValue?.hasPrefix("def warmer") == true)
    }

    @Test(arguments: [
        ("assert f(1) == 2", "f"), ("assert set(shared((1, 2), (2, 3))) == {2}", "shared"),
        ("assert math.isclose(area(3), 28.2, rel_tol=0.1)", "area"), ("assert (deep_call(1)) == 1", "deep_call"),
        ("assert not is_odd(2)", "is_odd"), ("assert sum(10, 15) == 6", "sum"),
    ])
    func theEntryPointIsWhatTheFirstAssertionCalls(text: String, name: String) {
        #expect(MBPPConversion.entryPoint([text]) == name)
    }

    @Test func aFileOfSomethingElseIsRefused() async throws {
        let scratch = try Scratch()
        let path = try scratch.write("{\"question\": \"x\"}\n", to: "other.jsonl")
        let error = await #expect(throws: EvaluationError.self) {
            try await MBPPConversion().states(path: path, named: "other.jsonl")
        }
        #expect(error?.message.contains("other.jsonl:1") == true)
    }
}
