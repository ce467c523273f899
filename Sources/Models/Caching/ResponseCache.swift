public import Evaluation
import JSON
import Synchronization

/// Where answered calls are kept.
public protocol ResponseCache: Sendable {
    /// The answer kept under a key (64 hexadecimal digits); nil where there is none. Throws ``EvaluationError``.
    func response(for key: String) throws -> ChatResponse?

    /// Keeps an answer. Throws ``EvaluationError``.
    func store(_ response: ChatResponse, for key: String) throws
}

/// Keeps answers in memory.
public final class MemoryResponseCache: ResponseCache {
    /// Protects the answers.
    private let responses = Mutex<[String: ChatResponse]>([:])

    /// An empty cache.
    public init() {}

    /// The answer kept under a key.
    public func response(for key: String) throws -> ChatResponse? { responses.withLock { $0[key] } }

    /// Keeps an answer.
    public func store(_ response: ChatResponse, for key: String) throws {
        responses.withLock { $0[key] = response }
    }
}

/// Keeps answers in a directory, one file an answer, which several runs may share at a time.
public struct DirectoryResponseCache: ResponseCache {
    private static let maximumFileBytes = 64 << 20
    private let directory: String

    /// Uses a directory, which is made with the first answer.
    public init(directory: String) { self.directory = directory }

    /// The answer kept under a key.
    ///
    /// A file that cannot be read as an answer counts as none and is written anew.
    public func response(for key: String) throws -> ChatResponse? {
        guard let bytes = try ModelFiles.readIfPresent(path(of: key), limit: Self.maximumFileBytes) else { return nil }
        // Half a file of a machine that lost power is no answer, and no reason to stop.
        return try? ChatResponse(recorded: try JSONValue.parse(bytes: bytes))
    }

    /// Keeps an answer; readers see all of it or nothing.
    public func store(_ response: ChatResponse, for key: String) throws {
        try ModelFiles.makeDirectory("\(directory)/\(key.prefix(2))")
        try ModelFiles.writeAtomically(response.recorded.bytes(), to: path(of: key))
    }

    private func path(of key: String) -> String { "\(directory)/\(key.prefix(2))/\(key).json" }
}
