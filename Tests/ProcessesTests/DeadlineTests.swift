import Glibc
import Testing

@testable import Processes

@Suite(.timeLimit(.minutes(1)))
struct DeadlineTests {
    @Test func endsAProgramAtItsDeadline() async throws {
        var command = ProcessCommand("sleep", ["1000"])
        command.deadline = .milliseconds(50)
        let result = try await Processes.run(command)
        #expect(result.timedOut)
        #expect(result.termination == .signalled(SIGTERM))
        #expect(result.duration >= .milliseconds(50))
        #expect(!result.succeeded)
    }

    @Test func leavesAProgramAloneThatEndsInTime() async throws {
        var command = shell("exit 3")
        command.deadline = .seconds(50)
        let result = try await Processes.run(command)
        #expect(!result.timedOut)
        #expect(result.termination == .exited(3))
    }

    @Test func letsAProgramEndInItsOwnWay() async throws {
        var command = shell("trap 'echo bye; exit 3' TERM; while :; do sleep 1000; done")
        command.deadline = .milliseconds(100)
        command.gracePeriod = .seconds(30)
        let result = try await Processes.run(command)
        #expect(result.timedOut)
        #expect(result.termination == .exited(3))
        #expect(text(result.standardOutput) == "bye\n")
    }

    @Test func killsAGroupThatIgnoresTheRequestToEnd() async throws {
        var command = shell(
            "echo $$; trap '' TERM; (trap '' TERM; while :; do sleep 1000; done) & while :; do sleep 1000; done")
        command.deadline = .milliseconds(100)
        command.gracePeriod = .milliseconds(50)
        let result = try await Processes.run(command)
        #expect(result.timedOut)
        #expect(result.termination == .signalled(SIGKILL))
        let group = try #require(Int32(text(result.standardOutput).dropLast()))
        await eventually { livingMembers(ofGroup: group).isEmpty }
    }

    @Test func endsAStoppedProgram() async throws {
        var command = shell("kill -STOP $$; echo went on")
        command.deadline = .milliseconds(50)
        command.gracePeriod = .seconds(30)
        let result = try await Processes.run(command)
        #expect(result.timedOut)
        #expect(result.termination == .signalled(SIGTERM))
    }

    @Test func skipsTheRequestWithoutAGracePeriod() async throws {
        var command = shell("trap 'exit 3' TERM; while :; do sleep 1000; done")
        command.deadline = .milliseconds(50)
        command.gracePeriod = .zero
        #expect(try await Processes.run(command).termination == .signalled(SIGKILL))
    }

    @Test(arguments: ["sleep 1000 & echo $$", "(trap '' TERM HUP; sleep 1000) & echo $$"])
    func doesNotWaitForWhatRunsInTheBackground(_ script: String) async throws {
        let result = try await Processes.run(shell(script))
        #expect(result.termination == .exited(0))
        #expect(result.duration < .seconds(30))
        let group = try #require(Int32(text(result.standardOutput).dropLast()))
        await eventually { livingMembers(ofGroup: group).isEmpty }
    }

    @Test func isNotHeldUpByABackgroundProcessThatFloodsTheOutput() async throws {
        let result = try await Processes.run(shell("yes & echo $$"))
        #expect(result.termination == .exited(0))
    }

    /// Starts a process in a group of its own, and ends once it is there.
    private static let leavesTheGroup = """
        setsid sleep 1000 &
        until read -r _ _ _ _ group _ < /proc/$!/stat && [ "$group" = $! ]; do :; done
        echo $!
        """

    @Test func isNotHeldUpByAProcessThatLeftTheGroup() async throws {
        let result = try await Processes.run(shell(Self.leavesTheGroup))
        #expect(result.duration < .seconds(30))
        let process = try #require(Int32(text(result.standardOutput).dropLast()))
        #expect(kill(process, SIGKILL) == 0)
    }

    @Test func deliversAllThatTheProgramWroteBeforeItEnded() async throws {
        for _ in 0..<20 {
            let result = try await Processes.run(shell("head -c 60000 /dev/zero"))
            #expect(result.standardOutput.totalBytes == 60000)
        }
    }
}
