import Evaluation
import JSON

/// Reads trajectories files.
public enum TrajectoriesFile {
    /// The trajectories of a file, and how many lines at its end were cut off: 1 where its writer was killed, else 0.
    ///
    /// Throws ``EvaluationError``, cause `configuration` or `task` with file and line.
    public static func read(
        _ path: String, named name: String
    ) async throws -> (lines: [ProactiveTrajectory], cutOff: Int) {
        var lines: [ProactiveTrajectory] = []
        do {
            for try await record in try await JSONLinesFile.records(path, named: name) {
                lines.append(try trajectory(record))
            }
        } catch let error as EvaluationError {
            // A killed writer leaves at most one unfinished line, which has no line feed behind it.
            let isLast = error.location.map { $0.line == lines.count + 1 } ?? false
            guard isLast, !lines.isEmpty, try !JSONLinesFile.endsWithLineFeed(path) else { throw error }
            return (lines, 1)
        }
        return (lines, 0)
    }

    private static func trajectory(_ record: DatasetRecord) throws(EvaluationError) -> ProactiveTrajectory {
        do {
            return try ProactiveTrajectory(json: .object(record.fields))
        } catch {
            var error = error
            error.message = "\(record.origin): \(error.message)"
            throw error
        }
    }
}
