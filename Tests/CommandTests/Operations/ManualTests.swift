import Processes
import Testing

/// The manual page and the shells' completions, which the argument parser's declarations make.
@Suite struct ManualTests {
    @Test func theManualPageIsWellFormedAndNamesEveryCommand() async throws {
        let page = try await GageBinary.run("manual", environment: ["SOURCE_DATE_EPOCH": "1700000000"])
        #expect(page.code == 0)
        #expect(page.output.hasPrefix(".Dd November 14, 2023\n.Dt GAGE 1\n"))
        for command in ["run", "ps", "doctor", "requeue", "data fetch", "proactive doctor", "completions"] {
            #expect(page.output.contains(".Ss \"gage \(command)\""), "\(command)")
        }
        // Two commands of one name would hide one of them.
        let sections = page.output.split(separator: "\n").filter { $0.hasPrefix(".Ss \"gage ") }
        let twice = Dictionary(grouping: sections) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
        #expect(twice.isEmpty)
        guard try await Self.has("mandoc") else { return print("skipped: mandoc is not there") }
        let directory = try TemporaryDirectory()
        try directory.write(page.output, to: "gage.1")
        let lint = try await Processes.run(
            ProcessCommand("mandoc", ["-Tlint", "-Wwarning", "\(directory.path)/gage.1"]))
        #expect(lint.code == 0, "\(lint.output)")
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func completionsAreScriptsOfTheirShell(shell: String) async throws {
        let script = try await GageBinary.run("completions", shell)
        #expect(script.code == 0)
        for word in ["requeue", "doctor", "trace-endpoint"] { #expect(script.output.contains(word), "\(word)") }
        guard try await Self.has(shell) else { return print("skipped: \(shell) is not there") }
        let directory = try TemporaryDirectory()
        try directory.write(script.output, to: "script")
        let check = try await Processes.run(ProcessCommand(shell, ["-n", "\(directory.path)/script"]))
        #expect(check.code == 0, "\(check.complaint)")
    }

    @Test func runsAreOfferedByTheirIDs() async throws {
        let directory = try TemporaryDirectory()
        let run = try await GageBinary.run(
            "run", "--config", "\(GageBinary.root)/config/quickstart.yaml", "--run-id", "offered-1", "-q",
            in: directory.path)
        #expect(run.code == 0, "\(run.complaint)")
        guard try await Self.has("bash") else { return print("skipped: bash is not there") }
        let script = """
            source <("$0" completions bash)
            PATH="$(dirname "$0"):$PATH"
            COMP_WORDS=(gage report ""); COMP_CWORD=2; COMP_LINE="gage report "; COMP_POINT=${#COMP_LINE}
            _gage gage "" report
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        var command = ProcessCommand("bash", ["-c", script, GageBinary.path])
        command.workingDirectory = directory.path
        let offered = try await Processes.run(command)
        #expect(offered.output.contains("offered-1"), "\(offered.output)\(offered.complaint)")
    }

    @Test func anUnknownShellIsRefused() async throws {
        let result = try await GageBinary.run("completions", "tcsh")
        #expect(result.code == 2)
        #expect(result.complaint.contains("bash"))
    }

    private static func has(_ program: String) async throws -> Bool {
        try await Processes.run(ProcessCommand("/bin/sh", ["-c", "command -v \(program)"])).code == 0
    }
}
