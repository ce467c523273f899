import Evaluation
import JSON

/// Replays official cases through gage and says where the two differ.
///
/// Four forms of case are known, told apart by their keys: tool calls (`calls`), scripted dialogues (`agent_script`),
/// recorded runs of real agents (`recorded`) and synthetic trajectories. Files hold one case a line, plain or gzipped.
public struct Tau2Fidelity: Sendable {
    private let dataDirectory: String
    private let store: Tau2DataStore
    private let workers: Int

    /// Replays against the official data below a directory, on so many cores.
    public init(dataDirectory: String, store: Tau2DataStore = Tau2DataStore(), workers: Int) {
        self.dataDirectory = dataDirectory
        self.store = store
        self.workers = max(1, workers)
    }

    /// Plays every case of the files.
    ///
    /// `isWanted` picks cases by domain and id. Files are unpacked as they are played. Throws
    /// ``EvaluationError`` when a file or the data of a domain cannot be read.
    public func run(
        files: [String], isWanted: @escaping @Sendable (_ domain: String, _ caseID: String) -> Bool = { _, _ in true }
    ) async throws -> TauFidelityReport {
        try await TauCasePlayer(benchmark: "tau2", workers: workers).run(files: files) { json in
            let name = Tau2FidelityCase.domainName(of: json)
            guard isWanted(name, json["case_id"]?.stringValue ?? "") else { return nil }
            let domain = try await store.domain(named: name, dataDirectory: dataDirectory)
            return Tau2FidelityCase.play(json, in: domain)
        }
    }
}
