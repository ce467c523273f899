import Evaluation
import Glibc
import JSON
import Testing

@testable import Models

/// Servers that a run starts, as real processes.
@Suite(
    .enabled("python3 is not there, and the server program of these tests is written in it") {
        FakeServerProgram.python != nil
    })
struct ModelServerTests {
    @Test func aServerIsStartedOnceUsedByAllAndGoneAfterwards() async throws {
        let program = try FakeServerProgram()
        let model = try program.model("well", ["served_model_name": "small", "max_model_len": 4096])
        #expect(program.processes.isEmpty)
        try await withThrowingTaskGroup(of: String?.self) { group in
            for index in 0..<8 {
                group.addTask {
                    try await model.respond(to: Fixtures.request(), in: Fixtures.context(index: index)).message.text
                }
            }
            for try await text in group { #expect(text == "start 1") }
        }
        let words = try #require(program.text("words"))
        #expect(words.hasPrefix("tiny --host 127.0.0.1 --port "))
        #expect(words.hasSuffix(" --served-model-name small --max-model-len 4096\n"))
        #expect(program.events.payload("model_server_ready")?["version"] == "9.9")
        let processes = program.processes
        #expect(processes.count == 2)
        await program.resources.end()
        for process in processes { #expect(try await isGone(process)) }
        #expect(program.events.names == ["model_server_ready", "model_server_ended"])
        let log = try #require(program.text("logs/model_server_local_one.log"))
        #expect(log.contains("loading tiny"))
        let error = try await evaluationError {
            try await model.respond(to: Fixtures.request(), in: Fixtures.context())
        }
        #expect(error.message.contains("only be used while a run goes on"))
    }

    @Test(
        arguments: [
            ("other", [:], "offers 'something-else', and not 'tiny'", Cause.configuration),
            ("dies", ["max_restarts": 1], "ended with exit code 1 before it was ready", .provider),
            ("never", ["startup_timeout_s": 0.5], "does not answer after 0.5 seconds", .provider),
            (
                "no parser", ["tool_call_parser": "hermes"], "answers a request for a tool call with text",
                .configuration
            ),
            ("refuses tools", ["enable_auto_tool_choice": true], "requires --enable-auto-tool-choice", .configuration),
        ] as [(String, JSONObject, String, Cause)])
    func aServerThatIsNoUseIsRefusedAndGone(case: (String, JSONObject, String, Cause)) async throws {
        let (behaviour, config, message, cause) = `case`
        let program = try FakeServerProgram()
        let model = try program.model(behaviour, config)
        let error = try await evaluationError {
            try await model.respond(to: Fixtures.request(), in: Fixtures.context())
        }
        #expect(error.message.contains(message), "\(error)")
        #expect(error.cause == cause && !error.retry.isWorthwhile)
        if behaviour == "dies" {
            #expect(error.message.contains("CUDA out of memory"))
            #expect(program.processes.count == 4)
        }
        // Later calls hear the same at once, and start nothing.
        let again = try await evaluationError {
            try await model.respond(to: Fixtures.request(), in: Fixtures.context())
        }
        #expect(again.code == error.code)
        await program.resources.end()
        for process in program.processes { #expect(try await isGone(process)) }
    }

    @Test func aServerThatCrashesIsStartedAgainAndTheCallRepeated() async throws {
        let program = try FakeServerProgram()
        let model = try program.model("crashes")
        let response = try await model.respond(to: Fixtures.request(), in: Fixtures.context())
        #expect(response.message.text == "start 2")
        #expect(response.attempts >= 2)
        #expect(program.events.payload("model_server_ended")?["how"] == "exit code 3")
        await program.resources.end()
        for process in program.processes { #expect(try await isGone(process)) }
    }

    @Test func aServerThatCrashesAgainAndAgainIsGivenUp() async throws {
        let program = try FakeServerProgram()
        let model = try program.model("crashes always", ["max_restarts": 1, "max_retries": 10])
        let error = try await evaluationError {
            try await model.respond(to: Fixtures.request(), in: Fixtures.context())
        }
        #expect(error.code.rawValue == "provider.server_ended" && error.cause == .provider, "\(error)")
        #expect(program.processes.count == 4)
        await program.resources.end()
    }

    @Test func toolsAreProbedWhereTheyAreTurnedOn() async throws {
        let program = try FakeServerProgram()
        let model = try program.model("well", ["tool_call_parser": "hermes", "enable_auto_tool_choice": true])
        #expect(try await model.respond(to: Fixtures.request(), in: Fixtures.context()).message.text == "start 1")
        #expect(program.text("words")?.contains("--enable-auto-tool-choice --tool-call-parser hermes") == true)
        await program.resources.end()
        let careless = try FakeServerProgram()
        let trusting = try careless.model("no parser", ["tool_call_parser": "hermes", "probe_tools": false])
        #expect(try await trusting.respond(to: Fixtures.request(), in: Fixtures.context()).message.text == "start 1")
        await careless.resources.end()
    }

    @Test func theKeyReachesTheServerAndNotItsCommandLine() async throws {
        let program = try FakeServerProgram()
        let model = try program.model("well", ["api_key": "sesame"])
        #expect(try await model.respond(to: Fixtures.request(), in: Fixtures.context()).message.text == "start 1")
        #expect(program.text("words")?.contains("sesame") == false)
        #expect(program.text("logs/model_server_local_one.log")?.contains("sesame") == false)
        await program.resources.end()
    }

    @Test func aCallerThatIsCancelledStopsWaitingAndTheOthersGoOn() async throws {
        let program = try FakeServerProgram()
        let model = try program.model("well")
        let impatient = Task { try await model.respond(to: Fixtures.request(), in: Fixtures.context()) }
        impatient.cancel()
        await #expect(throws: CancellationError.self) { try await impatient.value }
        #expect(try await model.respond(to: Fixtures.request(), in: Fixtures.context()).message.text == "start 1")
        #expect(program.processes.count == 2)
        await program.resources.end()
    }

    @Test func stoppingWhileItStartsEndsIt() async throws {
        let program = try FakeServerProgram()
        let model = try program.model("never")
        let call = Task { try await model.respond(to: Fixtures.request(), in: Fixtures.context()) }
        while program.processes.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
        await program.resources.end()
        let result = await call.result
        #expect(throws: EvaluationError.self) { try result.get() }
        for process in program.processes { #expect(try await isGone(process)) }
    }

    @Test func aProgramThatIsNotThereIsAnErrorOfTheConfiguration() async throws {
        let program = try FakeServerProgram()
        let model = try program.model("well", ["command": ["no-such-server-program"]])
        let error = try await evaluationError {
            try await model.respond(to: Fixtures.request(), in: Fixtures.context())
        }
        #expect(error.cause == .configuration && error.message.contains("no-such-server-program"), "\(error)")
        await program.resources.end()
    }

    @Test func aPortThatIsTakenIsRefusedBeforeAnythingStarts() async throws {
        let program = try FakeServerProgram()
        let first = try program.model("well")
        _ = try await first.respond(to: Fixtures.request(), in: Fixtures.context())
        let url = try #require(program.events.payload("model_server_ready")?["url"]?.stringValue)
        let port = try #require(Int(url.split(separator: ":")[2].prefix { $0.isNumber }))
        let second = try program.model("well", ["port": JSONValue(port)])
        let error = try await evaluationError {
            try await second.respond(to: Fixtures.request(), in: Fixtures.context())
        }
        #expect(error.message.contains("cannot listen on 127.0.0.1:\(port)"), "\(error)")
        #expect(program.processes.count == 2)
        await program.resources.end()
    }

    /// Whether a process has ended, or does within moments of being killed; one that nobody has waited for yet has, too.
    private func isGone(_ process: Int32) async throws -> Bool {
        for _ in 0..<1000 {
            guard kill(process, 0) == 0 else { return true }
            // A process without a status file is gone.
            guard let status = try? readText("/proc/\(process)/stat"), !status.contains(") Z ") else { return true }
            try await Task.sleep(for: .milliseconds(5))
        }
        return false
    }
}
