import Evaluation
import Glibc
import JSON
import Testing

@testable import Sandboxes

/// What is left of sandboxes when the process that made them is killed: nothing, once another one looks.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct KilledProcessTests {
    @Test(.enabled(if: Availability.engine))
    func anotherProcessRemovesTheContainersOfAKilledOne() async throws {
        let client = try await DockerClient.connect(environment: [:])
        // Whoever looks first removes them, a test beside this one too: what happened is in the engine's events.
        let events = Task {
            var actions: [String] = []
            try await client.events(labels: ["gage.run=killed-run"]) { event in
                actions.append(event.action)
                return event.action != "destroy"
            }
            return actions
        }
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let sandbox = try await Provider.docker.start(run: "killed-run")
            guard let sandbox = sandbox as? any CommandSandbox else { return }
            _ = try await sandbox.run(shell("sleep 1000 & true"))
            kill(getpid(), SIGKILL)
        }
        let reaper = SandboxReaper(client: client)
        // A new runtime's first sandbox does what `gage sandbox clean` does.
        let runtime = DockerRuntime(services: DockerServices())
        let fresh = try await runtime.start(
            SandboxRequest(
                profile: "next", run: RunIdentity(id: "next", seed: 1, baseDirectory: "/tmp"),
                episode: EpisodeID(task: "t", sample: "s", trial: 0), settings: Provider.docker.settings,
                models: NoModels(), environment: [:]))
        #expect(try await reaper.find(.run("killed-run")).isEmpty)
        let actions = try await events.value
        #expect(actions.contains("start") && actions.last == "destroy")
        #expect(try await reaper.find(.run("next")).count == 1)
        await fresh.stop()
        #expect(try await reaper.find(.run("next")).isEmpty)
    }

    @Test(.enabled(if: Availability.bubblewrap))
    func noLocalProgramOutlivesAKilledProcess() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let sandbox = try await Provider.bubblewrap.start()
            guard let sandbox = sandbox as? any CommandSandbox else { return }
            let task = Task {
                try await sandbox.run(shell("exec -a gage-killed-test sleep 1000", timeout: .seconds(900)))
            }
            while system("pgrep -f '^gage-killed-test' >/dev/null") != 0 { usleep(20_000) }
            kill(getpid(), SIGKILL)
            _ = try await task.value
        }
        var tries = 0
        while system("pgrep -f '^gage-killed-test' >/dev/null") == 0, tries < 200 {
            usleep(20_000)
            tries += 1
        }
        #expect(tries < 200)
        let report = try await SandboxHousekeeping(environment: [:]).clean(.abandoned)
        #expect(report.sandboxes.contains { $0.kind == "directory" })
        #expect(LocalDirectories.abandoned(below: "/tmp").isEmpty)
    }

    @Test(.enabled(if: Availability.engine))
    func aContainerEndsByItselfWhenNobodyIsLeft() async throws {
        let settings: JSONObject = [
            "runtime_configs": ["entrypoint": "/bin/bash", "command": ["-c", "sleep 500"], "max_lifetime_s": 1]
        ]
        let sandbox = try await Provider.docker.start(settings)
        for _ in 0..<100 where await sandbox.isAlive() { try await Task.sleep(for: .milliseconds(100)) }
        #expect(await !sandbox.isAlive())
        await sandbox.stop()
    }

    @Test func anOwnerIsGoneOnlyWhenThatIsCertain() throws {
        let here = SandboxOwner.current
        #expect(!here.isGone)
        #expect(SandboxOwner(here.text) == here)
        var other = here
        other.started = "1"
        #expect(other.isGone)
        other = here
        other.boot = "earlier"
        #expect(other.isGone)
        other = here
        (other.machine, other.process) = ("elsewhere", 999_999_999)
        #expect(!other.isGone)
        other = here
        (other.space, other.process) = ("pid:[1]", 999_999_999)
        #expect(!other.isGone)
        #expect(SandboxOwner("nonsense") == nil)
    }
}
