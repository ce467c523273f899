import Glibc
import Testing

@testable import Processes

@Suite(.timeLimit(.minutes(1)))
struct LimitTests {
    @Test func stopsAProgramThatWritesTooLargeAFile() async throws {
        try await withTemporaryDirectory { directory in
            var command = shell("exec head -c 100000 /dev/zero > $1", [directory + "/file"])
            command.limits.fileSizeBytes = 10_000
            let result = try await Processes.run(command)
            #expect(result.termination == .signalled(SIGXFSZ))
        }
    }

    @Test func stopsAProgramThatComputesForTooLong() async throws {
        var command = shell("while :; do :; done")
        command.limits.cpuSeconds = 1
        let result = try await Processes.run(command)
        #expect(result.termination == .signalled(SIGXCPU))
        #expect(result.usage.userTime + result.usage.systemTime >= .milliseconds(500))
    }

    @Test func failsAllocationsBeyondTheAddressSpace() async throws {
        var command = ProcessCommand("head", ["-c", "1", "--", "/dev/zero"])
        command.limits.addressSpaceBytes = 1 << 30
        #expect(try await Processes.run(command).succeeded)
        // Too little even to load the program.
        command.limits.addressSpaceBytes = 1 << 16
        let result = try? await Processes.run(command)  // The kernel may refuse to start it or kill it.
        #expect(result?.succeeded != true)
    }

    @Test func tellsTheKernelEachLimit() async throws {
        var command = ProcessCommand("cat", ["/proc/self/limits"])
        command.limits = ProcessLimits(
            cpuSeconds: 100, addressSpaceBytes: 1 << 32, fileSizeBytes: 1 << 20, openFiles: 64, processes: 50)
        let lines = text(try await Processes.run(command).standardOutput).split(separator: "\n")
        func values(_ name: String) -> [Substring]? {
            lines.first { $0.hasPrefix(name) }?.dropFirst(name.count).split(separator: " ").prefix(2).map { $0 }
        }
        #expect(values("Max cpu time") == ["100", "101"])
        #expect(values("Max address space") == ["4294967296", "4294967296"])
        #expect(values("Max file size") == ["1048576", "1048576"])
        #expect(values("Max open files") == ["64", "64"])
        #expect(values("Max processes") == ["50", "50"])
        #expect(values("Max core file size") == ["0", "0"])
    }

    @Test func keepsHeadAndTailOfALongOutput() async throws {
        var command = ProcessCommand("seq", ["1", "100000"])
        command.outputLimit = .truncateHeadTail(head: 10, tail: 14)
        let output = try await Processes.run(command).standardOutput
        #expect(text(output) == "1\n2\n3\n4\n5\n\n99999\n100000\n")
        #expect(output.totalBytes == 588_895)
        #expect(output.isTruncated)
        #expect(output.text == "1\n2\n3\n4\n5\n\n… 588871 bytes omitted …\n\n99999\n100000\n")
    }

    @Test(arguments: ["yes", "yes >&2"])
    func killsAProgramThatWritesWithoutEnd(_ script: String) async throws {
        var command = shell(script)
        command.outputLimit = .kill(after: 100_000)
        let error = await expectFailure(.outputLimit) { try await Processes.run(command) }
        #expect(error?.message == "'/bin/sh' wrote more than the 100000 bytes allowed and was killed")
    }

    @Test func refusesAnOutputOverTheLimitEvenFromAProgramThatEnded() async throws {
        var command = shell("echo 12345678")
        command.outputLimit = .kill(after: 9)
        #expect(try await Processes.run(command).succeeded)
        command.outputLimit = .kill(after: 8)
        await expectFailure(.outputLimit) { try await Processes.run(command) }
    }
}
