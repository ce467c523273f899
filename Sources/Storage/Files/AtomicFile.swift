import Evaluation
import Glibc
import Synchronization

/// Writes a file so that readers see the old content or the new one, never a part, even after a power cut.
enum AtomicFile {
    /// Tells the temporary names of one process apart.
    private static let counter = Atomic<UInt64>(0)

    /// Writes to a temporary file beside the target, forces it to disk and renames it.
    static func write(_ bytes: [UInt8], to path: String) throws(EvaluationError) {
        let (directory, name) = split(path)
        let number = counter.add(1, ordering: .relaxed).newValue
        let temporary = "\(directory)/.\(name.prefix(100)).\(getpid()).\(number).tmp"
        let descriptor = try FileSystem.open(temporary, O_WRONLY | O_CREAT | O_EXCL)
        do throws(EvaluationError) {
            defer { close(descriptor) }
            try FileSystem.write(bytes, to: descriptor, path: temporary)
            guard fsync(descriptor) == 0 else { throw StorageFailure.system("write", temporary) }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let failure = StorageFailure.system("write", path)
            unlink(temporary)
            throw failure
        }
        FileSystem.synchronizeDirectory(directory)
    }

    private static func split(_ path: String) -> (directory: String, name: String) {
        guard let cut = path.lastIndex(of: "/") else { return (".", path) }
        let name = String(path[path.index(after: cut)...])
        return (cut == path.startIndex ? "/" : String(path[..<cut]), name)
    }
}
