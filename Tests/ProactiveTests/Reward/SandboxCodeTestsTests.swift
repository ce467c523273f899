import Evaluation
import Foundation
import JSON
import Testing

@testable import Proactive

/// Whether programs can be tested here.
private let hasPython: Bool = {
    let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
    if !isThere { print("skipped: tests of code need /usr/bin/python3") }
    return isThere
}()

@Suite(.enabled(if: hasPython)) struct SandboxCodeTestsTests {
    private static let shared = Result { try SandboxCodeTests.local(environment: [:]) }

    private func run(_ code: String, _ tests: String, isPartial: Bool = false) async throws -> CodeTestResult {
        try await Self.shared.get().run(code: code, tests: tests, isPartial: isPartial)
    }

    struct Program: Sendable, CustomTestStringConvertible {
        let name: String
        let code: String
        var passes = false
        var testDescription: String { name }
    }

    static let programs = [
        Program(name: "right", code: "def f(x):\n    return x + 1", passes: true),
        Program(name: "wrong", code: "def f(x):\n    return x"),
        Program(name: "broken", code: "def f(x:"),
        Program(name: "ends early", code: "import sys\nsys.exit(0)"),
        Program(name: "ends at once", code: "import os\nos._exit(0)"),
        Program(name: "swallows the tests", code: "def f(x):\n    return 2\n'''"),
        Program(
            name: "reaches the network",
            code: "import socket\nsocket.create_connection(('192.0.2.1', 80), 2)\ndef f(x):\n    return x + 1"),
        Program(name: "fills the memory", code: "x = bytearray(1 << 31)\ndef f(x):\n    return x + 1"),
        Program(
            name: "writes elsewhere", code: "open('/usr/proactive', 'w').write('x')\ndef f(x):\n    return x + 1"),
        Program(
            name: "fills the disk",
            code: "open('/tmp/x', 'wb').write(b'x' * (1 << 23))\ndef f(x):\n    return x + 1"),
        Program(
            name: "writes in its own place",
            code: """
                open('/tmp/note', 'w').write('x')
                def f(x):
                    return x + 1
                """, passes: true),
        Program(
            name: "knows this machine", code: "open('/root/.profile').read()\ndef f(x):\n    return x + 1"),
    ]

    @Test(arguments: programs)
    func onlyAProgramThatPassesItsTestsPasses(_ program: Program) async throws {
        let result = try await run(program.code, "assert f(1) == 2")
        guard
            result.sandbox != "weak"
                || !["reaches the network", "writes elsewhere", "knows this machine"]
                    .contains(program.name)
        else { return print("not looked at: this machine cannot isolate programs") }
        #expect(result.passed == program.passes, "\(result)")
        #expect(["bubblewrap", "unshare", "weak"].contains(result.sandbox))
    }

    @Test func anEndlessLoopIsEndedAtItsTime() async throws {
        let result = try await run("while True:\n    pass", "assert f(1) == 2")
        #expect(!result.passed)
        #expect(result.durationMilliseconds < 15_000)
        #expect(result.timedOut || result.exitStatus != 0)
    }

    @Test func aComplaintIsKept() async throws {
        let result = try await run("def f(x):\n    return x", "assert f(1) == 2, 'not two'")
        #expect(result.standardErrorTail.contains("not two"))
        #expect(result.exitStatus == 1)
    }

    @Test func setupBeforeAssertionsIsRun() async throws {
        #expect(try await run("def f(x):\n    return math.floor(x)", "import math\nassert f(1.5) == 1").passed)
    }

    @Test func partialCreditCountsAssertions() async throws {
        let tests = "import math\nassert f(1) == 1\nassert f(2) == 3\nassert math.floor(f(2)) == \"it's\""
        let some = try await run("def f(x):\n    return x", tests, isPartial: true)
        #expect((some.passed, some.assertionsHeld, some.assertions) == (false, 1, 3))
        let all = try await run("def f(x):\n    return x", "assert f(1) == 1", isPartial: true)
        #expect((all.passed, all.assertionsHeld, all.assertions) == (true, 1, 1))
        let cheat = try await run("import os\nos._exit(0)", tests, isPartial: true)
        #expect((cheat.passed, cheat.assertionsHeld) == (false, 0))
    }

    @Test func theSameProgramRunsOnce() async throws {
        let tests = try SandboxCodeTests.local(environment: [:])
        let first = try await tests.run(code: "def f(x): return x", tests: "assert f(1) == 1", isPartial: false)
        let again = try await tests.run(code: "def f(x): return x", tests: "assert f(1) == 1", isPartial: false)
        #expect(first == again)
        #expect(first.passed)
    }

    @Test func theShippedTasksAreSolvedByTheirSolutionsAlone() async throws {
        var source = StateSource()
        source.mode = .dataset
        source.path = ownData("coding_tasks.jsonl")
        let states = try await source.meetings(baseDirectory: "").map(\.state)
        #expect(states.count >= 30)
        let tests = try Self.shared.get()
        let verdicts = try await states.mapped(atOnce: 4) { state -> [Bool] in
            var found: [Bool] = []
            for key in ["solution", "naive_solution"] {
                guard let code = state.extras[key]?.stringValue else { continue }
                found.append(try await tests.run(code: code, tests: state.mbppTests ?? "", isPartial: false).passed)
            }
            return found
        }
        for (state, verdict) in zip(states, verdicts) {
            #expect(verdict == (state.extras["naive_solution"] == nil ? [true] : [true, false]), "\(state.id)")
        }
    }
}

@Suite struct CodeTestFailureTests {
    @Test func withoutAnInterpreterTheErrorSaysSo() async throws {
        let tests = SandboxCodeTests(source: .init(endsAfterUse: true) { ShellOnly() })
        let error = await #expect(throws: EvaluationError.self) {
            try await tests.run(code: "x", tests: "y", isPartial: false)
        }
        #expect(error?.message.contains("python3") == true)
        #expect(error?.advice?.contains("--no_tests") == true)
    }

    @Test func aSandboxThatDoesNotStartIsNoVerdict() async throws {
        let tests = SandboxCodeTests(
            source: .init(endsAfterUse: true) {
                throw EvaluationError(.sandboxUnavailable, "no", cause: .sandbox, retry: .worthwhile)
            })
        let error = await #expect(throws: EvaluationError.self) {
            try await tests.run(code: "x", tests: "y", isPartial: false)
        }
        #expect(error?.cause == .sandbox)
    }

    /// A sandbox in which no program is found.
    private struct ShellOnly: CommandSandbox {
        let identifier = "nowhere"

        func isAlive() async -> Bool { true }
        func stop() async {}
        func run(_ command: SandboxCommand) async throws -> SandboxCommandResult {
            SandboxCommandResult(exitCode: 127, standardError: SandboxOutput(Array("python3: not found".utf8)))
        }
        func readFile(_ path: String, maximumBytes: Int) async throws -> [UInt8] { [] }
        func writeFile(_ path: String, _ bytes: [UInt8], permissions: UInt16) async throws {}
        func copyIn(_ files: [SandboxFile], to directory: String) async throws {}
        func copyOut(_ path: String, limits: SandboxCopyLimits) async throws -> [SandboxFile] { [] }
    }
}
