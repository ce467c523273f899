public import Evaluation
import Glibc

/// Takes a file's content piece by piece.
public struct FileWriter: ~Copyable {
    private let descriptor: Int32
    private let path: String
    private var buffer: [UInt8] = []

    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
        buffer.reserveCapacity(Self.bufferSize)
    }

    private static let bufferSize = 1 << 16

    /// Adds bytes at the end.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the disk does not take them.
    public mutating func append(_ bytes: [UInt8]) throws(EvaluationError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    mutating func flush() throws(EvaluationError) {
        guard !buffer.isEmpty else { return }
        try FileSystem.write(buffer, to: descriptor, path: path)
        buffer.removeAll(keepingCapacity: true)
    }
}

extension RunDirectory {
    /// Writes a file of any size without holding it in memory; readers see the old file or the whole new one.
    ///
    /// Throws what `body` throws, and ``EvaluationError``, cause `gage`, when the disk does not allow it.
    public func writeStreaming(to path: String, _ body: (inout FileWriter) throws -> Void) throws {
        let target = "\(self.path)/\(try RelativePath.names(of: path).joined(separator: "/"))"
        let file = try AtomicFile(target)
        var writer = FileWriter(descriptor: file.descriptor, path: target)
        try body(&writer)
        try writer.flush()
        try file.commit()
    }

    /// Reads a file of at most 16 MiB anywhere, such as one that ``writeReport(_:to:)`` wrote.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when it cannot be read.
    public static func readReport(_ path: String) throws(EvaluationError) -> [UInt8] {
        try FileSystem.read(path, limit: 16 << 20)
    }

    /// Writes a file anywhere, atomically, for reports that a configuration wants elsewhere; makes its directory.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the disk does not allow it.
    public static func writeReport(_ bytes: [UInt8], to path: String) throws(EvaluationError) {
        try FileSystem.makeDirectories(FileSystem.directory(of: path))
        try AtomicFile.write(bytes, to: path)
    }

    /// Makes the directory of a file that will be written at a run's end, so that a wrong path is told at its beginning.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, where the file cannot be written.
    public static func prepareExport(to path: String) throws(EvaluationError) {
        let folder = FileSystem.directory(of: path)
        var reason: String?
        do {
            try FileSystem.makeDirectories(folder)
            if path.isEmpty || FileSystem.isDirectory(path) {
                reason = "it names a directory"
            } else if access(folder, W_OK | X_OK) != 0 {
                reason = String(cString: strerror(errno))
            }
        } catch {
            reason = error.message
        }
        guard let reason else { return }
        throw EvaluationError(
            .configurationInvalid, "cannot write '\(path)': \(reason)", cause: .configuration,
            advice: "name a file in a directory that you can write to")
    }

    /// Writes a file of any size anywhere, for exports; readers see the old file or the whole new one.
    ///
    /// Makes the file's directory.
    /// Throws what `body` throws, and ``EvaluationError``, cause `gage`, when the disk does not allow it.
    public static func writeExport(to path: String, _ body: (inout FileWriter) throws -> Void) throws {
        try FileSystem.makeDirectories(FileSystem.directory(of: path))
        let file = try AtomicFile(path)
        var writer = FileWriter(descriptor: file.descriptor, path: path)
        try body(&writer)
        try writer.flush()
        try file.commit()
    }

    /// Adds to the end of a file anywhere, such as the summary that a CI system collects; makes it where there is none.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the disk does not allow it.
    public static func appendReport(_ bytes: [UInt8], to path: String) throws(EvaluationError) {
        let descriptor = try FileSystem.open(path, O_WRONLY | O_CREAT | O_APPEND)
        defer { close(descriptor) }
        try FileSystem.write(bytes, to: descriptor, path: path)
    }
}
