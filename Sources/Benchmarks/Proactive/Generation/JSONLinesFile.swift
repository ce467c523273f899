import Datasets
import Evaluation
import FoundationEssentials
import Glibc
import JSON

/// Files of JSON lines: read one by one, written line by line.
enum JSONLinesFile {
    /// The records of a file.
    ///
    /// Errors call the file by `name` and say the line. Throws ``EvaluationError``, cause `configuration` or `task`.
    static func records(_ path: String, named name: String) async throws -> RecordStream {
        var parameters = JSONLinesParameters()
        parameters.path = path
        let context = DatasetContext(datasetID: name, baseDirectory: "", seed: 0, environment: [:])
        return try await JSONLinesLoader(parameters).open(in: context).records
    }

    /// Whether a plain file's last byte is a line feed.
    static func endsWithLineFeed(_ path: String) throws(EvaluationError) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw EvaluationError(
                .dataMissing, "'\(path)' cannot be read: \(String(cString: strerror(errno)))", cause: .configuration)
        }
        defer { close(descriptor) }
        var byte: UInt8 = 0
        guard lseek(descriptor, -1, SEEK_END) >= 0, Glibc.read(descriptor, &byte, 1) == 1 else { return true }
        return byte == UInt8(ascii: "\n")
    }

    /// The bytes of lines, each ended by a line feed.
    static func bytes(_ objects: some Sequence<JSONObject>) -> [UInt8] {
        var bytes: [UInt8] = []
        for object in objects {
            JSONValue.object(object).write(into: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }
}

/// A file that grows by whole lines, each of which is there for readers as soon as it is written.
final class LineOutput {
    private let descriptor: Int32
    private let path: String

    /// Makes the file, or empties it, and the directories above it.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, where that is not allowed.
    init(_ path: String) throws(EvaluationError) {
        self.path = path
        if let cut = path.lastIndex(of: "/"), cut > path.startIndex {
            do {
                try FileManager.default.createDirectory(
                    atPath: String(path[..<cut]), withIntermediateDirectories: true)
            } catch {
                throw EvaluationError(
                    .storageFailed, "the directory of '\(path)' cannot be made", cause: .configuration,
                    underlying: error)
            }
        }
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw EvaluationError(
                .storageFailed, "'\(path)' cannot be written: \(String(cString: strerror(errno)))",
                cause: .configuration)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Writes lines, all of them in one piece where the system allows it.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the disk is full or fails.
    func write(_ objects: [JSONObject]) throws(EvaluationError) {
        var bytes = JSONLinesFile.bytes(objects)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR {
                throw EvaluationError(
                    .storageFailed, "'\(path)' cannot be written: \(String(cString: strerror(errno)))", cause: .gage)
            }
            bytes = bytes.dropFirst(max(0, count))
        }
    }
}
