import Evaluation
import Testing

@testable import Sandboxes

/// What a well-behaved program may expect of every sandbox.
@Suite(.timeLimit(.minutes(4)))
struct CommandConformanceTests {
    @Test(arguments: Provider.available)
    func reportsOutputsExitStatusInputAndEnvironment(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            var command = shell("cat; echo \"$GREETING\"; echo problem >&2; exit 7")
            command.input = Array("typed\n".utf8)
            command.environment = ["GREETING": "grüß dich"]
            let result = try await sandbox.run(command)
            #expect(result.exitCode == 7)
            #expect(result.standardOutput.text == "typed\ngrüß dich\n")
            #expect(result.standardError.text == "problem\n")
            #expect(!result.timedOut && !result.ranOutOfMemory && !result.sandboxRestarted)
        }
    }

    @Test(arguments: Provider.available)
    func keepsTheOrderOfMergedStreams(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            var command = shell("for i in 1 2 3; do echo out$i; echo err$i >&2; done")
            command.mergesStandardError = true
            let result = try await sandbox.run(command)
            #expect(result.standardOutput.text == "out1\nerr1\nout2\nerr2\nout3\nerr3\n")
            #expect(result.standardError.bytes.isEmpty)
        }
    }

    @Test(arguments: Provider.available)
    func startsInTheDirectoryAskedFor(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            var command = SandboxCommand(["pwd"])
            command.workingDirectory = "/tmp"
            #expect(try await sandbox.run(command).standardOutput.text == "/tmp\n")
            command.workingDirectory = "/no/such/place"
            let result = try await sandbox.run(command)
            #expect(result.exitCode != 0)
            #expect(result.standardError.text.contains("/no/such/place"))
        }
    }

    @Test(arguments: Provider.available)
    func tellsAMissingProgramByTheShellsStatus(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            var command = SandboxCommand(["no-such-program"])
            command.timeout = .seconds(10)
            let result = try await sandbox.run(command)
            #expect(result.exitCode == 127)
        }
    }

    @Test(arguments: Provider.available)
    func keepsFilesBetweenCommands(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            _ = try await sandbox.run(shell("echo kept >note; echo kept >/tmp/other"))
            let result = try await sandbox.run(shell("cat note /tmp/other"))
            #expect(result.standardOutput.text == "kept\nkept\n")
        }
    }

    @Test(arguments: Provider.available)
    func runsManyCommandsAtOnce(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for number in 0..<6 {
                    group.addTask {
                        (number, try await sandbox.run(shell("sleep 0.2; echo \(number)")).standardOutput.text)
                    }
                }
                for try await (number, text) in group { #expect(text == "\(number)\n") }
            }
        }
    }

    @Test(arguments: Provider.available)
    func keepsEveryByteOfInputAndOutput(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
            var command = SandboxCommand(["cat"])
            command.input = bytes
            command.timeout = .seconds(30)
            let result = try await sandbox.run(command)
            #expect(result.standardOutput.bytes == bytes)
        }
    }

    @Test(arguments: Provider.available)
    func movesFilesInAndOut(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            try await sandbox.writeFile("/tmp/new/place/ünï côde.bin", [0, 255, 10], permissions: 0o755)
            #expect(try await sandbox.readFile("/tmp/new/place/ünï côde.bin") == [0, 255, 10])
            let deep = String(repeating: "long-directory-name/", count: 8) + "file.txt"
            let files = [
                SandboxFile("tree", .directory), SandboxFile("tree/a.txt", text: "a"),
                SandboxFile("tree/link", .symbolicLink("a.txt")), SandboxFile("tree/\(deep)", text: "deep"),
                SandboxFile("tree/run.sh", text: "#!/bin/sh\necho ran\n", permissions: 0o755),
            ]
            try await sandbox.copyIn(files, to: "/tmp/in")
            #expect(try await sandbox.run(shell("/tmp/in/tree/run.sh")).standardOutput.text == "ran\n")
            #expect(try await sandbox.readFile("/tmp/in/tree/link") == Array("a".utf8))
            let found = try await sandbox.copyOut("/tmp/in/tree")
            let byPath = Dictionary(uniqueKeysWithValues: found.map { ($0.path, $0) })
            #expect(byPath["a.txt"]?.bytes == Array("a".utf8))
            #expect(byPath["link"]?.content == .symbolicLink("a.txt"))
            #expect(byPath[deep]?.bytes == Array("deep".utf8))
            #expect(byPath["run.sh"]?.permissions == 0o755)
        }
    }

    @Test(arguments: Provider.available)
    func saysWhyAFileCannotBeMoved(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            func reason(_ work: () async throws -> Void) async throws -> SandboxFileError.Reason? {
                do {
                    try await work()
                    return nil
                } catch let error as SandboxFileError {
                    return error.reason
                }
            }
            try await sandbox.writeFile("/tmp/big", [UInt8](repeating: 1, count: 5000))
            #expect(try await reason { _ = try await sandbox.readFile("/no/such") } == .missing)
            #expect(try await reason { _ = try await sandbox.readFile("/tmp") } == .wrongKind)
            #expect(try await reason { _ = try await sandbox.readFile("/tmp/big", maximumBytes: 4999) } == .tooLarge)
            #expect(try await reason { _ = try await sandbox.copyOut("/no/such") } == .missing)
            let climbing = [SandboxFile("../escape", text: "no")]
            #expect(try await reason { try await sandbox.copyIn(climbing, to: "/tmp") } == .invalidPath)
            let limits = SandboxCopyLimits(bytes: 100, files: 10)
            #expect(try await reason { _ = try await sandbox.copyOut("/tmp/big", limits: limits) } == .tooLarge)
        }
    }

    @Test(arguments: Provider.available)
    func twoSandboxesShareNothing(provider: Provider) async throws {
        try await provider.withSandbox { first in
            try await provider.withSandbox { second in
                try await first.writeFile("/tmp/secret", Array("mine".utf8))
                let result = try await second.run(shell("cat /tmp/secret"))
                #expect(result.exitCode != 0)
                #expect(first.identifier != second.identifier)
            }
        }
    }
}
