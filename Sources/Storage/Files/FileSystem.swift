import Evaluation
import Glibc

/// The few calls of the operating system that this room needs, with errors that name the file.
enum FileSystem {
    /// Opens a file that no child process inherits.
    static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o644) throws(EvaluationError) -> Int32 {
        let descriptor = path.withCString { Glibc.open($0, flags | O_CLOEXEC, mode) }
        guard descriptor >= 0 else { throw StorageFailure.system("open", path) }
        return descriptor
    }

    /// Writes all bytes, going on after interruptions and short writes.
    static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(EvaluationError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw StorageFailure.system("write", path)
            }
            written += count
        }
    }

    /// Reads a whole file of at most `limit` bytes.
    static func read(_ path: String, limit: Int) throws(EvaluationError) -> [UInt8] {
        let descriptor = try open(path, O_RDONLY)
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw StorageFailure.system("read", path)
            }
            if count == 0 { return bytes }
            bytes.append(contentsOf: buffer[0..<count])
            guard bytes.count <= limit else {
                throw StorageFailure.plain("\(path) is larger than \(limit) bytes")
            }
        }
    }

    /// Makes a directory and those above it.
    static func makeDirectories(_ path: String) throws(EvaluationError) {
        if mkdir(path, 0o755) == 0 || (errno == EEXIST && isDirectory(path)) { return }
        let number = errno
        guard number == ENOENT, let cut = path.lastIndex(of: "/"), cut > path.startIndex else {
            throw StorageFailure.system("make the directory", path, number: number)
        }
        try makeDirectories(String(path[..<cut]))
        if mkdir(path, 0o755) != 0, !isDirectory(path) { throw StorageFailure.system("make the directory", path) }
    }

    /// The directory that a path's last name is in.
    static func directory(of path: String) -> String {
        guard let cut = path.lastIndex(of: "/") else { return "." }
        return cut == path.startIndex ? "/" : String(path[..<cut])
    }

    /// Whether something is there.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether a directory is there.
    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a directory but `.` and `..`, in no order; empty where there is no such directory.
    static func names(in path: String) throws(EvaluationError) -> [String] {
        guard let handle = opendir(path) else {
            if errno == ENOENT { return [] }
            throw StorageFailure.system("read", path)
        }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// The path without symbolic links and dots, where it exists.
    static func canonical(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Forces a directory's entries to disk, so that a rename in it survives a power cut.
    static func synchronizeDirectory(_ path: String) {
        // A file system that cannot sync directories (some network mounts) is no reason to fail the write.
        guard let descriptor = try? open(path, O_RDONLY | O_DIRECTORY) else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
