import Glibc
import Testing

@testable import Processes

@Suite(.timeLimit(.minutes(1)))
struct ChildProcessTests {
    @Test func talksLineByLine() async throws {
        let child = try await ChildProcess.start(shell("while read -r line; do echo \"got $line\"; done; exit 7"))
        for index in 0..<50 {
            try await child.write(line: "line \(index)")
            #expect(try await child.nextLine() == "got line \(index)")
        }
        child.closeInput()
        #expect(try await child.nextLine() == nil)
        #expect(try await child.wait().termination == .exited(7))
        #expect(try await child.nextLine() == nil)
    }

    @Test func deliversAllLinesAlsoThoseOfAProgramThatHasEnded() async throws {
        let child = try await ChildProcess.start(shell("printf 'a\\r\\n\\nb\\nlast'; echo complaint >&2"))
        let result = try await child.wait()
        var lines: [String] = []
        for try await line in child.lines { lines.append(line) }
        #expect(lines == ["a", "", "b", "last"])
        #expect(text(result.standardError) == "complaint\n")
        #expect(result.standardOutput.totalBytes == 0)
    }

    @Test func makesAProgramWaitWhoseLinesNobodyReads() async throws {
        let child = try await ChildProcess.start(ProcessCommand("seq", ["1", "200000"]), maximumLineBytes: 100)
        var expected = 1
        for try await line in child.lines {
            guard line == "\(expected)" else { break }
            expected += 1
        }
        #expect(expected == 200_001)
        #expect(try await child.wait().succeeded)
    }

    @Test func givesTheInputOfTheCommandFirst() async throws {
        var command = ProcessCommand("cat")
        command.input = .bytes(Array("first\n".utf8))
        let child = try await ChildProcess.start(command)
        #expect(try await child.nextLine() == "first")
        try await child.write(line: "second")
        #expect(try await child.nextLine() == "second")
    }

    @Test func refusesALineThatIsTooLong() async throws {
        let child = try await ChildProcess.start(
            shell("echo ok; head -c 5000000 /dev/zero; sleep 1000"), maximumLineBytes: 1000)
        #expect(try await child.nextLine() == "ok")
        await expectFailure(.outputLimit) { try await child.nextLine() }
        await expectFailure(.outputLimit) { try await child.wait() }
    }

    @Test func cannotWriteToAProgramThatHasEnded() async throws {
        let child = try await ChildProcess.start(shell("exit 0"))
        _ = try await child.wait()
        await expectFailure(.inputClosed) { try await child.write(line: "hello?") }
    }

    @Test func cannotWriteToAProgramThatHasClosedItsInput() async throws {
        let child = try await ChildProcess.start(shell("exec <&-; echo closed; exec sleep 1000"))
        #expect(try await child.nextLine() == "closed")
        await expectFailure(.inputClosed) { try await child.write(line: "hello?") }
        child.terminate()
        #expect(try await child.wait().termination == .signalled(SIGTERM))
    }

    @Test func endsAWriteThatIsCancelled() async throws {
        let child = try await ChildProcess.start(ProcessCommand("sleep", ["1000"]))
        let task = Task {
            await expectFailure(.cancelled) { try await child.write([UInt8](repeating: 0, count: 1 << 20)) }
        }
        task.cancel()
        _ = await task.value
        child.terminate()
        _ = try await child.wait()
    }

    @Test func endsAReadThatIsCancelledAndLeavesTheProgramAlone() async throws {
        let child = try await ChildProcess.start(ProcessCommand("cat"))
        let task = Task {
            await expectFailure(.cancelled) { try await child.nextLine() }
        }
        await Task.yield()
        task.cancel()
        _ = await task.value
        try await child.write(line: "still there")
        #expect(try await child.nextLine() == "still there")
    }

    @Test func keepsTheDeadline() async throws {
        var command = ProcessCommand("cat")
        command.deadline = .milliseconds(50)
        let child = try await ChildProcess.start(command)
        #expect(try await child.nextLine() == nil)
        let result = try await child.wait()
        #expect(result.timedOut)
        #expect(result.termination == .signalled(SIGTERM))
    }

    @Test func endsAProgramThatNobodyHolds() async throws {
        func start() async throws -> Int32 {
            try await ChildProcess.start(ProcessCommand("sleep", ["1000"])).processIdentifier
        }
        let group = try await start()
        await eventually { livingMembers(ofGroup: group).isEmpty }
    }

    @Test func killsAProgramThatDoesNotEndWhenAsked() async throws {
        var command = shell("trap '' TERM; echo ready; while :; do sleep 1000; done")
        command.gracePeriod = .milliseconds(50)
        let child = try await ChildProcess.start(command)
        #expect(try await child.nextLine() == "ready")
        child.terminate()
        let result = try await child.wait()
        #expect(result.termination == .signalled(SIGKILL))
        #expect(!result.timedOut)
    }

    @Test func endsTheProgramWhenAWaitIsCancelled() async throws {
        let child = try await ChildProcess.start(ProcessCommand("sleep", ["1000"]))
        let task = Task {
            await expectFailure(.cancelled) { try await child.wait() }
        }
        task.cancel()
        _ = await task.value
        await expectFailure(.cancelled) { try await child.wait() }
    }

    @Test func keepsTwoHundredProgramsAtATime() async throws {
        let children = try await withThrowingTaskGroup(of: ChildProcess.self) { group in
            for _ in 0..<200 { group.addTask { try await ChildProcess.start(ProcessCommand("cat")) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(children.map(\.processIdentifier)).count == 200)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, child) in children.enumerated() {
                group.addTask {
                    try await child.write(line: "to \(index)")
                    #expect(try await child.nextLine() == "to \(index)")
                    child.closeInput()
                    #expect(try await child.wait().succeeded)
                }
            }
            try await group.waitForAll()
        }
    }
}
