import Glibc
import JSON
import Processes
import Testing

/// A container engine that goes away in the middle of a run and comes back.
///
/// The engine itself may serve others, so it is left alone: a relay stands between it and the run, and goes away.
@Suite(
    "Chaos: the container engine",
    .enabled(
        if: ContainerDemo.isThere && ChaosTools.python != nil,
        "no engine with the demo's images (scripts/swebench-demo makes them), or no python3"))
struct EngineChaosTests {
    @Test(.timeLimit(.minutes(3)))
    func anEngineThatComesBackChangesNothing() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        let few = ["--max-samples", "2"]
        let calm = try await ContainerDemo.run("calm", in: path, few)
        #expect(calm.code == 0, "\(calm.complaint)")

        let socket = "\(path)/engine.sock"
        let relay = try await startRelay(socket)
        let child = try await ChildProcess.start(
            ContainerDemo.command(
                "outage", in: path, few + ["--json"], environment: ["DOCKER_HOST": "unix://\(socket)"]))
        // Until something runs in a container.
        while access("\(path)/outage/events.jsonl", R_OK) != 0 { usleep(10_000) }
        usleep(1_500_000)
        kill(relay.processIdentifier, SIGKILL)
        _ = try await relay.wait()
        usleep(1_500_000)
        let second = try await startRelay(socket)
        while try await child.nextLine() != nil {}
        let result = try await child.wait()
        second.terminate()
        #expect(result.code == 0, "\(result.complaint)")
        #expect(try ChaosRun(directory, "outage").metrics == ChaosRun(directory, "calm").metrics)
        let retried = try ChaosRun.events("episode_retried", of: "outage", in: directory)
        #expect(retried.allSatisfy { $0.at("payload.error.cause") == "sandbox" }, "\(retried)")
        ChaosTable.add(
            "container engine gone for 1.5 s in the middle of a run",
            "2 of 2, same scores; \(retried.count) attempts repeated, cause sandbox")
    }

    private func startRelay(_ socket: String) async throws -> ChildProcess {
        unlink(socket)
        let relay = try await ChildProcess.start(
            ProcessCommand(ChaosTools.python ?? "python3", ["-c", Self.relay, socket]))
        #expect(try await relay.nextLine() == "listening")
        return relay
    }

    private static let relay = """
        import asyncio, sys

        async def copy(reader, writer):
            try:
                while data := await reader.read(65536):
                    writer.write(data)
                    await writer.drain()
                if writer.can_write_eof(): writer.write_eof()
            except OSError:
                writer.close()

        async def serve(reader, writer):
            far, back = await asyncio.open_unix_connection("/var/run/docker.sock")
            await asyncio.gather(copy(reader, back), copy(far, writer))
            back.close()
            writer.close()

        async def main():
            server = await asyncio.start_unix_server(serve, sys.argv[1])
            print("listening", flush=True)
            async with server: await server.serve_forever()

        asyncio.run(main())
        """
}
