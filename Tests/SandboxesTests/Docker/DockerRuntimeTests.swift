import Evaluation
import Glibc
import JSON
import Testing
import Transport

@testable import Sandboxes

/// What containers do beyond what every sandbox does.
@Suite(.enabled(if: Availability.engine), .timeLimit(.minutes(3)))
struct DockerRuntimeTests {
    private static let service: JSONObject = [
        "runtime_configs": [
            "network_mode": "bridge", "entrypoint": "python3", "command": "-m http.server 5001",
            "wait_for_http_endpoints": ["http://127.0.0.1:5001/"], "wait_for_ports": [5001],
            "wait_for_endpoints": ["127.0.0.1:5001"], "mcp_endpoint": "http://127.0.0.1:5001/mcp",
        ]
    ]

    @Test func allocatesPortsAndSaysWhereServicesAre() async throws {
        var settings = Self.service
        settings.deepMerge(["runtime_configs": ["ports": ["0:5001"]]])
        let first = try #require(try await Provider.docker.start(settings) as? any ServiceSandbox)
        let second = try #require(try await Provider.docker.start(settings) as? any ServiceSandbox)
        let ports = [first, second].map { $0.hostPort(of: 5001) }
        #expect(ports[0] != nil && ports[0] != ports[1])
        let url = try #require(first.endpoints["mcp"])
        #expect(url == "http://127.0.0.1:\(ports[0] ?? 0)/mcp")
        #expect(first.innerEndpoints["mcp"] == "http://127.0.0.1:5001/mcp")
        var configuration = HTTPClientConfiguration()
        configuration.proxy = .direct
        #expect(try await HTTPClient(configuration: configuration).send(HTTPRequest(url: url)).status == 404)
        await first.stop()
        await second.stop()
    }

    @Test func letsSandboxesWithTheSameFixedPortRunSideBySide() async throws {
        let services = DockerServices()
        var settings = Provider.docker.settings
        settings.deepMerge(Self.service)
        settings.deepMerge([
            "runtime_configs": [
                "ports": ["38217:5001"], "wait_for_ports": [38217], "mcp_endpoint": "http://127.0.0.1:38217/mcp",
                "wait_for_http_endpoints": ["http://127.0.0.1:38217/"],
            ]
        ])
        let request = SandboxRequest(
            profile: "ports", run: RunIdentity(id: "ports", seed: 1, baseDirectory: "/tmp"),
            episode: EpisodeID(task: "t", sample: "s", trial: 0), settings: settings, models: NoModels(),
            environment: [:])
        let first = try await DockerRuntime(services: services).start(request)
        let second = try await DockerRuntime(services: services).start(request)
        #expect((first as? any ServiceSandbox)?.endpoints["mcp"] == "http://127.0.0.1:38217/mcp")
        #expect((first as? any ServiceSandbox)?.hostPort(of: 5001) == 38217)
        let port = try #require((second as? any ServiceSandbox)?.hostPort(of: 5001))
        #expect(port != 38217)
        #expect((second as? any ServiceSandbox)?.endpoints["mcp"] == "http://127.0.0.1:\(port)/mcp")
        #expect((second as? any ServiceSandbox)?.innerEndpoints["mcp"] == "http://127.0.0.1:5001/mcp")
        await first.stop()
        #expect(await second.isAlive())
        await second.stop()
        let third = try await DockerRuntime(services: services).start(request)
        #expect((third as? any ServiceSandbox)?.hostPort(of: 5001) == 38217)
        await third.stop()
    }

    @Test func leavesNothingOfStartsThatAreCancelled() async throws {
        let starts = (0..<8).map { number in
            Task {
                let sandbox = try await Provider.docker.start(run: "cancelled-starts")
                await sandbox.stop()
                return number
            }
        }
        for (number, start) in starts.enumerated() {
            try await Task.sleep(for: .milliseconds(number * 15))
            start.cancel()
        }
        for start in starts { _ = await start.result }
        let client = try await DockerClient.connect(environment: [:])
        #expect(try await client.listContainers(labels: ["gage.run=cancelled-starts"]).isEmpty)
    }

    @Test func countsWhatTheKernelKilledForLackOfMemory() async throws {
        try await Provider.docker.withSandbox { sandbox in
            let text = "python3 -c 'bytearray(900 << 20)'; echo survived"
            let result = try await sandbox.run(shell(text))
            #expect(result.exitCode == 0)
            #expect(result.standardOutput.text == "survived\n")
            #expect(result.ranOutOfMemory)
            #expect(try await !sandbox.run(shell("true")).ranOutOfMemory)
        }
    }

    @Test func worksWithAReadOnlySystemAndDirectoriesInMemory() async throws {
        let settings: JSONObject = [
            "runtime_configs": ["read_only": true, "tmpfs": ["/tmp:size=16m", "/workspace"]]
        ]
        try await Provider.docker.withSandbox(settings) { sandbox in
            #expect(try await sandbox.run(shell("touch /app/x")).exitCode != 0)
            try await sandbox.writeFile("/tmp/deep/file", Array("in memory".utf8))
            #expect(try await sandbox.readFile("/tmp/deep/file") == Array("in memory".utf8))
            var command = SandboxCommand(["cat"])
            command.input = Array("typed".utf8)
            #expect(try await sandbox.run(command).standardOutput.text == "typed")
            let full = try await sandbox.run(shell("head -c 30000000 /dev/zero >/tmp/full"))
            #expect(full.standardError.text.contains("No space left"))
            #expect(try await sandbox.copyOut("/tmp/deep").map(\.path) == ["file"])
        }
    }

    @Test func runsAsTheUserAskedFor() async throws {
        let settings: JSONObject = ["runtime_configs": ["exec_user": "1234:1234", "exec_workdir": "/tmp"]]
        try await Provider.docker.withSandbox(settings) { sandbox in
            try await sandbox.writeFile("/tmp/mine", Array("x".utf8))
            let result = try await sandbox.run(shell("id -u; stat -c %u /tmp/mine; echo more >>/tmp/mine && echo ok"))
            #expect(result.standardOutput.text == "1234\n1234\nok\n")
        }
    }

    @Test func seesVolumesReadOnlyVariablesAndHosts() async throws {
        let file = "/tmp/gage-variables-\(randomToken())"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        defer {
            close(descriptor)
            unlink(file)
        }
        try HostFiles.write(Array("# a comment\nSHAPE=round\nCOLOUR=red\n".utf8), to: descriptor, file)
        let settings: JSONObject = [
            "runtime_configs": [
                "network_mode": "bridge", "volumes": ["/etc/hostname:/given/name"],
                "env": ["COLOUR": "blue", "EMPTY": ""],
                "extra_hosts": ["friend:10.1.2.3"], "env_file": .string(file),
            ]
        ]
        try await Provider.docker.withSandbox(settings) { sandbox in
            let result = try await sandbox.run(
                shell(
                    "echo \"$COLOUR-$EMPTY-$SHAPE\"; test -s /given/name && echo seen; grep -c friend /etc/hosts; "
                        + "echo x >/given/name"))
            #expect(result.standardOutput.text == "blue--round\nseen\n1\n")
            #expect(result.standardError.text.contains("Read-only"))
        }
    }

    @Test func takesTheGuidesContainerSettings() async throws {
        let settings: JSONObject = [
            "resources": ["cpu": 4, "memory": "8g"],
            "runtime_configs": [
                "start_container": true, "auto_remove": true, "network_mode": "none", "platform": "linux/amd64",
                "entrypoint": "/bin/bash", "command": ["-c", "sleep 3600"], "exec_workdir": "/app",
            ],
        ]
        try await Provider.docker.withSandbox(settings) { sandbox in
            let result = try await sandbox.run(shell("pwd"))
            #expect(result.standardOutput.text == "/app\n")
        }
    }

    @Test func buildsCommitsAndPrunesImages() async throws {
        let client = try await DockerClient.connect(environment: [:])
        let name = "gage-test-built:\(randomToken(8))"
        var context = TarWriter()
        context.add(SandboxFile("Dockerfile", text: "FROM \(Availability.image)\nCOPY note /note\nENV A=b\n"))
        context.add(SandboxFile("note", text: "built\n"))
        try await client.buildImage(context: context.finish(), tag: name, labels: ["gage.test": "build"])
        let image = try #require(try await client.image(name))
        #expect(image.labels["gage.test"] == "build")
        #expect(image.platform == "linux/amd64")
        try await Provider.docker.withSandbox(["image": .string(name)]) { sandbox in
            let result = try await sandbox.run(shell("cat /note; echo $A"))
            #expect(result.standardOutput.text == "built\nb\n")
        }
        #expect(try await client.listImages(labels: ["gage.test=build"]).contains { $0.tags.contains(name) })
        try await client.removeImage(name)
        #expect(try await client.image(name) == nil)
        var broken = TarWriter()
        broken.add(SandboxFile("Dockerfile", text: "FROM \(Availability.image)\nRUN [\"false\"]\n"))
        let error = await #expect(throws: DockerError.self) {
            try await client.buildImage(context: broken.finish(), tag: name)
        }
        #expect(error?.code == .buildFailed)
    }

    @Test func makesNetworksAndHearsEvents() async throws {
        let client = try await DockerClient.connect(environment: [:])
        let label = "gage.test=\(randomToken(8))"
        let listening = Task {
            var actions: [String] = []
            try await client.events(labels: [label]) { event in
                actions.append(event.action)
                return event.action != "destroy"
            }
            return actions
        }
        try await Task.sleep(for: .milliseconds(300))
        let parts = label.split(separator: "=").map(String.init)
        let name = "gage-test-\(parts[1])"
        let id = try await client.createNetwork(name, isInternal: true, labels: [parts[0]: parts[1]])
        #expect(try await client.listNetworks(labels: [label]) == [id: name])
        var specification = ContainerSpecification(image: Availability.image)
        specification.labels = [parts[0]: parts[1]]
        specification.network = name
        specification.command = ["-c", "exit 5"]
        let container = try await client.createContainer(specification, name: name)
        try await client.startContainer(container)
        #expect(try await client.waitForContainer(container) == 5)
        try await client.removeContainer(container)
        try await client.removeContainer(container)
        try await client.removeNetwork(id)
        let actions = try await listening.value
        #expect(actions.contains("start") && actions.contains("die"))
    }
}
