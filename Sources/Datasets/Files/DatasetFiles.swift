import Evaluation
import FoundationEssentials
import Glibc
import JSON

/// The few things that downloads and data packages do with files, with errors that name the path.
enum DatasetFiles {
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether a plain file is there; a link, even one that leads to a file, is none.
    static func isPlainFile(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Whether a directory is there that is no link.
    static func isPlainDirectory(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The size of a file, or nil where there is none.
    static func size(_ path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// The names in a directory in order; none where it cannot be read.
    static func names(in directory: String) -> [String] {
        // A directory that is absent or closed to us has nothing that could be used.
        ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
    }

    /// The names of directories in a directory in order.
    static func directories(in directory: String) -> [String] {
        names(in: directory).filter { isDirectory("\(directory)/\($0)") }
    }

    static func makeDirectory(_ path: String) throws(EvaluationError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            guard isDirectory(path) else { throw failure("make the directory", path, error) }
        }
    }

    /// Removes a file or a whole directory, links not followed; what is not there is no failure.
    static func remove(_ path: String) throws(EvaluationError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw failure("remove", path, error)
        }
    }

    static func move(_ path: String, to target: String) throws(EvaluationError) {
        guard rename(path, target) == 0 else { throw system("move to", target) }
    }

    /// The bytes of a file of at most `limit` bytes.
    static func bytes(_ path: String, limit: Int = 1 << 30) throws(EvaluationError) -> [UInt8] {
        do {
            var file = try RawFile(LocalFile(path, at: path))
            var bytes: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 1 << 17)
            while true {
                let count = try file.read(into: &piece)
                if count == 0 { return bytes }
                bytes.append(contentsOf: piece[..<count])
                guard bytes.count <= limit else {
                    throw EvaluationError(
                        .dataMalformed, "\(path) is larger than \(limit) bytes", cause: .task)
                }
            }
        } catch let error as EvaluationError {
            throw error
        } catch {
            throw failure("read", path, error)
        }
    }

    /// The JSON of a file.
    static func json(_ path: String) throws(EvaluationError) -> JSONValue {
        let bytes = try bytes(path)
        do {
            return try JSONValue.parse(bytes: bytes, options: .init(allowsNonFiniteNumbers: true))
        } catch {
            throw EvaluationError(
                .dataMalformed, "\(path) is not JSON: \(error.message)", cause: .task,
                location: SourceLocation(file: path, line: error.line, column: error.column))
        }
    }

    /// The SHA-256 of a file and its size.
    static func digest(_ path: String) throws(EvaluationError) -> FileDigest {
        do {
            var file = try RawFile(LocalFile(path, at: path))
            var hasher = SHA256Hasher()
            var piece = [UInt8](repeating: 0, count: 1 << 18)
            var size = 0
            while true {
                let count = try file.read(into: &piece)
                if count == 0 { return FileDigest(sha256: hasher.finalize(), size: size) }
                hasher.update(piece[..<count])
                size += count
            }
        } catch let error as EvaluationError {
            throw error
        } catch {
            throw failure("read", path, error)
        }
    }

    /// Writes a file so that readers see the old content or the new one, never a part, even after a power cut.
    static func writeAtomically(_ bytes: [UInt8], to path: String) throws(EvaluationError) {
        let temporary = "\(path).\(getpid()).tmp"
        do throws(EvaluationError) {
            let file = try FileWriter(temporary)
            try file.write(bytes)
            try file.finish()
        } catch {
            unlink(temporary)
            throw error
        }
        try move(temporary, to: path)
        synchronizeDirectory(of: path)
    }

    /// Forces a directory's entries to disk, so that a rename in it survives a power cut.
    static func synchronizeDirectory(of path: String) {
        let descriptor = open(parent(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // Some network mounts cannot sync directories, which is no reason to fail.
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    static func parent(of path: String) -> String {
        guard let cut = path.lastIndex(of: "/") else { return "." }
        return cut == path.startIndex ? "/" : String(path[..<cut])
    }

    /// The error for the last system call.
    static func system(_ action: String, _ path: String, number: Int32 = errno) -> EvaluationError {
        let advice: String? =
            switch number {
            case ENOSPC, EDQUOT: "free some disk space, then run the command again; it goes on where it stopped"
            case EACCES, EPERM, EROFS: "check the permissions, or choose another directory"
            default: nil
            }
        return EvaluationError(
            .storageFailed, "cannot \(action) \(path): \(String(cString: strerror(number)))", cause: .gage,
            advice: advice)
    }

    private static func failure(_ action: String, _ path: String, _ error: any Error) -> EvaluationError {
        EvaluationError(.storageFailed, "cannot \(action) \(path)", cause: .gage, underlying: error)
    }
}

/// What identifies a file's content.
struct FileDigest: Sendable, Hashable {
    var sha256: String
    var size: Int
}
