import Evaluation
import JSON

/// Plays files of recorded cases on several cores, one case a line.
struct TauCasePlayer: Sendable {
    /// Plays a case; nil when it is not wanted.
    typealias Play = @Sendable (_ json: JSONValue) async throws -> TauCaseOutcome?

    let benchmark: String
    let workers: Int

    /// Cases that one task plays: enough that starting it costs little, few enough that all cores end together.
    private static let batchSize = 16

    /// Plays every case of the files.
    ///
    /// Throws ``EvaluationError`` when a file cannot be read.
    func run(files: [String], play: @escaping Play) async throws -> TauFidelityReport {
        var report = TauFidelityReport(benchmark: benchmark)
        for file in files {
            for outcome in try await self.play(file, play) { report.add(outcome) }
        }
        report.sort()
        return report
    }

    private func play(_ file: String, _ play: @escaping Play) async throws -> [TauCaseOutcome] {
        let lines = try TauCaseLines(file: file)
        return try await withThrowingTaskGroup(of: [TauCaseOutcome].self) { group in
            var outcomes: [TauCaseOutcome] = []
            var running = 0
            while true {
                while running < workers {
                    let batch = try lines.next(Self.batchSize)
                    if batch.isEmpty { break }
                    group.addTask { try await Self.play(batch, of: file, play) }
                    running += 1
                }
                guard running > 0, let finished = try await group.next() else { return outcomes }
                outcomes += finished
                running -= 1
            }
        }
    }

    private static func play(
        _ lines: [[UInt8]], of file: String, _ play: Play
    ) async throws -> [TauCaseOutcome] {
        var outcomes: [TauCaseOutcome] = []
        for line in lines {
            let json: JSONValue
            do {
                json = try JSONValue.parse(bytes: line, options: .init(allowsNonFiniteNumbers: true))
            } catch {
                throw EvaluationError(
                    .dataMalformed, "\(file) has a line that is not JSON", cause: .task, underlying: error)
            }
            if let outcome = try await play(json) { outcomes.append(outcome) }
        }
        return outcomes
    }
}
