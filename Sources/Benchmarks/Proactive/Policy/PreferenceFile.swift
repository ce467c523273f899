import Evaluation
import JSON

/// A file of preference pairs with its digest.
public struct PreferenceFile: Sendable {
    /// The pairs.
    public let pairs: [PreferencePair]
    /// The SHA-256 of its bytes.
    public let digest: String

    /// Reads a file.
    ///
    /// `name` is what messages call it. Throws ``EvaluationError`` saying which line is wrong.
    public init(_ path: String, named name: String) async throws {
        var pairs: [PreferencePair] = []
        for try await record in try await JSONLinesFile.records(path, named: name) {
            do {
                pairs.append(try PreferencePair(json: .object(record.fields)))
            } catch {
                var error = error
                error.message = "\(record.origin): \(error.message)"
                throw error
            }
        }
        self.pairs = pairs
        digest = sha256Hex(try ProactiveFiles.bytes(path))
    }
}
