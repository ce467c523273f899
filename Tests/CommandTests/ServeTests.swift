import Glibc
import JSON
import Processes
import Testing
import Transport

/// The HTTP API over the real τ-bench, with models that are none behind it.
@Suite(
    "The HTTP API, through the binary",
    .enabled(if: Serving.official != nil, "no reference data: set GAGE_REFERENCE to run these"))
struct ServeTests {
    @Test(.timeLimit(.minutes(5)))
    func fiftyClientsAtOnceAllGetTheirScoresWhateverGoesWrongOnTheWire() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        let faults = ["rate_limit/7", "server_error/11", "malformed_json/13", "reset/17", "truncated_body/19"]
        let arguments = faults.flatMap { ["--fault", $0] } + ["--retry-after", "0"]
        let answers = try await Serving.withModels(arguments) { models in
            try await Serving.withAPI(models: models, in: path, ["--parallel-runs", "8"]) { api, _ in
                try await withThrowingTaskGroup(of: (Int, Int, String, String?).self) { group in
                    for client in 0..<50 {
                        group.addTask {
                            let url = "\(api)/scores?model=openai_gpt-4o&subset=airline&taskID=\(client)"
                            let answer = try await Serving.get(url)
                            return (client, answer.status, answer.text, answer.headers["X-Run-Id"])
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
            }
        }
        #expect(answers.count == 50)
        #expect(Set(answers.compactMap(\.3)).count == 50)
        for (client, status, text, _) in answers {
            #expect(status == 200, "\(text)")
            let lines = try Serving.lines(text)
            #expect(lines.map { $0["task-id"] } == [.string("task-\(client)")])
            #expect(lines.first?["score"]?.doubleValue == 1, "\(text)")
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func aServerThatIsStoppedLeavesItsRunsToBeGoneOnWith() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        try await Serving.withModels(["--latency", "20"]) { models in
            var run = ""
            try await Serving.withAPI(models: models, in: path) { api, server in
                let accepted = try await Serving.post(
                    "\(api)/runs", ["model": "openai/gpt-4o", "subset": "airline"])
                run = try #require(accepted["run_id"]?.stringValue, "\(accepted)")
                let stream = try await Serving.client.stream(HTTPRequest(url: "\(api)/runs/\(run)/events"))
                var events: [String] = []
                for try await event in stream.serverSentEvents {
                    events.append(event.event)
                    if event.event == "task", events.count(where: { $0 == "task" }) == 1 {
                        kill(server.processIdentifier, SIGTERM)
                    }
                }
                #expect(events.last == "end", "\(events)")
                while try await server.nextLine() != nil {}
                #expect(try await server.wait().code == 0)
            }
            try await Serving.withAPI(models: models, in: path) { api, _ in
                let stopped = try JSONValue.parse(try await Serving.get("\(api)/runs/\(run)").text)
                #expect(stopped["status"] == "interrupted")
                let done = try #require(stopped["scored"]?.intValue)
                #expect((1..<50).contains(done))
                _ = try await Serving.post("\(api)/runs", ["run_id": .string(run)])
                let stream = try await Serving.client.stream(HTTPRequest(url: "\(api)/runs/\(run)/events"))
                for try await _ in stream.serverSentEvents {}
                let scores = try await Serving.get("\(api)/runs/\(run)/scores")
                #expect(scores.headers["X-Run-Status"] == "completed")
                #expect(try Serving.lines(scores.text).count == 50)
                let trajectory = try await Serving.get("\(api)/runs/\(run)/trajectories/0")
                #expect(try Serving.lines(trajectory.text).first?["role"] == "system")
            }
        }
    }

    @Test func whatCannotBeRunIsRefusedBeforeAnythingRuns() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        try await Serving.withAPI(models: "http://127.0.0.1:9/v1", in: path) { api, _ in
            let cases = [
                ("model=openai_gpt-4o&subset=telecom", 422, "airline, retail"),
                ("model=openai_gpt-4o&subset=airline&taskID=50", 404, "0 to 49"),
                ("model=openai_gpt-4o&subset=airline&taskID=one", 422, "whole numbers"),
                ("model=bedrock/claude-3&subset=airline", 400, "claude-3"),
                ("model=nobody_knows&subset=airline", 400, "nobody/knows"),
                ("subset=airline", 422, "model"),
            ]
            for (query, status, words) in cases {
                let answer = try await Serving.get("\(api)/scores?\(query)")
                #expect(answer.status == status, "\(query): \(answer.text)")
                #expect(answer.text.contains(words), "\(query): \(answer.text)")
            }
            #expect(try JSONValue.parse(try await Serving.get("\(api)/runs").text)["runs"] == [])
        }
    }

    @Test func runsOfTheCommandLineAreListedTooTheLatestFirst() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        try await Serving.withModels { models in
            // An id of one's own sorts after those that are made of the time.
            let first = try await Processes.run(
                GageBinary.command(
                    [
                        "tau-bench", "run", "--quiet", "--model", "openai/gpt-4o", "--task-ids", "1", "--run-id",
                        "zebra",
                    ],
                    in: path, environment: Serving.environment(models: models)))
            #expect(first.code == 0, "\(first.complaint)")
            try await Serving.withAPI(models: models, in: path) { api, _ in
                let query = "model=openai_gpt-4o&subset=airline&taskID=2"
                let id = try #require(try await Serving.get("\(api)/scores?\(query)").headers["X-Run-Id"])
                let runs = try JSONValue.parse(try await Serving.get("\(api)/runs").text)["runs"]?.arrayValue
                #expect(runs?.compactMap { $0["run_id"]?.stringValue } == [id, "zebra"])
                let again = try await Serving.get("\(api)/scores?\(query)&fresh=false")
                #expect(again.headers["X-Run-Id"] == id)
            }
        }
    }

    @Test func theDescriptionIsValidOpenAPI() async throws {
        let probe = try await Processes.run(
            ProcessCommand("python3", ["-c", "import openapi_spec_validator"]))
        guard probe.code == 0 else { return print("skipped: python's openapi-spec-validator is not there") }
        let directory = try TemporaryDirectory()
        let path = directory.path
        let text = try await Serving.withAPI(models: "http://127.0.0.1:9/v1", in: path, ["--token", "t"]) { api, _ in
            try await Serving.get("\(api)/openapi.json").text
        }
        try directory.write(text, to: "openapi.json")
        let check = "import json, sys, openapi_spec_validator as v; v.validate(json.load(open(sys.argv[1])))"
        let result = try await Processes.run(
            ProcessCommand("python3", ["-c", check, "\(path)/openapi.json"]))
        #expect(result.code == 0, "\(result.complaint)")
    }

    @Test func aRunningServerIsFoundWellAndAMissingOneNot() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        try await Serving.withAPI(models: "http://127.0.0.1:9/v1", in: path) { api, _ in
            let port = try #require(api.split(separator: ":").last.map(String.init))
            let well = try await GageBinary.run("serve", "--check", "--port", port)
            #expect(well.code == 0, "\(well.complaint)")
        }
        #expect(try await GageBinary.run("serve", "--check", "--port", "9").code == 1)
    }
}
