import Evaluation
import Glibc

/// A file that is being written, closed with the value's life.
struct FileWriter: ~Copyable {
    private let descriptor: Int32
    private let path: String

    /// Makes the file, or empties it; with `appending` its content stays and writing goes on at its end.
    ///
    /// A link in its place is never followed.
    init(_ path: String, appending: Bool = false, mode: mode_t = 0o644) throws(EvaluationError) {
        self.path = path
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (appending ? O_APPEND : O_TRUNC)
        descriptor = open(path, flags, mode)
        guard descriptor >= 0 else { throw DatasetFiles.system("write", path) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Writes all bytes, going on after interruptions and short writes.
    func write(_ bytes: borrowing [UInt8]) throws(EvaluationError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw DatasetFiles.system("write", path)
            }
            written += count
        }
    }

    /// Forces what was written to disk.
    func finish() throws(EvaluationError) {
        guard fsync(descriptor) == 0 else { throw DatasetFiles.system("write", path) }
    }
}
