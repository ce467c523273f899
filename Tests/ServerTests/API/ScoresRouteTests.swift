import JSON
import Server
import Testing
import Transport

@Suite struct ScoresRouteTests {
    @Test func aRunIsMadeAndItsScoresAreAnsweredLineByLine() async throws {
        try await APIHarness.run { api in
            let answer = try await api.send("/scores?model=openai_instant&subset=airline&taskID=1,3")
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "application/jsonl")
            #expect(answer.header("X-Run-Id") == "run-1")
            #expect(answer.header("X-Run-Status") == "completed")
            #expect(answer.header("X-Run-Errors") == "0")
            #expect(answer.text.hasSuffix("}\n"))
            #expect(try answer.lines.compactMap { $0["task-id"]?.stringValue } == ["task-1", "task-3"])
            let again = try await api.send("/scores?model=openai/instant&subset=airline&taskID=1&taskID=3")
            #expect(again.header("X-Run-Id") == "run-2", "every call is a fresh run")
        }
    }

    @Test func withoutTasksTheWholeSubsetRuns() async throws {
        try await APIHarness.run { api in
            let lines = try await api.count("/scores?model=openai_instant&subset=retail")
            #expect(lines == 10)
        }
    }

    @Test(arguments: [
        ("/scores", 422, "model"), ("/scores?model=m", 422, "subset"), ("/scores?subset=retail", 422, "model"),
        ("/scores?model=m&subset=train", 422, "subset"), ("/scores?model=m&subset=retail&task=1", 422, "taskID"),
        ("/scores?model=m&subset=retail&taskID=99", 404, "99"),
        ("/scores?model=m&subset=retail&taskID=", 422, "taskID"),
        ("/scores?model=m&subset=retail&taskID=,", 422, "taskID"),
        ("/scores?model=m&subset=retail&fresh=maybe", 422, "fresh"),
        ("/scores?model=m&subset=retail&trials=0", 422, "trials"),
        ("/scores?model=m&model=n&subset=retail", 422, "model"),
    ])
    func wrongRequestsAreRefusedBeforeAnythingRuns(path: String, status: Int, word: String) async throws {
        try await APIHarness.run { api in
            let answer = try await api.send(path)
            #expect(answer.status == status)
            #expect(try answer.json.at("error.message")?.stringValue?.contains(word) == true, "\(answer.text)")
            #expect(api.benchmark.preparedCount == 0)
        }
    }

    @Test(arguments: [
        "/scores?model=..%2F..%2Fetc&subset=retail", "/scores?model=*&subset=retail",
        "/scores?model=a%00b&subset=retail", "/scores?model=a%0d%0ab&subset=retail",
        "/scores?model=m&subset=..%2Fretail", "/scores?model=m&subset=retail&taskID=..%2F1",
        "/scores?model=m%20n&subset=retail", "/runs/..%2F..%2Fetc%2Fpasswd", "/runs/%2e%2e/scores",
        "/runs/a%2F..%2Fb/trajectories/1", "/runs/run-1/trajectories/..%2F..%2Fx",
    ])
    func pathTricksAreRefused(path: String) async throws {
        try await APIHarness.run { api in
            let answer = try await api.send(path)
            #expect([404, 422].contains(answer.status), "\(answer.status)")
            #expect(try answer.code?.isEmpty == false)
            #expect(api.benchmark.preparedCount == 0)
        }
    }

    @Test func aRunWithoutAnyScoreIsAnErrorThatNamesItAndItsTasks() async throws {
        try await APIHarness.run { api in
            let answer = try await api.send("/scores?model=openai_broken&subset=airline&taskID=1,2")
            #expect(answer.status == 502)
            #expect(try answer.json.at("error.run_id") == "run-1")
            #expect(try answer.json.at("error.scores")?.arrayValue?.count == 2)
            #expect(try answer.json.at("error.scores[0].error") == "the provider is away")
        }
    }

    @Test func aRunThatFailsMidwayAnswersWhatItHasAndSaysSo() async throws {
        try await APIHarness.run { api in
            let answer = try await api.send("/scores?model=openai_half&subset=airline")
            #expect(answer.status == 200)
            #expect(answer.header("X-Run-Status") == "partial")
            #expect(try answer.lines.count == 1)
            let kept = try await api.send("/runs/run-1")
            #expect(try kept.json["status"] == "failed")
            #expect(try kept.json["reason"] == "the disk is full")
        }
    }

    @Test func scoresAreStreamedAsTasksFinish() async throws {
        try await APIHarness.run { api in
            let lines = try await api.lines(
                "/scores?model=openai_slow&subset=airline",
                headers: [HTTPHeader(name: "Accept", value: "application/x-ndjson")])
            var text = ""
            for try await bytes in lines {
                // The run waits after its first task: this line came while the others were still to be done.
                if text.isEmpty { api.benchmark.release.open() }
                text += String(decoding: bytes, as: UTF8.self)
            }
            #expect(text.split(separator: "\n").count == 10)
            #expect(text.hasSuffix("\n"))
        }
    }

    @Test func fifteenClientsAtOnceGetARunEachAndNobodysScoresButTheirs() async throws {
        try await APIHarness.run({ $0.parallelRuns = 3 }) { api in
            let seen = try await withThrowingTaskGroup(of: (String, [JSONValue]).self) { group in
                for _ in 0..<15 {
                    group.addTask {
                        let answer = try await api.send("/scores?model=openai_instant&subset=retail&taskID=4")
                        return (answer.header("X-Run-Id") ?? "", try answer.lines)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(seen.map(\.0)).count == 15)
            for (id, lines) in seen { #expect(lines.compactMap { $0["run"]?.stringValue } == [id]) }
        }
    }

    @Test func aFullQueueRefusesAndSaysWhenToComeBack() async throws {
        try await APIHarness.run({ ($0.parallelRuns, $0.queuedRuns) = (1, 1) }) { api in
            let body: JSONValue = ["model": "openai/slow", "subset": "retail"]
            #expect(try await api.post(body).status == 202)
            #expect(try await api.post(body).status == 202)
            let refused = try await api.send("/scores?model=openai_slow&subset=retail")
            #expect(refused.status == 429)
            #expect(try refused.code == "queue_full")
            #expect(refused.header("Retry-After").flatMap { Int($0) }.map { $0 >= 1 } == true)
            let health = try await api.json("/health")
            #expect(health["running"] == 1)
            #expect(health["queued"] == 1)
            api.benchmark.release.open()
            _ = try await api.follow("run-2")
            #expect(try await api.send("/scores?model=openai_instant&subset=retail").status == 200)
        }
    }

    @Test func theLatestResultIsAnsweredWithoutARunWhereTheClientSaysSo() async throws {
        try await APIHarness.run { api in
            let path = "/scores?model=openai_instant&subset=retail&taskID=1&fresh=false"
            #expect(try await api.send(path).header("X-Run-Id") == "run-1")
            #expect(try await api.send(path).header("X-Run-Id") == "run-1")
            #expect(api.benchmark.preparedCount == 1)
            let running = try await api.post(["model": "openai/slow", "subset": "retail"])
            #expect(running.status == 202)
            async let joined = api.send("/scores?model=openai_slow&subset=retail&fresh=false")
            api.benchmark.release.open()
            #expect(try await joined.header("X-Run-Id") == "run-2")
        }
    }

    @Test func whoHangsUpBeforeTheTurnComesIsTakenOutOfTheQueue() async throws {
        try await APIHarness.run({ $0.parallelRuns = 1 }) { api in
            #expect(try await api.post(["model": "openai/slow", "subset": "retail"]).status == 202)
            let waiting = Task { try await api.send("/scores?model=openai_slow&subset=retail") }
            try await Self.until { try await api.json("/health")["queued"] == 1 }
            waiting.cancel()
            _ = await waiting.result
            try await Self.until { try await api.json("/health")["queued"] == 0 }
            #expect(try await api.phase("run-2") == "cancelled")
            api.benchmark.release.open()
            _ = try await api.follow("run-1")
            #expect(try await api.phase("run-1") == "completed")
        }
    }

    @Test func whoHangsUpLaterLosesNothing() async throws {
        try await APIHarness.run { api in
            let caller = Task { try await api.send("/scores?model=openai_slow&subset=retail") }
            await api.benchmark.begins("run-1")
            caller.cancel()
            _ = await caller.result
            api.benchmark.release.open()
            _ = try await api.follow("run-1")
            #expect(try await api.count("/runs/run-1/scores") == 10)
        }
    }

    @Test func whoHangsUpCanHaveTheRunStopped() async throws {
        try await APIHarness.run { api in
            let path = "/scores?model=openai_slow&subset=retail&cancel_on_disconnect=true"
            let caller = Task { try await api.send(path) }
            await api.benchmark.begins("run-1")
            caller.cancel()
            _ = await caller.result
            _ = try await api.follow("run-1")
            #expect(try await api.phase("run-1") == "interrupted")
        }
    }

    /// Asks again until it is so; each round is a whole exchange with the server, which is what it waits for.
    private static func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { await Task.yield() }
    }
}
