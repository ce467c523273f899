import Evaluation
import Glibc
import JSON
import Synchronization

/// The cassette that the models of a run are recorded to: a JSONL file, one line a call.
public final class CassetteWriter: Sendable {
    private let path: String
    /// Protects the file, so that lines are never mixed; nil once it is closed.
    private let file: Mutex<Int32?>

    /// Opens a cassette, adding to what is there.
    ///
    /// Throws ``EvaluationError`` (`gage.storage`).
    public init(path: String) throws {
        self.path = path
        file = Mutex(try ModelFiles.openForAppending(path))
    }

    deinit {
        file.withLock { if let file = $0 { _ = Glibc.close(file) } }
    }

    func append(_ entry: CassetteEntry) throws(EvaluationError) {
        var line = entry.json.bytes()
        line.append(UInt8(ascii: "\n"))
        let isWritten = file.withLock { file in file.map { ModelFiles.write(line, to: $0) } ?? false }
        guard isWritten else {
            throw EvaluationError(.storageFailed, "cannot write to the cassette '\(path)'", cause: .gage)
        }
    }
}
