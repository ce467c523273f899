import Evaluation
import Glibc
import JSON
import Storage

/// Where the control socket of a run's directory is, for the run itself and for those who look for it.
public struct ControlPlace: Sendable {
    private let directory: String

    /// The control socket of the run in a directory.
    public init(directory: String) { self.directory = Self.canonical(directory) }

    private var ownPath: String { "\(directory)/control.sock" }
    private var pointerPath: String { "\(directory)/control.json" }

    // MARK: Looking for it

    /// The socket, where there is one that belongs to this user; whether anybody answers there is another question.
    public var socketPath: String? {
        if Self.isOwnSocket(ownPath) { return ownPath }
        return pointedPath
    }

    /// Removes what a killed run left.
    ///
    /// Only for a directory whose run nobody holds.
    public func clean() {
        if let pointedPath { unlink(pointedPath) }
        if Self.isOwnSocket(ownPath) { unlink(ownPath) }
        unlink(pointerPath)
    }

    /// Whether something is there that only a run that goes on has.
    public var hasTraces: Bool { access(ownPath, F_OK) == 0 || access(pointerPath, F_OK) == 0 }

    // MARK: Making it

    func listen(_ environment: [String: String]) throws(EvaluationError) -> (ControlListener, String) {
        clean()
        do throws(ControlSocketFailure) {
            return (try ControlListener(path: ownPath), ownPath)
        } catch {
            guard let path = runtimePath(environment) else { throw Self.failure(error) }
            do throws(ControlSocketFailure) {
                unlink(path)
                let listener = try ControlListener(path: path)
                writePointer(to: path)
                return (listener, path)
            } catch {
                throw Self.failure(error)
            }
        }
    }

    /// Removes the note of where a socket is, if there is one for it.
    func leave(_ socketPath: String) {
        if socketPath != ownPath { unlink(pointerPath) }
    }

    private static func failure(_ failure: ControlSocketFailure) -> EvaluationError {
        EvaluationError(.storageFailed, failure.message, cause: .gage)
    }

    /// A path in a directory that only this user can enter.
    private func runtimePath(_ environment: [String: String]) -> String? {
        let parent = environment["XDG_RUNTIME_DIR"].map { "\($0)/gage" } ?? "/tmp/gage-\(geteuid())"
        mkdir(parent, 0o700)
        var status = stat()
        // A directory that somebody else made, or a link to one, is not to be trusted.
        guard lstat(parent, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
            status.st_mode & 0o077 == 0
        else { return nil }
        return "\(parent)/\(runtimeName)"
    }

    /// The name of this directory's socket and of no other.
    private var runtimeName: String { "\(JSONValue.string(directory).digest().prefix(24)).sock" }

    private func writePointer(to path: String) {
        let note: JSONValue = ["socket": .string(path), "pid": JSONValue(Int(getpid()))]
        let descriptor = open(pointerPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        let bytes = note.bytes()
        // Without the note the run goes on all the same, and is found by nobody.
        _ = write(descriptor, bytes, bytes.count)
        close(descriptor)
    }

    /// The socket that the note names.
    ///
    /// Only by the name that this directory's socket has: a directory from elsewhere must not lead to other programs.
    private var pointedPath: String? {
        guard let path = Self.pointer(in: pointerPath), path.hasSuffix("/\(runtimeName)"), Self.isOwnSocket(path) else {
            return nil
        }
        return path
    }

    private static func pointer(in path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return nil }
        // A note that cannot be read names nothing.
        return (try? JSONValue.parse(bytes: Array(buffer[..<count])))?["socket"]?.stringValue
    }

    private static func canonical(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Whether a path is a socket of this user's.
    private static func isOwnSocket(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK && status.st_uid == geteuid()
    }
}
