import JSON
import Server
import Testing
import Transport

@Suite struct RunsRouteTests {
    @Test func aBackgroundRunIsTakenInFollowedAndReadBack() async throws {
        try await APIHarness.run { api in
            let accepted = try await api.post([
                "dataset_name": "fake", "model_name": "openai/slow", "subsets": ["retail"], "task_ids": [1, "2"],
            ])
            #expect(accepted.status == 202)
            #expect(accepted.header("Location") == "/runs/run-1")
            #expect(try accepted.json["model"] == "openai/slow")
            await api.benchmark.begins("run-1")
            #expect(try await api.phase("run-1") == "running")
            #expect(try await api.send("/runs/run-1/scores").header("X-Run-Status") == "running")
            api.benchmark.release.open()
            let events = try await api.follow("run-1")
            #expect(events.first?.event == "state")
            #expect(events.last?.event == "end")
            #expect(events.filter { $0.event == "task" }.map(\.id) == ["1", "2"])
            #expect(try JSONValue.parse(events.last?.data ?? "")["status"] == "completed")
            #expect(try await api.count("/runs/run-1/scores?taskID=2") == 1)
            #expect(try await api.send("/runs/run-1/scores?taskID=7").status == 404)
            let trajectory = try await api.send("/runs/run-1/trajectories/2")
            #expect(try trajectory.lines.last?["content"] == "about 2")
            #expect(try await api.send("/runs/run-1/trajectories/7").status == 404)
            #expect(try await api.send("/runs/run-1/trajectories/2?trial=1").status == 404)
            #expect(try await api.json("/runs").at("runs[0].run_id") == "run-1")
        }
    }

    @Test func aRunThatIsOverIsToldAtOnce() async throws {
        try await APIHarness.run { api in
            _ = try await api.send("/scores?model=openai_instant&subset=retail&taskID=1")
            let events = try await api.follow("run-1")
            #expect(events.map(\.event) == ["state", "task", "end"])
        }
    }

    @Test(arguments: [
        ("[]", 400), ("{", 400), (#"{"model": "m"}"#, 422), (#"{"subset": "retail"}"#, 422),
        (#"{"model": "m", "subset": "retail", "tasks": [1]}"#, 422),
        (#"{"model": 7, "subset": "retail"}"#, 422), (#"{"model": "m", "subsets": ["retail", "airline"]}"#, 422),
        (#"{"model": "m", "model_name": "n", "subset": "retail"}"#, 422),
        (#"{"model": "m", "subset": "retail", "trials": 0}"#, 422),
        (#"{"model": "m", "subset": "retail", "task_ids": []}"#, 422),
        (#"{"model": "../m", "subset": "retail"}"#, 422), (#"{"run_id": "none"}"#, 404),
    ])
    func wrongBodiesAreRefused(body: String, status: Int) async throws {
        try await APIHarness.run { api in
            let answer = try await api.send("/runs", method: "POST", body: Array(body.utf8))
            #expect(answer.status == status, "\(answer.text)")
            #expect(try answer.code?.isEmpty == false)
        }
    }

    @Test func aRunCanBeStoppedTakenBackAndGoneOnWith() async throws {
        try await APIHarness.run({ $0.parallelRuns = 1 }) { api in
            for _ in 0..<2 { #expect(try await api.post(["model": "openai/slow", "subset": "retail"]).status == 202) }
            #expect(try await api.send("/runs/run-2", method: "DELETE").status == 200)
            await api.benchmark.begins("run-1")
            // 202 while it stops, 200 when it has stopped before the answer was written.
            let stopped = try await api.send("/runs/run-1", method: "DELETE")
            #expect([200, 202].contains(stopped.status))
            #expect(try stopped.json["status"] == (stopped.status == 202 ? "stopping" : "interrupted"))
            _ = try await api.follow("run-1")
            #expect(try await api.phase("run-1") == "interrupted")
            #expect(try await api.send("/runs/run-1", method: "DELETE").status == 409)
            #expect(try await api.send("/runs/none", method: "DELETE").status == 404)
            api.benchmark.release.open()
            #expect(try await api.post(["run_id": "run-1"]).status == 202)
            _ = try await api.follow("run-1")
            #expect(try await api.phase("run-1") == "completed")
        }
    }

    @Test func theTokenIsAskedForWhereThereIsOne() async throws {
        try await APIHarness.run({ $0.token = "secret" }) { api in
            func status(_ path: String, _ field: String?) async throws -> Int {
                let headers = field.map { [HTTPHeader(name: "Authorization", value: $0)] } ?? []
                return try await api.send(path, headers: headers).status
            }
            let refused = try await api.send("/runs")
            #expect(refused.status == 401)
            #expect(refused.header("WWW-Authenticate") == "Bearer")
            for wrong in ["Bearer secre", "Bearer secrets", "Basic secret", "secret", "Bearer "] {
                #expect(try await status("/runs", wrong) == 401, "\(wrong)")
            }
            #expect(try await status("/runs", "bearer secret") == 200)
            #expect(try await status("/health", nil) == 200)
            #expect(try await status("/scores?model=openai_instant&subset=retail", nil) == 401)
            #expect(api.benchmark.preparedCount == 0)
        }
    }

    @Test(arguments: [
        ("Sec-Fetch-Site", "cross-site"), ("Origin", "http://evil.example"), ("Origin", "null"),
    ])
    func otherSitesPagesAreRefused(_ name: String, _ value: String) async throws {
        try await APIHarness.run { api in
            let fields = [HTTPHeader(name: name, value: value)]
            let answer = try await api.send("/scores?model=openai_instant&subset=retail", headers: fields)
            #expect(answer.status == 403)
            #expect(api.benchmark.preparedCount == 0)
        }
    }

    @Test(arguments: [
        ("evil.example", 403), ("evil.example:80", 403), ("127.0.0.1.evil.example", 403), ("localhost", 200),
        ("localhost:1234", 200), ("127.0.0.1:1", 200), ("[::1]:1", 200),
    ])
    func namesThatAreNotThisMachinesAreRefusedOnLoopback(_ name: String, _ status: Int) async throws {
        try await APIHarness.run { api in
            let answer = try await api.send("/health", headers: [HTTPHeader(name: "Host", value: name)])
            #expect(answer.status == status)
            if status == 403 { #expect(try answer.code == "foreign_host") }
        }
    }

    @Test func whatIsNotThereIsSaidInJSON() async throws {
        try await APIHarness.run { api in
            for (path, method) in [("/nothing", "GET"), ("/runs/none", "GET"), ("/runs/none/scores", "GET")] {
                let answer = try await api.send(path, method: method)
                #expect(answer.status == 404)
                #expect(try answer.code?.isEmpty == false)
            }
        }
    }

    @Test func aServerThatStopsInterruptsItsRunsAndAnswersThoseWhoWait() async throws {
        let (answers, report) = AsyncStream<(Int, String?)>.makeStream()
        let benchmark = Mutexed<FakeBenchmark?>(nil)
        try await withThrowingTaskGroup(of: Void.self) { group in
            try await APIHarness.run({ $0.parallelRuns = 1 }) { api in
                benchmark.set(api.benchmark)
                for path in ["/scores?model=openai_slow&subset=retail", "/scores?model=openai_slow&subset=airline"] {
                    group.addTask {
                        let answer = try await api.send(path)
                        report.yield((answer.status, answer.header("X-Run-Status")))
                    }
                }
                #expect(try await api.post(["model": "openai/slow", "subset": "retail"]).status == 202)
                while try await api.json("/health")["queued"] != 2 { await Task.yield() }
            }
            try await group.waitForAll()
        }
        report.finish()
        var statuses: [Int] = []
        for await (status, _) in answers { statuses.append(status) }
        #expect(statuses.sorted() == [200, 503] || statuses == [503, 503], "\(statuses)")
        #expect(benchmark.get()?.stopped.count == 3)
    }
}
