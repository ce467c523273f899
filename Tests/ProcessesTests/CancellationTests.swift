import Glibc
import Testing

@testable import Processes

@Suite(.timeLimit(.minutes(1)))
struct CancellationTests {
    @Test func startsNothingForATaskThatIsAlreadyCancelled() async throws {
        try await withTemporaryDirectory { directory in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                let command = ProcessCommand("touch", [directory + "/started"])
                await expectFailure(.cancelled) { try await Processes.run(command) }
                await expectFailure(.cancelled) { try await ChildProcess.start(command) }
            }
            await task.value
            // A later child on the same thread has seen all that came before it.
            _ = try await Processes.run(ProcessCommand("true"))
            #expect(contents(of: directory + "/started") == nil)
        }
    }

    @Test func killsTheGroupOfACancelledRun() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/group"
            var command = shell("(trap '' TERM; sleep 1000) & echo $$ > $1.new; mv $1.new $1; wait", [path])
            command.gracePeriod = .milliseconds(50)
            let prepared = command
            let task = Task {
                await expectFailure(.cancelled) { try await Processes.run(prepared) }
            }
            await eventually { contents(of: path) != nil }
            let group = try #require(contents(of: path).flatMap { Int32($0.dropLast()) })
            #expect(!livingMembers(ofGroup: group).isEmpty)
            task.cancel()
            _ = await task.value
            await eventually { livingMembers(ofGroup: group).isEmpty }
        }
    }

    @Test func losesNoTaskWhenCancelsOvertakeStarts() async {
        let cancelled = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    do throws(ProcessError) {
                        _ = try await Processes.run(ProcessCommand("sleep", ["1000"]))
                        return false
                    } catch {
                        return error.code == .cancelled
                    }
                }
            }
            group.cancelAll()
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(cancelled == 100)
    }

    @Test func killsItsChildrenWhenThisProcessEnds() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/child"
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                let child = try await ChildProcess.start(ProcessCommand("sleep", ["1000"]))
                writeFile(path, "\(child.processIdentifier)", mode: 0o644)
                kill(getpid(), SIGKILL)
            }
            let group = try #require(contents(of: path).flatMap { Int32($0) })
            await eventually { livingMembers(ofGroup: group).isEmpty }
        }
    }
}
