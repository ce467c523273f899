import Glibc
import JSON
import Processes
import Testing

/// Workers and sandboxes that the kernel kills for want of memory.
@Suite("Chaos: memory")
struct MemoryChaosTests {
    @Test(
        .enabled(if: MemoryGroup.isAvailable, "no memory cgroup that this process may make"), .timeLimit(.minutes(2)))
    func aWorkerThatIsKilledLosesNothing() async throws {
        let echo = try ChaosEcho(samples: 16, padding: 500_000)
        let one = ChaosEcho.trials(1)
        let calm = try await echo.calm(one)
        let first = try await echo.run("parts", one + ["--shard", "1/2"])
        #expect(first.code == 0, "\(first.complaint)")

        let group = try MemoryGroup(bytes: 32 << 20)
        let words = echo.arguments("parts", one + ["-q", "--shard", "2/2"]).shellWords
        var command = ProcessCommand("/bin/sh", ["-c", "echo $$ >'\(group.processes)' && exec \"$GAGE\" \(words)"])
        command.workingDirectory = echo.directory.path
        command.environment = .inheritAdding(["GAGE": GageBinary.path, "NO_COLOR": "1"])
        command.deadline = .seconds(60)
        let killed = try await Processes.run(command)
        #expect(killed.termination == .signalled(SIGKILL), "\(killed.complaint)")

        let merge = GageBinary.command(
            ["merge", "--output-dir", echo.directory.path, "--run-id", "parts"], in: echo.directory.path)
        let partial = try await Processes.run(merge)
        #expect(partial.code == 3, "\(partial.complaint)")
        let again = try await echo.run("parts", one + ["--shard", "2/2"])
        #expect(again.code == 0, "\(again.complaint)")
        let whole = try await Processes.run(merge)
        #expect(whole.code == 0, "\(whole.complaint)")
        #expect(try echo.outcome("parts") == calm)
        ChaosTable.add(
            "a shard's process killed by the kernel for want of memory",
            "`gage merge` lists what is missing (exit 3); the shard goes on; 16 of 16, same scores as one process")
    }

    @Test(
        .enabled(if: ContainerDemo.isThere, "no engine with the demo's images: scripts/swebench-demo makes them"),
        .timeLimit(.minutes(2)))
    func aSandboxThatRunsOutOfMemoryIsNoZero() async throws {
        let directory = try TemporaryDirectory()
        let hungry = try await ContainerDemo.runner(in: directory, takingMegabytes: 600)
        let result = try await ContainerDemo.run(
            "hungry", in: directory.path,
            [
                "--max-samples", "1", "--set", "sandbox_profiles[0].resources={memory: 96m}",
                "--set", "role_adapters.judge.params.implementation_params.scripts_dir=\(hungry)",
                "--set", "tasks[0].max_retries=0",
            ])
        #expect(result.code == 3, "\(result.complaint)")
        let summary = try directory.json("hungry/summary.json")
        #expect(summary.at("outcomes.scored") == 0)
        #expect(summary.at("outcomes.errors_by_cause.sandbox") == 1)
        #expect(summary.at("outcomes.errors_by_code")?["swebench.oom_killed"] == 1)
        ChaosTable.add(
            "a judge's container out of memory", "errored, cause sandbox (`swebench.oom_killed`), never a zero")
    }
}

/// A memory cgroup of a test's own; it goes with the last reference.
final class MemoryGroup {
    private let path: String
    /// The file that takes the processes.
    var processes: String { "\(path)/cgroup.procs" }

    /// Where such groups are made, and the file that holds their limit, under either version of the interface.
    private static var place: (parent: String, limit: String)? {
        if access("/sys/fs/cgroup/memory/memory.limit_in_bytes", F_OK) == 0 {
            return ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
        }
        guard let file = fopen("/sys/fs/cgroup/cgroup.subtree_control", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 1024)
        guard fgets(&line, 1024, file) != nil else { return nil }
        let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return text.contains("memory") ? ("/sys/fs/cgroup", "memory.max") : nil
    }

    static var isAvailable: Bool { place.map { access($0.parent, W_OK) == 0 } ?? false && geteuid() == 0 }

    init(bytes: Int) throws {
        guard let place = Self.place else { throw TemporaryDirectoryError(errno: ENOENT) }
        path = "\(place.parent)/gage-chaos-\(getpid())"
        guard mkdir(path, 0o755) == 0 else { throw TemporaryDirectoryError(errno: errno) }
        guard let file = fopen("\(path)/\(place.limit)", "w") else { throw TemporaryDirectoryError(errno: errno) }
        fputs("\(bytes)\n", file)
        fclose(file)
    }

    deinit { rmdir(path) }
}
