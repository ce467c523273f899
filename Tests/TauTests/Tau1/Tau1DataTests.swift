import Evaluation
import JSON
import Testing

@testable import Tau

@Suite("The original τ-bench's data")
struct Tau1DataTests {
    @Test func missingDataSayWhichCommandGetsThem() async throws {
        let error = await #expect(throws: EvaluationError.self) {
            try await Tau1DataStore().domain(named: "retail", dataDirectory: "/nowhere")
        }
        #expect(error?.code == .dataMissing)
        #expect(error?.advice?.contains("gage data fetch tau-bench") == true)
        #expect(error?.advice?.contains("gage data import tau-bench --from DIR") == true)
    }

    @Test func unknownNamesAndPositionsAreRefused() throws {
        let domain = try OwnTau1Data().domain(.retail)
        #expect(throws: EvaluationError.self) { try Tau1DomainName(named: "telecom") }
        #expect(throws: EvaluationError.self) { try domain.tasks(inSplit: "train") }
        #expect(throws: EvaluationError.self) { try domain.task(2, inSplit: "test") }
        #expect(throws: EvaluationError.self) { try domain.task(-1, inSplit: "test") }
        #expect(try domain.tasks(inSplit: "dev").map(\.id) == [0])
    }

    @Test func theStoreLoadsOnce() async throws {
        let data = try OwnTau1Data()
        let store = Tau1DataStore()
        let first = try await store.domain(.retail, dataDirectory: data.root)
        #expect(try await store.domain(named: "retail", dataDirectory: data.root) === first)
    }

    @Test func expectedAnswersToTheUserAreRefused() throws {
        let data = try OwnTau1Data()
        try data.write(
            [["user_id": "x", "instruction": "", "actions": [["name": "respond", "kwargs": ["content": "Hi"]]]]],
            to: "retail/tasks_test.json")
        let error = #expect(throws: EvaluationError.self) { _ = try data.domain(.retail) }
        #expect(error?.message.contains("tasks_test.json: task 0 expects the action 'respond'") == true)
    }

    @Test func toolsThatTheEnvironmentDoesNotHaveAreRefused() throws {
        let data = try OwnTau1Data()
        try data.write([["type": "function", "function": ["name": "fly"]]], to: "airline/tools.json")
        #expect(throws: EvaluationError.self) { _ = try data.domain(.airline) }
    }

    @Test("Relative directories begin at the base directory")
    func directories() {
        #expect(
            Tau1DataDirectory.resolve(nil, environment: [:], baseDirectory: "/b")
                == "/b/local-datasets/official/tau-bench")
        #expect(
            Tau1DataDirectory.resolve(nil, environment: ["TAU_BENCH_DATA_DIR": "/d"], baseDirectory: "/b") == "/d")
        #expect(
            Tau1DataDirectory.resolve("x", environment: ["TAU_BENCH_DATA_DIR": "/d"], baseDirectory: "/b") == "/b/x")
    }

    @Test(
        "Official data are complete and have the official digests", .enabled(if: TauReference.hasTau1),
        arguments: [
            (
                Tau1DomainName.retail, ["test": 115, "train": 500, "dev": 20], 16,
                "5a4b2cb59f4d12dea7e4adff24a7f8fada510ead49372ea4a729a82bbb5f49b5"
            ),
            (.airline, ["test": 50], 14, "4587e6b48ad2b2c4f3e1fecb40aabec7bb2286513273b8f8cec3f5865222f290"),
        ] as [(Tau1DomainName, [String: Int], Int, String)])
    func official(name: Tau1DomainName, splits: [String: Int], tools: Int, digest: String) async throws {
        let domain = try await OfficialTau1.domain(name)
        #expect(Dictionary(uniqueKeysWithValues: domain.splits.map { ($0.name, $0.tasks.count) }) == splits)
        #expect(domain.tools.count == tools)
        #expect(domain.tools.map(\.name) == Tau1World.toolkit(of: name).tools.map(\.name))
        #expect(domain.makeWorld().digest == digest)
        #expect(domain.directory.fewShotDisplaysPath != nil)
        for (_, tasks) in domain.splits {
            #expect(tasks.filter { Tau1Gold(of: $0, in: domain).isInert }.isEmpty)
        }
    }
}
