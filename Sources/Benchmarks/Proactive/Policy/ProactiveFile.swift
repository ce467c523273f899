import Evaluation
import JSON

/// A file of preference pairs, or of trajectories, with its digest.
public struct ProactiveFile<Line: Sendable>: Sendable {
    /// The lines.
    public let lines: [Line]
    /// The SHA-256 of its bytes.
    public let digest: String

    init(_ path: String, named name: String, read: (JSONValue) throws -> Line) async throws {
        var lines: [Line] = []
        for try await record in try await JSONLinesFile.records(path, named: name) {
            do {
                lines.append(try read(.object(record.fields)))
            } catch var error as EvaluationError {
                error.message = "\(record.origin): \(error.message)"
                throw error
            }
        }
        self.lines = lines
        digest = sha256Hex(try ProactiveFiles.bytes(path))
    }
}

extension ProactiveFile<PreferencePair> {
    /// Reads a file of preference pairs.
    ///
    /// `name` is what messages call it. Throws ``EvaluationError`` saying which line is wrong.
    public init(preferences path: String, named name: String) async throws {
        try await self.init(path, named: name) { try PreferencePair(json: $0) }
    }
}

extension ProactiveFile<ProactiveTrajectory> {
    /// Reads a file of trajectories.
    ///
    /// `name` is what messages call it. Throws ``EvaluationError`` saying which line is wrong.
    public init(trajectories path: String, named name: String) async throws {
        try await self.init(path, named: name) { try ProactiveTrajectory(json: $0) }
    }
}
