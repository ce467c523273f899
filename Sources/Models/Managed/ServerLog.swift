import Evaluation
import Glibc
import JSON
import Synchronization

/// What a model server writes, in a file of the run directory, and its last lines for error messages.
final class ServerLog: Sendable {
    private struct State {
        var file: Int32?
        var bytes = 0
        var tail: [String] = []
    }

    /// A server that writes without end must not fill the disk: what comes after so many bytes is left out.
    private static let limit = 256 << 20
    private static let tailLength = 12

    /// Where the file is; nil where the run keeps none.
    let path: String?
    /// Protects the file and the last lines.
    private let state: Mutex<State>

    /// Opens the log of a backend's server below the run's `logs`, adding to what is there.
    init(backend: String, in artifacts: any ArtifactStore) throws {
        let name = backend.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "_" }
        let path = try artifacts.directory("logs") + "/model_server_\(String(name)).log"
        self.path = path
        state = Mutex(State(file: try ModelFiles.openForAppending(path)))
    }

    deinit {
        state.withLock { if let file = $0.file { _ = close(file) } }
    }

    func append(_ line: String) {
        state.withLock { state in
            state.tail.append(String(line.prefix(500)))
            if state.tail.count > Self.tailLength { state.tail.removeFirst() }
            guard let file = state.file, state.bytes < Self.limit else { return }
            let bytes = Array(line.utf8) + [UInt8(ascii: "\n")]
            state.bytes += bytes.count
            // A log that cannot be written must not stop the server that it is of.
            _ = ModelFiles.write(bytes, to: file)
        }
    }

    /// The last lines that are not empty, for an error message.
    var tail: String { state.withLock { $0.tail.filter { !$0.isEmpty }.suffix(3).joined(separator: " | ") } }
}
