import Glibc
import Testing

@testable import Processes

@Suite(.timeLimit(.minutes(1)))
struct RunTests {
    @Test(arguments: [0, 1, 42, 255])
    func reportsTheExitStatus(_ status: Int32) async throws {
        let result = try await Processes.run(shell("exit \(status)"))
        #expect(result.termination == .exited(status))
        #expect(result.succeeded == (status == 0))
        #expect(!result.timedOut)
    }

    @Test(arguments: [SIGTERM, SIGKILL, SIGSEGV, SIGPIPE])
    func reportsTheSignal(_ signal: Int32) async throws {
        let result = try await Processes.run(shell("kill -\(signal) $$"))
        #expect(result.termination == .signalled(signal))
        #expect(!result.succeeded)
    }

    @Test func keepsTheTwoOutputsApart() async throws {
        let result = try await Processes.run(shell("echo out; echo err >&2; echo out2"))
        #expect(text(result.standardOutput) == "out\nout2\n")
        #expect(text(result.standardError) == "err\n")
        #expect(!result.standardOutput.isTruncated)
        #expect(result.standardOutput.totalBytes == 9)
    }

    @Test func mergesTheTwoOutputsInOrder() async throws {
        var command = shell("echo 1; echo 2 >&2; echo 3")
        command.mergesStandardError = true
        let result = try await Processes.run(command)
        #expect(text(result.standardOutput) == "1\n2\n3\n")
        #expect(result.standardError.bytes.isEmpty)
    }

    @Test func passesArgumentsAsTheyAre() async throws {
        let arguments = ["", "a b", "$HOME", "'", "\"", "\\", "żółw", "*", "--", "\n"]
        let result = try await Processes.run(shell("printf '<%s>' \"$@\"", arguments))
        #expect(text(result.standardOutput) == arguments.map { "<\($0)>" }.joined())
    }

    @Test func looksUpTheProgramInThePathOfItsEnvironment() async throws {
        try await withTemporaryDirectory { directory in
            writeFile(directory + "/gage-test-tool", "#!/bin/sh\necho found\n", mode: 0o755)
            var command = ProcessCommand("gage-test-tool")
            await expectFailure(.notFound) { try await Processes.run(command) }
            command.environment = .exactly(["PATH": ":/nonexistent:\(directory)"])
            let result = try await Processes.run(command)
            #expect(text(result.standardOutput) == "found\n")
        }
    }

    @Test func movesAMegabyteThroughAPipe() async throws {
        var command = ProcessCommand("cat")
        let bytes = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        command.input = .bytes(bytes)
        let result = try await Processes.run(command)
        #expect(result.termination == .exited(0))
        #expect(result.standardOutput.bytes == bytes)
    }

    @Test(arguments: ["exit 0", "exec <&-; exec sleep 0", "head -c 10 >/dev/null"])
    func surviesAChildThatDoesNotReadItsInput(_ script: String) async throws {
        var command = shell(script)
        command.input = .bytes([UInt8](repeating: 0, count: 4 << 20))
        #expect(try await Processes.run(command).termination == .exited(0))
    }

    @Test(arguments: [ProcessCommand.Input.none, .bytes([])])
    func endsAnEmptyInputAtOnce(_ input: ProcessCommand.Input) async throws {
        var command = ProcessCommand("cat")
        command.input = input
        let result = try await Processes.run(command)
        #expect(result.termination == .exited(0))
        #expect(result.standardOutput.totalBytes == 0)
    }

    @Test func givesExactlyTheEnvironmentAskedFor() async throws {
        var command = ProcessCommand("/usr/bin/env")
        command.environment = .exactly(["B": "2=3", "A": ""])
        let lines = text(try await Processes.run(command).standardOutput).split(separator: "\n")
        #expect(lines.sorted() == ["A=", "B=2=3"])
    }

    @Test func inheritsAndReplacesVariables() async throws {
        var command = shell("echo \"$HOME|$GAGE_TEST_ADDED\"")
        command.environment = .inheritAdding(["GAGE_TEST_ADDED": "x", "HOME": "/there"])
        #expect(text(try await Processes.run(command).standardOutput) == "/there|x\n")
        let path = try #require(getenv("PATH"))
        let inherited = try await Processes.run(shell("echo \"$PATH\""))
        #expect(text(inherited.standardOutput) == String(cString: path) + "\n")
    }

    @Test func startsInTheWorkingDirectory() async throws {
        var command = ProcessCommand("pwd")
        command.workingDirectory = "/usr"
        #expect(text(try await Processes.run(command).standardOutput) == "/usr\n")
        command = ProcessCommand("bin/pwd")
        command.workingDirectory = "/usr"
        #expect(try await Processes.run(command).succeeded)
    }

    @Test func leadsASessionAndAGroupOfItsOwn() async throws {
        let result = try await Processes.run(
            shell("read process name state parent group session rest < /proc/$$/stat; echo $process $group $session"))
        let identifiers = Set(text(result.standardOutput).split(whereSeparator: \.isWhitespace))
        #expect(identifiers.count == 1)
        #expect(identifiers.first.flatMap { Int32($0) } != getpid())
    }

    @Test func leaksNoDescriptorsToTheChild() async throws {
        let opened = fcntl(0, F_DUPFD, 20)
        defer { close(opened) }
        let result = try await Processes.run(shell("for file in /proc/$$/fd/*; do echo ${file##*/}; done"))
        // The shell reads the directory through the first free one, which is thus 3, and may have one of its own from 10.
        let descriptors = text(result.standardOutput).split(separator: "\n").compactMap { Int32($0) }
        #expect(descriptors.filter { $0 < 10 } == [0, 1, 2, 3])
        #expect(!descriptors.contains(opened))
    }

    @Test func startsWithDefaultSignalsWhateverTheParentDid() async throws {
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_IGN)
            signal(SIGUSR1, SIG_IGN)
            var blocked = sigset_t()
            sigemptyset(&blocked)
            sigaddset(&blocked, SIGTERM)
            pthread_sigmask(SIG_BLOCK, &blocked, nil)
            let result = try await Processes.run(ProcessCommand("grep", ["-E", "^Sig(Blk|Ign)", "/proc/self/status"]))
            let masks = text(result.standardOutput).split(separator: "\n").compactMap { line in
                line.split(whereSeparator: \.isWhitespace).last
            }
            #expect(masks == ["0000000000000000", "0000000000000000"])
        }
    }

    @Test func reportsWhatTheProgramUsed() async throws {
        let result = try await Processes.run(shell("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"))
        #expect(result.usage.userTime + result.usage.systemTime > .zero)
        #expect(result.usage.maximumResidentBytes > 100_000)
        #expect(result.duration > .zero)
    }

    @Test func runsManyProgramsAtATime() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<100 {
                group.addTask {
                    var command = ProcessCommand("cat")
                    command.input = .bytes(Array("\(index)".utf8))
                    let result = try await Processes.run(command)
                    #expect(text(result.standardOutput) == "\(index)")
                }
            }
            try await group.waitForAll()
        }
    }
}
