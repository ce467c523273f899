import Engine
import Evaluation
import FoundationEssentials
import GageTesting
import JSON
import Synchronization

@testable import AppWorld

/// Leases that give one sandbox, or none.
struct OneSandbox: SandboxLeases {
    var held: (any Sandbox)?

    var profile: String? { held == nil ? nil : "appworld" }

    func sandbox() async throws -> any Sandbox {
        guard let held else { throw EvaluationError(.sandboxUnavailable, "there is none", cause: .sandbox) }
        return held
    }

    func fresh(profile: String) async throws -> any Sandbox { try await sandbox() }
}

/// A sandbox whose servers a test plays, and whose programs and files a test writes.
final class PlayedContainer: CommandSandbox, ServiceSandbox {
    let identifier: String
    let endpoints: [String: String]
    let innerEndpoints: [String: String]
    private let files: [String: [UInt8]]
    private let result: SandboxCommandResult
    /// Protects the commands so far.
    private let ran = Mutex<[SandboxCommand]>([])

    var commands: [SandboxCommand] { ran.withLock { $0 } }

    init(_ url: String, files: [String: String] = [:], result: SandboxCommandResult = SandboxCommandResult(exitCode: 0))
    {
        identifier = "played-\(url)"
        endpoints = ["env": url, "apis": url]
        innerEndpoints = ["env": "http://127.0.0.1:8000", "apis": "http://127.0.0.1:9000"]
        self.files = files.mapValues { Array($0.utf8) }
        self.result = result
    }

    func isAlive() async -> Bool { true }

    func stop() async {}

    func hostPort(of port: Int) -> Int? { nil }

    func run(_ command: SandboxCommand) async throws -> SandboxCommandResult {
        ran.withLock { $0.append(command) }
        return result
    }

    func readFile(_ path: String, maximumBytes: Int) async throws -> [UInt8] {
        guard let bytes = files[path] else { throw SandboxFileError(.missing, path: path) }
        return bytes
    }

    func writeFile(_ path: String, _ bytes: [UInt8], permissions: UInt16) async throws {}

    func copyIn(_ files: [SandboxFile], to directory: String) async throws {}

    func copyOut(_ path: String, limits: SandboxCopyLimits) async throws -> [SandboxFile] {
        let found = files.keys.sorted().filter { $0.hasPrefix(path + "/") }
        guard !found.isEmpty else { throw SandboxFileError(.missing, path: path) }
        return found.map { SandboxFile(String($0.dropFirst(path.count + 1)), .file(files[$0] ?? [])) }
    }
}

/// Keeps events and files in memory and a temporary directory.
final class Witness: EventSink, ArtifactStore {
    let directory: TemporaryDirectory
    /// Protects the events so far.
    private let seen = Mutex<[RunEvent]>([])

    var events: [RunEvent] { seen.withLock { $0 } }

    init() throws { directory = try TemporaryDirectory() }

    func report(_ event: RunEvent) { seen.withLock { $0.append(event) } }

    func write(_ bytes: [UInt8], to path: String) throws -> String {
        var names = path.split(separator: "/").map(String.init)
        let name = names.removeLast()
        let folder = try self.directory(names.joined(separator: "/"))
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        return path
    }

    func directory(_ path: String) throws -> String {
        let place = "\(directory.path)/\(path)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        return place
    }
}

/// An episode with what it is run in.
struct EpisodeAt {
    var episode: Episode
    var scope: EpisodeScope
    let witness: Witness

    init(
        task: String = "a_1", subset: String = "dev", facts: JSONObject = [:], sandbox: (any Sandbox)?, trial: Int = 0,
        witness: Witness? = nil
    ) throws {
        var sample = Sample(id: task, messages: [.user("Do it.")])
        let base: JSONObject = ["task_id": .string(task), "subset": .string(subset)]
        sample.metadata["appworld"] = .object(base.merging(facts))
        let id = EpisodeID(task: "pipeline", sample: task, trial: trial)
        episode = Episode(id: id, seed: 1, sample: sample)
        self.witness = try witness ?? Witness()
        scope = EpisodeScope(
            run: RunIdentity(id: "run-7", seed: 1, baseDirectory: "/"), episode: id, seeds: SeedDerivation(root: 1),
            adapter: AdapterBinding(id: "judge", role: .judgeExtend), models: FixedModels([:]),
            sandboxes: OneSandbox(held: sandbox), events: self.witness, artifacts: self.witness, clock: SystemClock())
    }
}
