import JSON
import Processes
import Testing

/// What the model itself does wrong is the model's: no call is repeated until the answer pleases.
@Suite("Chaos: models")
struct ModelChaosTests {
    @Test func brokenToolCallsAreTheModelsInTau2() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        let (result, inflicted) = try await ChaosShop.withServers(["--fault", "malformed_tool_json/3"]) { servers in
            let result = try await ChaosShop.run("broken", at: servers, in: path, ["--set", "tasks[0].max_retries=1"])
            return (result, try await servers.faults()["malformed_tool_json"] ?? 0)
        }
        #expect(result.code == 0 || result.code == 3, "\(result.complaint)")
        let outcomes = try #require(try directory.json("broken/summary.json").at("outcomes"))
        let scored = try #require(outcomes["scored"]?.intValue)
        let errored = try #require(outcomes["errored"]?.intValue)
        #expect(scored + errored == 12)
        #expect(errored > 0)
        #expect(outcomes.at("errors_by_cause.model")?.intValue == errored)
        #expect(try ChaosRun.events("model_call_retried", of: "broken", in: directory).isEmpty)
        // Whole dialogues are held again as often as the task allows, as the official runner does.
        let dialogues = try ChaosRun.events("episode_retried", of: "broken", in: directory)
        #expect(dialogues.allSatisfy { $0.at("payload.error.code") == "model.malformed_tool_call" })
        #expect(dialogues.count + errored == inflicted)
        ChaosTable.add(
            "every 3rd tool call malformed JSON, τ²",
            "\(errored) errored, cause model, never a provider's; no call repeated, \(dialogues.count) whole dialogues "
                + "held again as the benchmark's own runner does")
    }

    @Test func brokenToolCallsAreAVerdictForAPlainAgent() async throws {
        let echo = try ChaosEcho(samples: 12)
        let script = #"{"replies": [{"tool_calls": [{"name": "look", "arguments": {"at": "everything there is"}}]}]}"#
        try echo.directory.write(script, to: "script.json")
        let server = [
            "mock-server", "--mode", "scripted", "--script", "script.json", "--port", "0", "--fault",
            "malformed_tool_json/1",
        ]
        let path = echo.directory.path
        let agent = [
            "--set", "backends.echo.type=openai_http", "--set", "role_adapters.model.role_type=dut_agent",
        ]
        let command = echo.command("verdict", agent + ["-q"])
        let result = try await Serving.withServer(server, in: path) { url, _ in
            var command = command
            command.arguments += ["--set", "backends.echo.config={base_url: \"\(url)\", api_key: k, model: m}"]
            return try await Processes.run(command)
        }
        #expect(result.code == 0, "\(result.complaint)")
        let summary = try echo.directory.json("verdict/summary.json")
        #expect(summary.at("outcomes.scored") == 24)
        #expect(summary.at("metrics[0].values.exact_match") == "0.00000")
        #expect(try ChaosRun.events("model_call_retried", of: "verdict", in: echo.directory).isEmpty)
        ChaosTable.add(
            "every tool call malformed JSON, an agent without rules of its own",
            "24 scored 0: the verdict on the model; no call repeated")
    }

    @Test func emptyRepliesAreAVerdictForAPlainModel() async throws {
        let echo = try ChaosEcho(samples: 12)
        let command = echo.command("empty", ["-q", "--set", "backends.echo.type=openai_http"])
        let result = try await Serving.withServer(["mock-server", "--mode", "fixed", "--text", "", "--port", "0"]) {
            url, _ in
            var command = command
            command.arguments += ["--set", "backends.echo.config={base_url: \"\(url)\", api_key: k, model: m}"]
            return try await Processes.run(command)
        }
        #expect(result.code == 0, "\(result.complaint)")
        let summary = try echo.directory.json("empty/summary.json")
        #expect(summary.at("outcomes.scored") == 24)
        #expect(summary.at("metrics[0].values.exact_match") == "0.00000")
        #expect(try ChaosRun.events("model_call_retried", of: "empty", in: echo.directory).isEmpty)
        #expect(try ChaosRun.events("episode_retried", of: "empty", in: echo.directory).isEmpty)
        ChaosTable.add(
            "every reply empty, a model that is asked once", "24 scored 0: the verdict on the model; nothing repeated")
    }
}
