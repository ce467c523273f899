import FoundationEssentials
import Processes
import Testing

/// The stand-in's own tests, which are in its own language.
@Suite("The stand-in's program", .timeLimit(.minutes(3)))
struct StandInProgramTests {
    private static let python: String? = {
        let found = ["/usr/bin/python3", "/usr/local/bin/python3", "/root/.pyenv/shims/python3"].first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        if found == nil { print("skipping the stand-in's own tests: no python3") }
        return found
    }()

    @Test("Its tests pass: agents against the table, isolation, protocol", .enabled(if: Self.python != nil))
    func unitTests() async throws {
        var command = ProcessCommand(try #require(Self.python), ["-m", "unittest", "discover", "-s", "tests"])
        command.workingDirectory = "\(AppWorldReference.root)/docker/appworld-stand-in"
        command.environment = .inherit
        command.deadline = .seconds(150)
        let result = try await run(command)
        #expect(result.succeeded, "\(result.standardError.text.suffix(3000))")
        #expect(result.standardError.text.contains("\nOK"))
    }

    @Test("It is plain Python 3.11 without packages")
    func imports() throws {
        let folder = "\(AppWorldReference.root)/docker/appworld-stand-in/standin"
        let standard: Set<String> = [
            "argparse", "ast", "base64", "builtins", "contextlib", "ctypes", "dataclasses", "hashlib", "http", "io",
            "json", "linecache", "os", "pathlib", "re", "shlex", "shutil", "signal", "socketserver", "sqlite3", "sys",
            "threading", "time", "traceback", "typing", "urllib",
        ]
        for (name, bytes) in contents(of: folder) where name.hasSuffix(".py") {
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
                let words = line.split(separator: " ")
                guard words.count > 1, words[0] == "import" || words[0] == "from", !words[1].hasPrefix(".") else {
                    continue
                }
                let module = words[1].split { $0 == "." || $0 == "," }.first.map(String.init) ?? ""
                #expect(standard.contains(module), "\(name): \(line)")
            }
        }
    }
}
