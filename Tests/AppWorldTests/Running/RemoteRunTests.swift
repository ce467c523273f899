import Engine
import Evaluation
import FoundationEssentials
import GageTesting
import Glibc
import JSON
import Processes
import Storage
import Testing

@testable import AppWorld

/// Runs on servers that run elsewhere: the stand-in's program as a process of its own.
@Suite("Runs on remote servers", .enabled(if: RemoteStandIn.isPossible), .serialized, .timeLimit(.minutes(2)))
struct RemoteRunTests {
    @Test("Tasks are done one after the other and judged over HTTP, and the servers stay new for the next run")
    func remote() async throws {
        let servers = try await RemoteStandIn.start()
        defer { servers.stop() }
        var setup = try StandInRun()
        setup.set = [
            "datasets.appworld.params.path": "\(setup.data.path)/train.jsonl",
            "datasets.appworld.params.preprocess_kwargs.subset": "train", "tasks.appworld.concurrency": "3",
        ]
        let environment = [
            "APPWORLD_ENVIRONMENT": servers.url(0), "APPWORLD_APIS": servers.url(1), "APPWORLD_MCP": servers.url(2),
        ]
        for _ in 0..<2 {
            let agents = try StandInRun.agents("gold", ["5a1d0c1_2": "collateral"])
            let run = try setup.run(try setup.plan("remote.yaml", environment: environment), playing: agents)
            let result = try await run.run()
            let records = try run.records()
            #expect(result.outcomes.scored == 3, "\(records.map(\.outcome))")
            let done = records.filter { $0.judgeOutput["appworld"]?["tgc"] == 100.0 }.map(\.id.sample).sorted()
            #expect(done == ["5a1d0c1_1", "5a1d0c1_3"])
        }
    }
}
