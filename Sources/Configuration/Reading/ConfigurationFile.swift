import Glibc

/// Reads the files that a configuration consists of.
enum ConfigurationFile {
    /// Why a file could not be read, in a sentence that names it.
    struct Problem: Error {
        var message: String
    }

    /// Far above any configuration that a person wrote, and far below what hurts.
    static let maximumBytes = 8 << 20

    /// The text of a file.
    static func read(_ path: String) throws(Problem) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Problem(message: "cannot open '\(path)': \(reason())") }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Problem(message: "cannot read '\(path)': \(reason())") }
            if count == 0 { break }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= maximumBytes else {
                throw Problem(message: "'\(path)' is larger than \(maximumBytes >> 20) MiB")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(message: "'\(path)' is not UTF-8 text")
        }
        return text
    }

    /// Whether something is at a path.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
