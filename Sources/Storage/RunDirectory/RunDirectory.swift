public import Evaluation
import Glibc

/// The directory that a run leaves: where each of its files is, and who may write there.
///
/// A directory that was created or resumed is locked against other processes as long as this value lives. One that was
/// opened for reading takes no lock, so that reports and viewers work beside a run.
public final class RunDirectory: Sendable {
    /// The directory's path.
    public let path: String
    /// The run's id, which is the directory's name, and for a shard that of the run's directory.
    public let runID: String
    private let lock: RunLock?

    private init(path: String, runID: String, lock: RunLock?) {
        self.path = path
        self.runID = runID
        self.lock = lock
    }

    /// Makes the directory of a new run below `outputDirectory` and locks it.
    ///
    /// Throws ``EvaluationError``: cause `configuration` when the id is no name for a directory, when such a run exists
    /// already or when another process works in it; cause `gage` when the disk does not allow it.
    /// With a shard, it is the directory of that part of the run. Without one, a run that has been begun in shards is
    /// refused, since all of it would be done again.
    public static func create(
        in outputDirectory: String, runID: String, shard: Shard? = nil
    ) throws(EvaluationError) -> RunDirectory {
        let path = try location(in: outputDirectory, runID: runID, shard: shard)
        try FileSystem.makeDirectories(path)
        let lock = try RunLock(path: "\(path)/\(Name.lock)")
        guard !FileSystem.exists("\(path)/\(Name.journal)") else {
            throw StorageFailure.request(
                "the run '\(runID)' exists already in \(outputDirectory)",
                advice: "go on with it by its --run-id, or give this run another one")
        }
        if shard == nil, try !shards(of: path).isEmpty {
            throw StorageFailure.request(
                "the run '\(runID)' has been begun in shards",
                advice: "merge them first: gage merge --run-id \(runID) --output-dir \(outputDirectory)")
        }
        return RunDirectory(path: path, runID: runID, lock: lock)
    }

    /// Opens the directory of a run that has begun, to go on in it, and locks it.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when there is none or when another process works in it.
    public static func resume(_ path: String) throws(EvaluationError) -> RunDirectory {
        let (path, runID) = try existing(path)
        return RunDirectory(path: path, runID: runID, lock: try RunLock(path: "\(path)/\(Name.lock)"))
    }

    /// Opens the directory of a run for reading, beside a process that may be working in it.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when there is none.
    public static func open(_ path: String) throws(EvaluationError) -> RunDirectory {
        let (path, runID) = try existing(path)
        return RunDirectory(path: path, runID: runID, lock: nil)
    }

    /// Opens the directory of a run, begun or not, to put a journal into it that was made elsewhere, and locks it.
    ///
    /// Throws ``EvaluationError``: cause `configuration` when the id is no name for a directory or another process works
    /// in it; cause `gage` when the disk does not allow it.
    public static func claim(in outputDirectory: String, runID: String) throws(EvaluationError) -> RunDirectory {
        let path = try location(in: outputDirectory, runID: runID)
        try FileSystem.makeDirectories(path)
        return RunDirectory(path: path, runID: runID, lock: try RunLock(path: "\(path)/\(Name.lock)"))
    }

    /// Whether another process works in the directory; that this one does counts for nothing.
    public var isHeldByAnotherProcess: Bool { RunLock.isHeldByAnotherProcess("\(path)/\(Name.lock)") }

    /// The path of a run's directory, or of one shard's, whether it exists or not.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when the id is no name for a directory.
    public static func location(
        in outputDirectory: String, runID: String, shard: Shard? = nil
    ) throws(EvaluationError) -> String {
        let path = try location(in: outputDirectory, name: runID)
        return shard.map { "\(path)/\(Name.shards)/\($0.directoryName)" } ?? path
    }

    private static func location(in outputDirectory: String, name runID: String) throws(EvaluationError) -> String {
        let isName =
            !runID.isEmpty && runID.utf8.count <= 128 && !runID.hasPrefix(".") && runID.utf8.allSatisfy(isNameByte)
        guard isName else {
            throw StorageFailure.request(
                "'\(runID)' cannot name a run",
                advice: "use up to 128 letters, digits, '.', '_' and '-', not beginning with '.'")
        }
        var base = outputDirectory.isEmpty ? "." : outputDirectory
        while base.count > 1, base.hasSuffix("/") { base.removeLast() }
        return base == "/" ? "/\(runID)" : "\(base)/\(runID)"
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func existing(_ path: String) throws(EvaluationError) -> (path: String, runID: String) {
        guard let resolved = FileSystem.canonical(path), FileSystem.exists("\(resolved)/\(Name.journal)") else {
            throw StorageFailure.request(
                "there is no run in \(path)", advice: "name a directory that has a \(Name.journal)")
        }
        return (resolved, runID(ofPath: resolved))
    }
}
