import Evaluation
import Glibc
import Synchronization

/// Writes a file so that readers see the old content or the new one, never a part, even after a power cut.
///
/// The content goes to a temporary file beside the target, which takes the target's place with ``commit()`` and is thrown
/// away without it.
struct AtomicFile: ~Copyable {
    /// Tells the temporary names of one process apart.
    private static let counter = Atomic<UInt64>(0)

    /// Where the content is written to.
    let descriptor: Int32
    private let path: String
    private let directory: String
    private let temporary: String

    /// Makes the temporary file.
    init(_ path: String) throws(EvaluationError) {
        let directory = FileSystem.directory(of: path)
        let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
        let number = Self.counter.add(1, ordering: .relaxed).newValue
        let temporary = "\(directory)/.\(name.prefix(100)).\(getpid()).\(number).tmp"
        // What a killed process of the same number left; in a container they all have the same.
        unlink(temporary)
        descriptor = try FileSystem.open(temporary, O_WRONLY | O_CREAT | O_EXCL)
        self.path = path
        self.directory = directory
        self.temporary = temporary
    }

    deinit {
        close(descriptor)
        // After a commit there is no such file any more.
        unlink(temporary)
    }

    /// Forces the content to disk and puts it into its place.
    consuming func commit() throws(EvaluationError) {
        guard fsync(descriptor) == 0 else { throw StorageFailure.system("write", temporary) }
        guard rename(temporary, path) == 0 else { throw StorageFailure.system("write", path) }
        FileSystem.synchronizeDirectory(directory)
    }

    /// Writes a whole file.
    static func write(_ bytes: [UInt8], to path: String) throws(EvaluationError) {
        let file = try AtomicFile(path)
        try FileSystem.write(bytes, to: file.descriptor, path: file.temporary)
        try file.commit()
    }
}
