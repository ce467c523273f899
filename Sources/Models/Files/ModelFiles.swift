import Evaluation
import Glibc

/// The few file operations that cassettes and scripts need, with errors that name the file.
enum ModelFiles {
    /// An absolute path, read against a directory unless it is one already; a leading `~/` means the home directory.
    static func resolve(_ path: String, against directory: String, environment: [String: String]) -> String {
        if path.hasPrefix("/") { return path }
        if path.hasPrefix("~/"), let home = environment["HOME"] { return home + path.dropFirst(1) }
        return directory.isEmpty ? path : "\(directory)/\(path)"
    }

    /// The whole content of a file; nil where there is none.
    static func readIfPresent(_ path: String, limit: Int) throws(EvaluationError) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0 {
            if errno == ENOENT { return nil }
            throw failure("cannot open '\(path)'")
        }
        defer { close(file) }
        return try read(file, path: path, limit: limit)
    }

    /// A piece of a file.
    static func read(_ path: String, at offset: Int, count: Int) throws(EvaluationError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure("cannot open '\(path)'") }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(file, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
            }
            if got < 0 && errno == EINTR { continue }
            guard got > 0 else { throw failure("cannot read '\(path)'") }
            filled += got
        }
        return bytes
    }

    /// Opens a file to which lines are appended, making it and its directories where they are missing.
    static func openForAppending(_ path: String) throws(EvaluationError) -> Int32 {
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try makeDirectory(String(path[..<slash])) }
        let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure("cannot open '\(path)' for writing") }
        return file
    }

    /// Does something while no other process that asks for the same lock does.
    static func locked<Value, Failure: Error>(
        _ file: Int32, _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        // Where a file system knows no locks, appending is all there is, and on a local disk it is enough.
        while flock(file, LOCK_EX) != 0, errno == EINTR {}
        defer { flock(file, LOCK_UN) }
        return try body()
    }

    /// Takes away what stands after the last line feed of an open file.
    static func cutHalfLine(of file: Int32, path: String) throws(EvaluationError) {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure("cannot read '\(path)'") }
        let size = Int(status.st_size)
        var end = size
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while end > 0 {
            let start = max(0, end - chunk.count)
            let count = pread(file, &chunk, end - start, off_t(start))
            guard count == end - start else { throw failure("cannot read '\(path)'") }
            if let feed = chunk[..<count].lastIndex(of: UInt8(ascii: "\n")) {
                end = start + feed + 1
                break
            }
            end = start
        }
        guard end == size || ftruncate(file, off_t(end)) == 0 else { throw failure("cannot mend '\(path)'") }
    }

    /// Makes a directory and those above it.
    static func makeDirectory(_ path: String) throws(EvaluationError) {
        if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw failure("cannot make the directory '\(path)'")
        }
        try makeDirectory(String(path[..<slash]))
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw failure("cannot make the directory '\(path)'")
        }
    }

    /// Writes all bytes to an open file; false if that fails.
    static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(file, buffer.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }

    private static func read(_ file: Int32, path: String, limit: Int) throws(EvaluationError) -> [UInt8] {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure("cannot read '\(path)'") }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(max(0, Int(status.st_size)), limit))
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure("cannot read '\(path)'") }
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else {
                throw EvaluationError(
                    .dataMalformed, "'\(path)' has more than the \(limit) bytes allowed", cause: .configuration)
            }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    /// What the operating system says about its last failure; a path that leads nowhere or to a directory is the
    /// configuration's.
    static func failure(_ message: String) -> EvaluationError {
        let number = errno
        let reason = "\(message): \(String(cString: strerror(number)))"
        return switch number {
        case ENOENT, ENOTDIR, EISDIR, EACCES, ENAMETOOLONG, ELOOP:
            EvaluationError(
                .configurationInvalid, reason, cause: .configuration, advice: "name a file that you can use")
        default: EvaluationError(.storageFailed, reason, cause: .gage)
        }
    }
}
