public import Evaluation
import Glibc
public import JSON
import Synchronization

/// The cassette that the models of a run are recorded to: a JSONL file, one line a call.
///
/// Several processes may add to one cassette, as the shards of a run do: a line is written under a lock of the file.
public final class CassetteWriter: Sendable {
    /// Takes secrets out of what is recorded, and out of what the callers get, so that a replay is the same.
    let redactor: SecretRedactor
    private let path: String
    /// Tells the lines of this process from those of others.
    private let session: String
    /// Protects the file, so that lines are never mixed; nil once it is closed.
    private let file: Mutex<Int32?>
    /// Protects the number of recorded calls.
    private let recorded = Mutex(0)

    /// Opens a cassette, adding to what is there.
    ///
    /// `header` is what the first line of this process says beside the format: the run, the plan. Half a line that a
    /// killed process left at the end is taken away. Throws ``EvaluationError`` when the file cannot be written, or is
    /// something else than a cassette.
    public init(path: String, header: JSONObject = [:], redactor: SecretRedactor = SecretRedactor([])) throws {
        self.path = path
        self.redactor = redactor
        session = JSONValue(Int.random(in: 0...Int.max)).digest().prefix(12).description
        guard Self.isCassette(try Self.firstLine(of: path)) else {
            throw EvaluationError(
                .configurationInvalid, "'\(path)' is there and is no cassette", cause: .configuration,
                advice: "record to another file")
        }
        let descriptor = try ModelFiles.openForAppending(path)
        file = Mutex(descriptor)
        try ModelFiles.locked(descriptor) { try ModelFiles.cutHalfLine(of: descriptor, path: path) }
        var first: JSONObject = ["cassette": 1, "session": .string(session)]
        first.merge(header)
        try write(first)
    }

    deinit {
        file.withLock { if let file = $0 { _ = Glibc.close(file) } }
    }

    /// How many calls were recorded by this process.
    public var recordedCalls: Int { recorded.withLock { $0 } }

    /// What the first line of a cassette says; nil where there is no such file, or it is empty.
    ///
    /// Throws ``EvaluationError`` when it cannot be read.
    public static func header(of path: String) throws -> JSONObject? {
        try firstLine(of: path).flatMap { try? JSONValue.parse(bytes: $0).objectValue }
    }

    /// Writes down which model a backend has.
    func note(model name: String, of backend: String) throws(EvaluationError) {
        try write(["model_of": .string(backend), "name": .string(name)])
    }

    func append(_ entry: CassetteEntry) throws(EvaluationError) {
        var object: JSONObject = ["session": .string(session)]
        object.merge(entry.json)
        try write(object)
        recorded.withLock { $0 += 1 }
    }

    private func write(_ object: JSONObject) throws(EvaluationError) {
        var line = redactor.redact(.object(object)).bytes()
        line.append(UInt8(ascii: "\n"))
        let isWritten = file.withLock { file in
            guard let file else { return false }
            return ModelFiles.locked(file) { ModelFiles.write(line, to: file) }
        }
        guard isWritten else {
            throw EvaluationError(.storageFailed, "cannot write to the cassette '\(path)'", cause: .gage)
        }
    }

    private static func firstLine(of path: String) throws(EvaluationError) -> [UInt8]? {
        try CassetteLines(path: path)?.next()?.bytes
    }

    private static func isCassette(_ line: [UInt8]?) -> Bool {
        guard let line else { return true }
        // What is no JSON is no cassette either.
        let json = try? JSONValue.parse(bytes: line)
        return json?["cassette"] != nil || json?["episode"] != nil
    }
}
