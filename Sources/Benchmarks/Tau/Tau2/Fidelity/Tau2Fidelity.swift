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
    ) async throws -> Tau2FidelityReport {
        var report = Tau2FidelityReport()
        for file in files {
            for outcome in try await play(file, isWanted: isWanted) { report.add(outcome) }
        }
        report.sort()
        return report
    }

    private func play(
        _ file: String, isWanted: @escaping @Sendable (String, String) -> Bool
    ) async throws -> [Tau2FidelityCase.Outcome] {
        let lines = try Tau2CaseLines(file: file)
        return try await withThrowingTaskGroup(of: [Tau2FidelityCase.Outcome].self) { group in
            var outcomes: [Tau2FidelityCase.Outcome] = []
            var running = 0
            while true {
                while running < workers {
                    let batch = try lines.next(Self.batchSize)
                    if batch.isEmpty { break }
                    group.addTask { try await play(batch, of: file, isWanted: isWanted) }
                    running += 1
                }
                guard running > 0, let finished = try await group.next() else { return outcomes }
                outcomes += finished
                running -= 1
            }
        }
    }

    /// Cases that one task plays: enough that starting it costs little, few enough that all cores end together.
    private static let batchSize = 16

    private func play(
        _ lines: [[UInt8]], of file: String, isWanted: @Sendable (String, String) -> Bool
    ) async throws -> [Tau2FidelityCase.Outcome] {
        var outcomes: [Tau2FidelityCase.Outcome] = []
        for line in lines {
            let json: JSONValue
            do {
                json = try JSONValue.parse(bytes: line, options: .init(allowsNonFiniteNumbers: true))
            } catch {
                throw EvaluationError(
                    .dataMalformed, "\(file) has a line that is not JSON", cause: .task, underlying: error)
            }
            let name = Tau2FidelityCase.domainName(of: json)
            guard isWanted(name, json["case_id"]?.stringValue ?? "") else { continue }
            let domain = try await store.domain(named: name, dataDirectory: dataDirectory)
            outcomes.append(Tau2FidelityCase.play(json, in: domain))
        }
        return outcomes
    }
}
