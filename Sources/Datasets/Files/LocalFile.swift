import Evaluation
import Glibc
import JSON

/// A data file on this machine: where it is, and what errors about it say.
struct LocalFile: Sendable {
    /// The path as the configuration says it, which error texts and origins repeat.
    let name: String
    /// The path that is opened.
    let path: String
    /// What the configuration says to do when the file is absent.
    let missingHint: String?

    /// Files up to this size get a digest; hashing larger ones would delay the start of a run by seconds.
    static let largestDigested = 1 << 30

    init(_ name: String, baseDirectory: String, missingHint: String?) {
        self.name = name
        path = name.hasPrefix("/") || baseDirectory.isEmpty ? name : baseDirectory + "/" + name
        self.missingHint = missingHint
    }

    /// A file whose path is not what errors should say: a download in a cache.
    init(_ name: String, at path: String) {
        self.name = name
        self.path = path
        missingHint = nil
    }

    /// Checks that the file is there and says what is known about it: loader, path, size and digest.
    func describe(loader: String) throws -> JSONObject {
        var status = stat()
        guard stat(path, &status) == 0 else { throw missing(errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw EvaluationError(
                .dataMissing, "'\(name)' is a directory", cause: .configuration,
                advice: "let 'path' name a file in it")
        }
        var metadata: JSONObject = [
            "loader": .string(loader), "path": .string(name), "bytes": .int(Int64(status.st_size)),
        ]
        if status.st_mode & S_IFMT == S_IFREG, status.st_size <= LocalFile.largestDigested {
            metadata["sha256"] = .string(try digest())
        }
        return metadata
    }

    /// The error for data that are not what the loader reads.
    ///
    /// `line` and `column` count from one.
    func malformed(_ message: String, line: Int, column: Int, advice: String? = nil) -> EvaluationError {
        EvaluationError(
            .dataMalformed, message, cause: .task,
            location: SourceLocation(file: name, line: line, column: column), advice: advice)
    }

    /// The error for data that are not what the loader reads, where no line is known.
    func malformed(_ message: String, advice: String? = nil) -> EvaluationError {
        EvaluationError(.dataMalformed, "\(name): \(message)", cause: .task, advice: advice)
    }

    /// The error for a file that cannot be opened.
    func missing(_ code: Int32) -> EvaluationError {
        var advice = missingHint
        if advice == nil, code == ENOENT {
            let sibling = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name + ".gz"
            let siblingPath = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path + ".gz"
            let isThere = access(siblingPath, F_OK) == 0
            advice = isThere ? "did you mean '\(sibling)'?" : "it was looked for at '\(path)'"
        }
        return EvaluationError(
            .dataMissing, "the data file '\(name)' cannot be opened: \(String(cString: strerror(code)))",
            cause: .configuration, advice: advice)
    }

    private func digest() throws -> String {
        var file = try RawFile(self)
        var hasher = SHA256Hasher()
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = try file.read(into: &piece)
            if count == 0 { return hasher.finalize() }
            hasher.update(piece[..<count])
        }
    }
}
