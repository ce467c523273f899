import Glibc
import Testing

@testable import Processes

@Suite(.timeLimit(.minutes(1)))
struct ErrorTests {
    @Test func reportsAProgramThatDoesNotExist() async {
        let missing = await expectFailure(.notFound) { try await Processes.run(ProcessCommand("gage-no-such-program")) }
        #expect(missing?.message == "cannot run 'gage-no-such-program': not found in PATH")
        await expectFailure(.notFound) { try await Processes.run(ProcessCommand("/no/such/program")) }
    }

    @Test func reportsFilesThatCannotBeExecuted() async throws {
        try await withTemporaryDirectory { directory in
            func run(_ name: String) async throws(ProcessError) -> ProcessResult {
                try await Processes.run(ProcessCommand(directory + "/" + name))
            }
            writeFile(directory + "/plain", "#!/bin/sh\n", mode: 0o644)
            await expectFailure(.permission) { try await run("plain") }
            await expectFailure(.permission) { try await run("") }
            writeFile(directory + "/formless", "no interpreter", mode: 0o755)
            await expectFailure(.spawnFailed) { try await run("formless") }
            writeFile(directory + "/orphan", "#!/no/such/interpreter\n", mode: 0o755)
            await expectFailure(.notFound) { try await run("orphan") }
        }
    }

    @Test func prefersADeniedProgramToNone() async throws {
        try await withTemporaryDirectory { directory in
            writeFile(directory + "/gage-denied", "#!/bin/sh\n", mode: 0o644)
            var command = ProcessCommand("gage-denied")
            command.environment = .exactly(["PATH": "\(directory):/usr/bin"])
            await expectFailure(.permission) { try await Processes.run(command) }
        }
    }

    @Test(arguments: ["/no/such/directory", "/etc/passwd"])
    func reportsABadWorkingDirectory(_ directory: String) async {
        var command = ProcessCommand("true")
        command.workingDirectory = directory
        let error = await expectFailure(.workingDirectory) { try await Processes.run(command) }
        #expect(error?.message.contains(directory) == true)
    }

    @Test func refusesWhatNoProgramCanBeGiven() async {
        var named = ProcessCommand("true")
        named.environment = .exactly(["A=B": "c"])
        var valued = ProcessCommand("true")
        valued.environment = .inheritAdding(["A": "b\0c"])
        for command in [
            ProcessCommand(""), ProcessCommand("tr\0ue"), ProcessCommand("true", ["a\0b"]), named, valued,
        ] {
            await expectFailure(.invalidCommand) { try await Processes.run(command) }
        }
    }

    @Test func failsToStartALongLivedChildAlike() async {
        await expectFailure(.notFound) { try await ChildProcess.start(ProcessCommand("gage-no-such-program")) }
    }

    @Test func reportsAStatusThatSomeoneElseTook() async {
        await #expect(processExitsWith: .success) {
            signal(SIGCHLD, SIG_IGN)
            await expectFailure(.statusLost) { try await Processes.run(ProcessCommand("true")) }
        }
    }

    @Test func reportsThatThereAreNoDescriptorsLeft() async {
        await #expect(processExitsWith: .success) {
            let first = try await Processes.run(ProcessCommand("true"))
            #expect(first.succeeded)
            var limit = rlimit(rlim_cur: 3, rlim_max: 3)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            await expectFailure(.spawnFailed) { try await Processes.run(ProcessCommand("true")) }
        }
    }
}
