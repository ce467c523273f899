import Glibc
import Reports

/// Where commands write: results to standard output, everything else to standard error.
enum Output {
    /// Prints a result.
    static func result(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// Prints something for the person at the terminal.
    static func note(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    /// Writes text as it is.
    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            // A reader that went away, as with `gage … | head`, is no failure of ours.
            guard count > 0 || errno == EINTR else { return }
            if count > 0 { bytes = bytes.dropFirst(count) }
        }
    }
}

/// The environment, read once at the start of a command and handed down as a value.
enum ProcessEnvironment {
    /// All variables.
    static func variables() -> [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let pointer = entry.pointee {
            let text = String(cString: pointer)
            if let separator = text.firstIndex(of: "=") {
                variables[String(text[..<separator])] = String(text[text.index(after: separator)...])
            }
            entry += 1
        }
        return variables
    }

    /// The current directory.
    static func currentDirectory() -> String {
        guard let pointer = getcwd(nil, 0) else { return "." }
        defer { free(pointer) }
        return String(cString: pointer)
    }
}
