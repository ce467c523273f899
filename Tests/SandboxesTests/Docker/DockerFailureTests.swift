import Evaluation
import Glibc
import JSON
import Processes
import Testing

@testable import Sandboxes

/// What cannot work with containers, and by which name each failure goes.
@Suite(.enabled(if: Availability.engine), .timeLimit(.minutes(3)))
struct DockerFailureTests {
    private func failure(
        _ overrides: JSONObject, environment: [String: String] = [:]
    ) async throws -> EvaluationError? {
        var settings = Provider.docker.settings
        settings.deepMerge(overrides)
        let request = SandboxRequest(
            profile: "failing", run: RunIdentity(id: "failing", seed: 1, baseDirectory: "/tmp"),
            episode: EpisodeID(task: "t", sample: "s", trial: 0), settings: settings, models: NoModels(),
            environment: environment)
        do {
            let sandbox = try await DockerRuntime(services: DockerServices()).start(request)
            do {
                // A command that fails at its start may do so a moment later.
                _ = try await (sandbox as? any CommandSandbox)?.run(shell("true"))
            } catch {
                await sandbox.stop()
                throw error
            }
            await sandbox.stop()
            return nil
        } catch let error as EvaluationError {
            return error
        }
    }

    @Test func namesAnImageThatIsNotHereWhenNoneIsPulled() async throws {
        let error = try await failure([
            "image": "gage-no-such-image:v1", "runtime_configs": ["pull_policy": "never"],
        ])
        #expect(error?.code == .sandboxImageMissing)
        #expect(error?.cause == .sandbox)
    }

    @Test func namesAPullThatFails() async throws {
        let error = try await failure(["image": "registry.invalid/none/such:v1"])
        #expect(error?.code == .sandboxPullFailed)
        #expect(error?.retry == .worthwhile)
    }

    @Test func namesAnImageOfAnotherPlatform() async throws {
        let error = try await failure([
            "runtime_configs": ["platform": "linux/s390x", "pull_policy": "never"]
        ])
        #expect(error?.code == .sandboxPlatform)
    }

    @Test func namesAnEngineThatIsNotThere() async throws {
        let error = try await failure([:], environment: ["DOCKER_HOST": "unix:///tmp/no-such-engine.sock"])
        #expect(error?.code == .sandboxEngineLost)
        let unspoken = try await failure([:], environment: ["DOCKER_HOST": "ssh://somewhere"])
        #expect(unspoken?.cause == .configuration)
    }

    @Test func namesACommandThatEndsAtOnceWithWhatItPrinted() async throws {
        let error = try await failure([
            "runtime_configs": [
                "entrypoint": "/bin/bash", "command": "-c 'echo a reason; exit 3'",
                "wait_for_http_endpoints": ["http://127.0.0.1:1"], "startup_timeout_s": 20,
            ]
        ])
        #expect(error?.code == .sandboxDied)
        #expect(error?.message.contains("exit code 3") ?? false)
        #expect(error?.message.contains("a reason") ?? false)
    }

    @Test func startsTheImagesOwnCommandOnlyWhenAsked() async throws {
        // The image's own is a shell without input, which ends.
        let error = try await failure(["runtime_configs": ["image_command": true]])
        #expect(error?.code == .sandboxDied)
        #expect(try await failure([:]) == nil)
    }

    @Test func fallsBackToTheImageAtHandWhenNoRegistryAnswers() async throws {
        #expect(try await failure(["runtime_configs": ["pull_policy": "always"]]) == nil)
    }

    @Test func namesAProgramThatIsNotInTheImage() async throws {
        let error = try await failure(["runtime_configs": ["entrypoint": "/no/such/program"]])
        #expect(error?.code == .sandboxDied)
        #expect(error?.message.contains("/no/such/program") ?? false)
    }

    @Test func namesServicesThatDoNotAnswer() async throws {
        let error = try await failure([
            "runtime_configs": [
                "network_mode": "bridge", "ports": ["0:5001"], "startup_timeout_s": 1,
                "wait_for_http_endpoints": ["http://127.0.0.1:5001/health"],
            ]
        ])
        #expect(error?.code == .sandboxNotReady)
        #expect(error?.retry == .worthwhile)
    }

    @Test func takesAnotherPortWhereSomebodyElseHasTheOneThatIsAskedFor() async throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(listener, raw, length)
                listen(listener, 1)
                getsockname(listener, raw, &length)
            }
            return Int(UInt16(bigEndian: pointer.pointee.sin_port))
        }
        let sandbox = try await Provider.docker.start([
            "runtime_configs": ["network_mode": "bridge", "ports": [.string("\(port):5001")]]
        ])
        let other = try #require((sandbox as? any ServiceSandbox)?.hostPort(of: 5001))
        #expect(other != port)
        await sandbox.stop()
    }

    @Test func namesAnEngineThatIsLostMidway() async throws {
        let path = "/tmp/gage-proxy-\(randomToken()).sock"
        let proxy = try await ChildProcess.start(ProcessCommand("python3", ["-c", Self.proxy, path]))
        #expect(try await proxy.nextLine() == "listening")
        let runtime = DockerRuntime(services: DockerServices())
        let request = SandboxRequest(
            profile: "lost", run: RunIdentity(id: "lost-engine", seed: 1, baseDirectory: "/tmp"),
            episode: EpisodeID(task: "t", sample: "s", trial: 0), settings: Provider.docker.settings,
            models: NoModels(), environment: ["DOCKER_HOST": "unix://\(path)"])
        let sandbox = try #require(try await runtime.start(request) as? any CommandSandbox)
        let task = Task { try await sandbox.run(shell("sleep 100")) }
        try await Task.sleep(for: .milliseconds(500))
        proxy.terminate()
        let error = await #expect(throws: EvaluationError.self) { try await task.value }
        #expect(error?.code == .sandboxEngineLost)
        #expect(error?.cause == .sandbox)
        #expect(await !sandbox.isAlive())
        unlink(path)
        let client = try await DockerClient.connect(environment: [:])
        #expect(try await SandboxReaper(client: client).clean(.run("lost-engine")).count == 1)
    }

    /// Passes a socket's connections on to the engine's.
    private static let proxy = """
        import socket, sys, threading
        server = socket.socket(socket.AF_UNIX)
        server.bind(sys.argv[1])
        server.listen(50)
        print("listening", flush=True)
        def copy(source, target):
            try:
                while data := source.recv(65536):
                    target.sendall(data)
            except OSError:
                pass
            try:
                target.shutdown(socket.SHUT_WR)
            except OSError:
                pass
        while True:
            near, _ = server.accept()
            far = socket.socket(socket.AF_UNIX)
            far.connect("/var/run/docker.sock")
            threading.Thread(target=copy, args=(near, far), daemon=True).start()
            threading.Thread(target=copy, args=(far, near), daemon=True).start()
        """
}
