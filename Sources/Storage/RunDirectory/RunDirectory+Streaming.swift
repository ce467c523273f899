public import Evaluation

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
        if let cut = path.lastIndex(of: "/"), cut > path.startIndex {
            try FileSystem.makeDirectories(String(path[..<cut]))
        }
        try AtomicFile.write(bytes, to: path)
    }
}
