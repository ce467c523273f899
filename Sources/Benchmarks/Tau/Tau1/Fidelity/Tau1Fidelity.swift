import Evaluation
import JSON

/// Replays official cases of the original τ-bench through gage and says where the two differ.
///
/// Three forms of case are known, told apart by their keys: tool calls (`calls`), recorded runs of real agents
/// (`recomputed`), and variants of the expected actions (`variant`). Files hold one case a line, plain or gzipped.
public struct Tau1Fidelity: Sendable {
    private let dataDirectory: String
    private let store: Tau1DataStore
    private let workers: Int

    /// Replays against the official data below a directory, on so many cores.
    public init(dataDirectory: String, store: Tau1DataStore = Tau1DataStore(), workers: Int) {
        self.dataDirectory = dataDirectory
        self.store = store
        self.workers = max(1, workers)
    }

    /// Plays every case of the files.
    ///
    /// `isWanted` picks cases by environment and id. Files are unpacked as they are played. Throws
    /// ``EvaluationError`` when a file or the data of an environment cannot be read.
    public func run(
        files: [String], isWanted: @escaping @Sendable (_ domain: String, _ caseID: String) -> Bool = { _, _ in true }
    ) async throws -> TauFidelityReport {
        try await TauCasePlayer(benchmark: "tau-bench", workers: workers).run(files: files) { json in
            let name = json["env"]?.stringValue ?? ""
            guard isWanted(name, json["id"]?.stringValue ?? "") else { return nil }
            let domain = try await store.domain(named: name, dataDirectory: dataDirectory)
            return Tau1FidelityCase.play(json, in: domain)
        }
    }
}
