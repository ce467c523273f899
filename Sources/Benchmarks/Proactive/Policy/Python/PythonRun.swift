import Evaluation
import Glibc
import JSON
import Processes
import Storage

/// Runs a program of the Python side, its output in a log as it comes.
///
/// The program leads a process group of its own, which is ended when it takes too long or the task is cancelled.
struct PythonRun: Sendable {
    /// What it is called in messages: `training`.
    var purpose: String
    var executable: String
    var arguments: [String]
    var variables: [String: String]
    var workingDirectory: String?
    /// Where all output goes; nil keeps it for failures alone.
    var logPath: String?
    var timeout: Duration?
    /// Told of every line.
    var onLine: (@Sendable (String) -> Void)?

    init(_ purpose: String, _ executable: String, _ arguments: [String], variables: [String: String]) {
        self.purpose = purpose
        self.executable = executable
        self.arguments = arguments
        self.variables = variables
    }

    private static let shownLines = 20
    /// A line of metrics has a curve; a program that writes longer ones is broken.
    private static let longestLine = 4 << 20

    /// What a program that ended well left.
    struct Outcome: Sendable {
        /// All lines, the last some thousand of them.
        var lines: [String]

        /// The last line that is a JSON object.
        var metrics: JSONObject? {
            for line in lines.reversed() where line.hasPrefix("{") {
                // Log lines look like objects too without being JSON.
                if let value = try? JSONValue.parse(line), let object = value.objectValue { return object }
            }
            return nil
        }
    }

    /// Runs it to its end.
    ///
    /// Throws ``EvaluationError`` with the last lines of output where it cannot be started, fails or takes too long,
    /// and `CancellationError` when the task was cancelled; the program is gone then.
    func callAsFunction() async throws -> Outcome {
        var command = ProcessCommand(executable, arguments)
        command.environment = .exactly(variables)
        command.workingDirectory = workingDirectory
        command.mergesStandardError = true
        command.deadline = timeout
        command.gracePeriod = .seconds(5)
        let log = try logPath.map { path in try LineLog(path) }
        var lines: [String] = []
        do {
            let child = try await ChildProcess.start(command, maximumLineBytes: Self.longestLine)
            do {
                for try await line in child.lines {
                    lines.append(line)
                    if lines.count > 4000 { lines.removeFirst(2000) }
                    try log?.write(line)
                    onLine?(line)
                }
                let result = try await child.wait()
                guard result.succeeded else { throw failure(result, lines) }
                return Outcome(lines: lines)
            } catch {
                child.terminate()
                // Whatever it says now, the first error is the one to tell; it only has to be gone.
                _ = try? await child.wait()
                throw error
            }
        } catch let error as ProcessError {
            if error.code == .cancelled { throw CancellationError() }
            throw EvaluationError(
                error.code == .notFound || error.code == .permission ? .pythonMissing : .trainingFailed,
                "\(purpose) could not be run", cause: .configuration,
                advice: "`gage proactive doctor` looks at the Python environment", underlying: error)
        }
    }

    private func failure(_ result: ProcessResult, _ lines: [String]) -> EvaluationError {
        let seconds = FixedText.text(result.duration.seconds, decimals: 1)
        var how: String
        switch result.termination {
        case .exited(let status): how = "ended with status \(status) after \(seconds) s"
        case .signalled(let signal): how = "was ended by signal \(signal) after \(seconds) s"
        }
        if result.timedOut { how = "was stopped after \(seconds) s: it took longer than it may (--timeout)" }
        let missing = Self.missingPackage(in: lines)
        let code: EvaluationError.Code =
            result.timedOut ? .trainingTimedOut : missing == nil ? .trainingFailed : .pythonPackageMissing
        var error = EvaluationError(
            code, "\(purpose) \(how)", cause: missing == nil ? .agent : .configuration,
            advice: missing.map { "the Python package '\($0)' is missing: `gage proactive doctor` says what to do" }
                ?? logPath.map { "all output is in \($0)" })
        if !lines.isEmpty {
            let tail = lines.suffix(Self.shownLines).map { "\n    " + $0.prefix(400) }.joined()
            error.underlying = "its last lines:\(tail)"
        }
        return error
    }

    /// The package that an import failed for.
    private static func missingPackage(in lines: [String]) -> String? {
        let mark = "ModuleNotFoundError: No module named '"
        guard let line = lines.last(where: { $0.contains(mark) }), let range = line.firstRange(of: mark) else {
            return nil
        }
        return String(line[range.upperBound...].prefix { $0 != "'" && $0 != "." })
    }
}

/// A file that lines are added to as they come.
private final class LineLog {
    private let descriptor: Int32
    private let path: String

    init(_ path: String) throws(EvaluationError) {
        if let cut = path.lastIndex(of: "/"), cut > path.startIndex {
            try ProactiveFiles.makeDirectory(String(path[..<cut]))
        }
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        self.path = path
        guard descriptor >= 0 else {
            throw EvaluationError(.storageFailed, "'\(path)' cannot be written", cause: .gage)
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func write(_ line: String) throws(EvaluationError) {
        var bytes = Array((line + "\n").utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else {
                throw EvaluationError(.storageFailed, "'\(path)' cannot be written", cause: .gage)
            }
            if count > 0 { bytes = bytes.dropFirst(count) }
        }
    }
}
