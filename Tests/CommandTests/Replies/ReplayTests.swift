import Glibc
import JSON
import Processes
import Testing

@Suite("Recording runs and playing them back")
struct ReplayTests {
    @Test func aDialogueOfAgentAndUserReplaysWithoutServersAndKeys() async throws {
        let work = try ReplyWork()
        let recorded = try await ReplyWork.withServer(["--mode", "scripted", "--script", Self.script("agent")]) {
            agent in
            try await ReplyWork.withServer(["--mode", "scripted", "--script", Self.script("user")]) { user in
                try work.directory.write(try await Self.quickstart(agent: agent, user: user), to: "shop.yaml")
                return try await Self.run(work.directory.path, "recorded", "--record", key: ReplyWork.key)
            }
        }
        #expect(recorded.code == 0, "\(recorded.complaint)")
        #expect(recorded.complaint.contains("cassette: "), "\(recorded.complaint)")
        let replayed = try await Self.run(work.directory.path, "replayed", "--replay", key: nil)
        #expect(replayed.code == 0, "\(replayed.complaint)")
        try work.expectSame("recorded", "replayed")
        #expect(try work.directory.json("replayed/summary.json").at("metrics[0].values.reward") == "0.83333")
        let cassette = try work.directory.text("tape.jsonl")
        for secret in ReplyWork.written + [ReplyWork.key] { #expect(!cassette.contains(secret), "\(secret)") }
    }

    @Test func everyAttemptReplaysWithItsFailure() async throws {
        let work = try ReplyWork()
        let recorded = try await ReplyWork.withServer(["--mode", "echo", "--fault", "server_error/4"]) { url in
            try work.configure(url, retries: 0)
            return try await work.run("recorded", "--record", "tape.jsonl")
        }
        #expect(recorded.code == 0, "\(recorded.complaint)")
        let failed = try Timeless.samples(work.directory, "recorded").count { $0["failed_attempts"] != nil }
        #expect(failed > 2, "only \(failed) of the episodes failed first")
        let replayed = try await work.run("replayed", "--replay", "tape.jsonl", key: nil)
        #expect(replayed.code == 0, "\(replayed.complaint)")
        try work.expectSame("recorded", "replayed")
    }

    @Test func failuresThatStayedReplayAsFailures() async throws {
        let work = try ReplyWork(samples: 5)
        let recorded = try await ReplyWork.withServer(["--mode", "echo", "--fault", "malformed_json/3"]) { url in
            try work.configure(url, retries: 0)
            return try await work.run("recorded", "--record", "tape.jsonl", "--set", "tasks[0].max_retries=0")
        }
        #expect(recorded.code == 0, "\(recorded.complaint)")
        let errored = try work.directory.json("recorded/summary.json").at("outcomes.errored")?.intValue ?? 0
        #expect(errored > 0)
        let replayed = try await work.run("replayed", "--replay", "tape.jsonl", "--set", "tasks[0].max_retries=0")
        #expect(replayed.code == 0, "\(replayed.complaint)")
        try work.expectSame("recorded", "replayed")
    }

    @Test func aRunThatWasKilledAndGoneOnWithReplaysAsOne() async throws {
        let work = try ReplyWork(samples: 60)
        let last = try await ReplyWork.withServer(["--mode", "echo", "--latency", "5"]) { url in
            try work.configure(url)
            for count in [10, 50] {
                let child = try await ChildProcess.start(
                    work.command("recorded", ["--record", "tape.jsonl", "--json"]))
                while let line = try await child.nextLine() {
                    if (try JSONValue.parse(line).at("tasks[0].done")?.intValue ?? 0) >= count { break }
                }
                kill(child.processIdentifier, SIGKILL)
                #expect(try await child.wait().code == 128 + SIGKILL)
            }
            return try await work.run("recorded", "--record", "tape.jsonl")
        }
        #expect(last.code == 0, "\(last.complaint)")
        let replayed = try await work.run("replayed", "--replay", "tape.jsonl", key: nil)
        #expect(replayed.code == 0, "\(replayed.complaint)")
        try work.expectSame("recorded", "replayed")
        #expect(try Timeless.samples(work.directory, "replayed").count == 120)
    }

    @Test func shardsRecordToOneCassetteThatReplaysTheWholeRun() async throws {
        let work = try ReplyWork()
        try await ReplyWork.withServer { url in
            try work.configure(url)
            let commands = (1...2).map { work.command("parts", ["--record", "tape.jsonl", "--shard", "\($0)/2"]) }
            try await withThrowingTaskGroup(of: Int32.self) { group in
                for command in commands { group.addTask { try await Processes.run(command).code } }
                for try await code in group { #expect(code == 0) }
            }
        }
        let merged = try await GageBinary.run(
            "merge", "--run-id", "parts", "--output-dir", work.directory.path, in: work.directory.path)
        #expect(merged.code == 0, "\(merged.complaint)")
        let replayed = try await work.run("replayed", "--replay", "tape.jsonl", key: nil)
        #expect(replayed.code == 0, "\(replayed.complaint)")
        try work.expectSame("parts", "replayed")
    }

    @Test func aCallThatIsNotOnTheCassetteNamesTheNearestAndEndsWithTwo() async throws {
        let work = try ReplyWork(samples: 3)
        let recorded = try await ReplyWork.withServer { url in
            try work.configure(url)
            return try await work.run("recorded", "--record", "tape.jsonl")
        }
        #expect(recorded.code == 0, "\(recorded.complaint)")
        let changed = try await work.run(
            "changed", "--replay", "tape.jsonl", "--set", "backends.echo.config.model=new", "--set",
            "tasks[0].trials=3",
            "--set", "tasks[0].concurrency=1")
        #expect(changed.code == 2, "\(changed.complaint)")
        #expect(changed.complaint.contains("was recorded with another configuration"), "\(changed.complaint)")
        #expect(changed.complaint.contains("episode echo:s0__trial_2"), "\(changed.complaint)")
        #expect(changed.complaint.contains("the same request was recorded for episode"), "\(changed.complaint)")
        #expect(changed.complaint.contains("record the run again"), "\(changed.complaint)")
        #expect(try work.directory.json("changed/summary.json").at("outcomes.errored") == 3)
    }

    @Test func whatIsInTheWayIsRefusedBeforeAnythingRuns() async throws {
        let work = try ReplyWork(samples: 1)
        try work.configure("http://127.0.0.1:9/v1")
        try work.directory.write("{\"cassette\":1}\n", to: "tape.jsonl")
        try work.directory.write("my notes\n", to: "notes.txt")
        for (arguments, words) in [
            (["--record", "tape.jsonl"], "is there already"), (["--record", "notes.txt"], "is no cassette"),
            (["--record", "."], "Is a directory"), (["--replay", "."], "Is a directory"),
            (["--replay", "none.jsonl"], "does not exist"), (["--replay", "notes.txt", "--record", "x"], "exclude"),
        ] {
            let result = try await Processes.run(work.command("refused", arguments))
            #expect(result.code == 2, "\(arguments)")
            #expect(result.complaint.contains(words), "\(result.complaint)")
        }
        #expect(try work.directory.text("notes.txt") == "my notes\n")
        #expect(throws: (any Error).self) { try work.directory.text("refused/config.yaml") }
    }

    @Test(.enabled(if: GageBinary.reference != nil, "no reference data: set GAGE_REFERENCE to run this"))
    func officialTelecomDialoguesReplay() async throws {
        let directory = try TemporaryDirectory()
        let tape = "\(directory.path)/tape.jsonl"
        let selection = ["--set", "datasets[0].params.num_tasks=8", "-q"]
        let (recorded, url) = try await Tau2Serving.withMockServer("tau2-mixed") { url in
            let command = try Tau2Serving.command(
                "telecom_base", id: "recorded", at: url, in: directory.path, selection + ["--record", tape])
            return (try await Processes.run(command), url)
        }
        #expect(recorded.code == 0, "\(recorded.complaint)")
        let command = try Tau2Serving.command(
            "telecom_base", id: "replayed", at: url, in: directory.path, selection + ["--replay", tape])
        let replayed = try await Processes.run(command)
        #expect(replayed.code == 0, "\(replayed.complaint)")
        #expect(try Timeless.summary(directory, "recorded") == Timeless.summary(directory, "replayed"))
        #expect(try Timeless.samples(directory, "recorded") == Timeless.samples(directory, "replayed"))
    }

    // MARK: The quick start over servers

    private static func script(_ name: String) -> String { "local-datasets/quickstart/\(name).json" }

    /// The shipped configuration with its models behind servers, and secrets wherever one can be written.
    private static func quickstart(agent: String, user: String) async throws -> String {
        let text = try await GageBinary.text(of: "config/quickstart.yaml")
        return
            text
            .replacing(
                "type: scripted\n    config:\n      path: \(script("agent"))",
                with: "type: openai_http\n    config: {model: mock, base_url: '\(agent)', api_key: '${REPLY_TEST_KEY}'}"
            )
            .replacing(
                "type: scripted\n    config:\n      path: \(script("user"))",
                with: """
                    type: openai_http
                        config:
                          model: mock
                          base_url: '\(user)?api_key=\(ReplyWork.written[2])'
                          api_key: \(ReplyWork.written[0])
                          extra_headers: {X-Auth-Token: \(ReplyWork.written[1])}
                    """)
    }

    private static func run(
        _ directory: String, _ id: String, _ flag: String, key: String?
    ) async throws -> ProcessResult {
        let environment = ["REPLY_TEST_KEY": key].compactMapValues { $0 }
        return try await Processes.run(
            GageBinary.command(
                [
                    "run", "--config", "\(directory)/shop.yaml", "--run-id", id, "--output-dir", directory, flag,
                    "\(directory)/tape.jsonl",
                ], environment: environment))
    }
}
