import Evaluation
import JSON
import Testing

@testable import Sandboxes

@Suite struct ProfileTests {
    private func problem(_ settings: JSONObject) -> String? {
        do {
            _ = try DockerProfile.decode(settings: settings, profile: "test")
            return nil
        } catch {
            return error.message
        }
    }

    @Test func takesTheApplicationWorldsProfile() throws {
        let settings: JSONObject = [
            "runtime": "docker", "image": "appworld-mcp:latest", "resources": ["cpu": 2, "memory": "4g"],
            "runtime_configs": [
                "startup_timeout_s": 180, "startup_interval_s": 0.5,
                "ports": ["8000:8000", "9000:9000", "5001:5001"], "platform": "linux/amd64",
                "network_mode": "bridge_host", "env_endpoint": "http://127.0.0.1:8000",
                "apis_endpoint": "http://127.0.0.1:9000", "mcp_endpoint": "http://127.0.0.1:5001",
                "wait_for_http_endpoints": ["http://127.0.0.1:5001/mcp"], "start_container": true,
                "entrypoint": "/usr/local/bin/appworld", "env": ["VIRTUAL_ENV": "", "PATH": "/usr/bin"],
                "command": ["serve", "multiple", "--environment", "--port 8000"],
            ],
        ]
        let profile = try DockerProfile.decode(settings: settings, profile: "appworld_local")
        #expect(profile.settings.command?.words == ["serve", "multiple", "--environment", "--port 8000"])
        #expect(profile.settings.ports.map(\.port.hostPort) == [8000, 9000, 5001])
        #expect(profile.settings.readiness.services["mcp"] == "http://127.0.0.1:5001")
        let request = SandboxRequest(
            profile: "appworld_local", run: RunIdentity(id: "run", seed: 1, baseDirectory: "/base"),
            episode: EpisodeID(task: "t", sample: "a/b c", trial: 0), settings: settings, models: NoModels(),
            environment: [:])
        let info = DockerInfo(["NCPU": 1, "OSType": "linux", "Architecture": "x86_64"])
        let plan = try ContainerPlan(profile, request: request, info: info)
        #expect(plan.specification.processors == 1)
        #expect(plan.specification.memoryBytes == 4 << 30)
        #expect(plan.specification.network == "bridge")
        #expect(plan.specification.extraHosts == ["host.docker.internal:host-gateway"])
        #expect(plan.fixedPorts == [5001, 8000, 9000])
        #expect(plan.specification.json["HostConfig"]?["AutoRemove"]?.boolValue == false)
        let name = ContainerPlan.name(prefix: "gage-sandbox", request: request)
        #expect(name.hasPrefix("gage-sandbox-appworld_local-run-a_b_c-"))
        #expect(name.utf8.count <= 63)
    }

    @Test func saysWhatIsWrongWithAProfile() {
        func configs(_ settings: JSONValue) -> JSONObject { ["image": "x", "runtime_configs": settings] }
        #expect(problem(configs(["netwrk_mode": "none"]))?.contains("unknown key 'netwrk_mode'") ?? false)
        #expect(problem(configs(["volumes": ["/a:/b:rw"]]))?.contains("no read-only volume") ?? false)
        #expect(problem(configs(["ports": ["nowhere"]]))?.contains("expected a port") ?? false)
        #expect(problem(configs(["network_mode": "none", "ports": [80]]))?.contains("cannot be published") ?? false)
        #expect(problem(configs(["extra_args": ["--privileged"]]))?.contains("not supported") ?? false)
        #expect(problem(configs(["start_container": false]))?.contains("not supported") ?? false)
        #expect(problem(["image": "x", "resources": ["memory": "much"]])?.contains("number of bytes") ?? false)
    }

    @Test func refusesALocalSandboxWithoutIsolationUnlessAllowed() async throws {
        #expect(throws: EvaluationError.self) {
            try LocalProfile.decode(settings: ["runtime_configs": ["mechanism": "weak"]], profile: "weak")
        }
        let settings: JSONObject = ["runtime_configs": ["mechanism": "weak", "allow_weak": true]]
        let request = SandboxRequest(
            profile: "weak", run: RunIdentity(id: "run", seed: 1, baseDirectory: "/base"),
            episode: EpisodeID(task: "t", sample: "s", trial: 0), settings: settings, models: NoModels(),
            environment: [:])
        let started = try await LocalRuntime(services: LocalServices()).start(request)
        let sandbox = try #require(started as? any CommandSandbox)
        try await sandbox.writeFile("note", Array("weak".utf8))
        let result = try await sandbox.run(shell("cat note; pwd"))
        #expect(result.standardOutput.text.hasPrefix("weak/tmp/gage-sandbox-"))
        #expect(sandbox.identifier.hasPrefix("local weak"))
        await sandbox.stop()
    }
}
