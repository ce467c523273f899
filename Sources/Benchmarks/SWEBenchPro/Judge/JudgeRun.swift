import Evaluation
import JSON

/// What one judging of an instance left in its container.
struct JudgeRun: Sendable {
    /// The files that are taken out, by name; nothing else is.
    static let logNames = ["checkout.log", "patch_apply.log", "stdout.log", "stderr.log", "parser.log"]
    private static let marks = ["checkout", "apply", "tests_checkout", "tests_begin", "tests", "parse"]

    /// How the entry script ended.
    var result: SandboxCommandResult
    /// Whether the container ran on all the time.
    var survived: Bool
    /// The exit statuses of the stages that were reached.
    var stages: [String: Int] = [:]
    /// The logs by name.
    var logs: [String: [UInt8]] = [:]
    /// What the parser wrote.
    var output: [UInt8]?

    /// Runs the entry script in a fresh container and takes out what it left.
    ///
    /// Throws ``EvaluationError``.
    init(
        _ files: [SandboxFile], in sandbox: any CommandSandbox, timeout: Double, maximumLogBytes: Int
    ) async throws {
        try await sandbox.copyIn(files, to: EntryScript.workspace)
        // Read as a whole before anything runs: bash reads a file as it goes, and a test could change what comes next.
        let script = "\(EntryScript.workspace)/entryscript.sh"
        var command = SandboxCommand(["bash", "-c", "eval \"$(cat \(script))\"", script])
        command.timeout = .bounded(seconds: timeout)
        result = try await sandbox.run(command)
        // The script itself always ends well. A container that ended was started again for this result or is for the next.
        let endedEarly = result.exitCode != 0 && !result.timedOut
        survived = !endedEarly
        if endedEarly, !result.sandboxRestarted { survived = try await Self.hasSurvived(sandbox) }
        for mark in Self.marks {
            let bytes = try await Self.file("mark.\(mark)", of: sandbox, limit: 64)
            if let bytes, let status = Int(String(decoding: bytes, as: UTF8.self).trimmingSpaces()) {
                stages[mark] = status
            }
        }
        for name in Self.logNames { logs[name] = try await Self.file(name, of: sandbox, limit: maximumLogBytes) }
        output = try await Self.file("output.json", of: sandbox, limit: maximumLogBytes)
    }

    /// Whether a container whose script ended early is the same that it was: one that ended by itself has to be started
    /// again for the next command.
    private static func hasSurvived(_ sandbox: any CommandSandbox) async throws -> Bool {
        var command = SandboxCommand(["true"])
        command.timeout = .seconds(60)
        let result = try await sandbox.run(command)
        return result.succeeded && !result.sandboxRestarted
    }

    /// A file of the workspace, its end where it is too long; nil where there is none.
    private static func file(
        _ name: String, of sandbox: any CommandSandbox, limit: Int
    ) async throws -> [UInt8]? {
        let path = "\(EntryScript.workspace)/\(name)"
        do {
            return try await sandbox.readFile(path, maximumBytes: limit)
        } catch let error as SandboxFileError where error.reason == .tooLarge {
            var command = SandboxCommand(["tail", "-c", String(limit), path])
            command.timeout = .seconds(60)
            command.outputLimit = SandboxOutputLimit(head: limit, tail: 0)
            return try await sandbox.run(command).standardOutput.bytes
        } catch is SandboxFileError {
            return nil
        }
    }
}
