import Evaluation
import Glibc
import JSON
import Testing

@testable import Engine

/// A program of the user's: awk, which is on every Debian machine, answers by what each case says.
@Suite("Programs of the user's")
struct ProgramTests {
    static func program(
        _ script: String, timeout: Double = 20, processes: Int = 1, environment: [String: String] = [:]
    ) throws -> Program {
        var settings = ProgramSettings()
        settings.command = OneOrMany(["sh", "-c", script])
        settings.timeout = timeout
        settings.processes = processes
        settings.environment = environment
        return try Program(settings)
    }

    /// Repeats a request's line inside its answer.
    static let echo = #"while read -r line; do printf '{"echo": %s}\n' "$line"; done"#

    @Test func requestsCarryTaskSettingsAndDetails() async throws {
        var settings = ProgramSettings()
        settings.command = OneOrMany(["sh", "-c", Self.echo])
        settings.settings = ["strict": true]
        let answer = try await Program(settings).ask(.judge, ["sample": ["id": "s"]])
        #expect(answer["echo"]?["gage"] == 1)
        #expect(answer["echo"]?["do"] == "judge")
        #expect(answer["echo"]?["settings"] == ["strict": true])
        #expect(answer["echo"]?["sample"] == ["id": "s"])
    }

    @Test func oneProcessAnswersManyRequests() async throws {
        let program = try Self.program(#"while read -r line; do echo "{\"pid\": $$}"; done"#)
        let first = try await program.ask(.score, [:])["pid"]?.intValue
        let second = try await program.ask(.score, [:])["pid"]?.intValue
        #expect(first != nil && first == second)
    }

    @Test func aProgramMayEndAfterEachAnswer() async throws {
        let program = try Self.program(#"read -r line; echo "{\"pid\": $$}""#)
        var seen: Set<Int> = []
        for _ in 0..<3 { seen.insert(try #require(try await program.ask(.score, [:])["pid"]?.intValue)) }
        #expect(seen.count == 3)
    }

    @Test func severalProcessesWorkSideBySide() async throws {
        // Each answers only when the other has its request too: they meet at a pipe.
        let meeting = "/tmp/gage-program-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        #expect(mkfifo(meeting, 0o600) == 0)
        defer { unlink(meeting) }
        let program = try Self.program(
            #"read -r line; case "$line" in *'"side":"a"'*) echo x > "\#(meeting)";; *) cat "\#(meeting)" > /dev/null;; esac; echo '{"met": true}'"#,
            processes: 2)
        async let left = program.ask(.score, ["side": "a"])
        async let right = program.ask(.score, ["side": "b"])
        let answers = try await [left, right]
        #expect(answers.allSatisfy { $0["met"] == true })
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        var script: String
        var task = ProgramTask.judge
        var code: EvaluationError.Code
        var cause: Cause
        var isRetried: Bool
        var words: String
        var testDescription: String { words }
    }

    @Test(arguments: [
        Fault(
            script: "read -r line; echo oh dear >&2; exit 3", code: .programFailed, cause: .task, isRetried: true,
            words: "ended with status 3 (it last wrote: oh dear)"),
        Fault(
            script: "read -r line; kill -9 $$", task: .agent, code: .programFailed, cause: .agent, isRetried: true,
            words: "ended by signal 9"),
        Fault(
            script: "read -r line; echo hello", task: .respond, code: .programMalformedReply, cause: .provider,
            isRetried: false, words: "no JSON object: hello"),
        Fault(
            script: #"read -r line; echo '{"request": 99}'"#, code: .programMalformedReply, cause: .task,
            isRetried: false, words: "answered request 99"),
        Fault(
            script: #"read -r line; echo '{"error": "no such file"}'"#, code: .programFailed, cause: .task,
            isRetried: false, words: "no such file"),
        Fault(
            script: #"read -r line; echo '{"error": {"message": "busy", "cause": "provider", "retry": true}}'"#,
            code: .programFailed, cause: .provider, isRetried: true, words: "busy"),
        Fault(
            script: "/nowhere/at/all", code: .programFailed, cause: .task, isRetried: true, words: "status 127"),
    ])
    func faultsNameTheirCause(_ fault: Fault) async throws {
        let program = try Self.program(fault.script)
        let error = await #expect(throws: EvaluationError.self) { try await program.ask(fault.task, [:]) }
        #expect(error?.code == fault.code)
        #expect(error?.cause == fault.cause)
        #expect(error?.retry.isWorthwhile == fault.isRetried)
        #expect(error?.message.contains(fault.words) == true, "\(error?.message ?? "")")
    }

    @Test func aProgramThatIsNotThereIsAConfigurationError() async throws {
        var settings = ProgramSettings()
        settings.command = OneOrMany(["gage-no-such-program"])
        let program = try Program(settings)
        let error = await #expect(throws: EvaluationError.self) { try await program.ask(.judge, [:]) }
        #expect(error?.cause == .configuration)
        #expect(error?.message.contains("gage-no-such-program") == true)
    }

    @Test func aSilentProgramIsEndedAtItsLimit() async throws {
        let program = try Self.program("read -r line; exec sleep 600", timeout: 0.2)
        let error = await #expect(throws: EvaluationError.self) { try await program.ask(.judge, [:]) }
        #expect(error?.code == .programTimeout)
        #expect(error?.retry.isWorthwhile == true)
    }

    @Test func cancellationEndsTheWait() async throws {
        let program = try Self.program("read -r line; exec sleep 600", timeout: 500)
        let asking = Task { try await program.ask(.judge, [:]) }
        asking.cancel()
        await #expect(throws: CancellationError.self) { try await asking.value }
    }

    @Test func keysReachTheProgramOnlyWhereTheConfigurationSaysSoAndNoMessage() async throws {
        setenv("GAGE_PROGRAM_TEST_KEY", "of-the-environment", 1)
        defer { unsetenv("GAGE_PROGRAM_TEST_KEY") }
        let program = try Self.program(
            #"read -r line; printf '{"error": "%s and %s"}\n' "$GIVEN" "$GAGE_PROGRAM_TEST_KEY""#,
            environment: ["GIVEN": "a-very-secret-value"])
        let error = await #expect(throws: EvaluationError.self) { try await program.ask(.judge, [:]) }
        let message = try #require(error?.message)
        #expect(!message.contains("of-the-environment"))
        #expect(!message.contains("a-very-secret-value"))
        #expect(message.contains(" and "))
    }
}
