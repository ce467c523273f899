public import Evaluation
import Glibc

/// A directory of its own for one test, removed with everything in it when this value goes.
public final class TemporaryDirectory: Sendable {
    /// The directory's path.
    public let path: String

    /// Makes a directory.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the system has no room for one.
    public init() throws(EvaluationError) {
        var template = Array("/tmp/gage-test-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else {
            throw EvaluationError(
                .storageFailed, "cannot make a temporary directory: \(String(cString: strerror(errno)))", cause: .gage)
        }
        path = String(cString: made)
    }

    deinit { Self.remove(path) }

    /// The names in a directory, sorted; empty when it is not there.
    public static func names(in path: String) -> [String] {
        guard let handle = opendir(path) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func remove(_ path: String) {
        // A symbolic link is removed itself, never what it leads to.
        if unlink(path) == 0 { return }
        for name in names(in: path) { remove("\(path)/\(name)") }
        rmdir(path)
    }
}
