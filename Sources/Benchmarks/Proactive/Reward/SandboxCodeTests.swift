public import Evaluation
import JSON

/// Runs programs with their tests, each in a sandbox of its own, and each pair of program and tests once.
public struct SandboxCodeTests: CodeTesting {
    /// Gives a fresh sandbox; whoever gave it ends it, unless ``Source/endsAfterUse`` is true.
    public struct Source: Sendable {
        let open: @Sendable () async throws -> any Sandbox
        let endsAfterUse: Bool

        /// Takes sandboxes from a closure.
        public init(endsAfterUse: Bool, open: @escaping @Sendable () async throws -> any Sandbox) {
            self.endsAfterUse = endsAfterUse
            self.open = open
        }
    }

    /// Seconds that a program may take.
    public static let timeLimit = 5

    private let source: Source
    private let cache: CodeTestCache

    /// Runs programs in sandboxes from a source; what the cache knows is not run again.
    public init(source: Source, cache: CodeTestCache = CodeTestCache()) {
        self.source = source
        self.cache = cache
    }

    /// Runs a program with its tests, or says what an earlier run of the same came to.
    public func run(code: String, tests: String, isPartial: Bool) async throws -> CodeTestResult {
        let key = JSONValue.array([.string(code), .string(tests), .bool(isPartial)]).digest()
        if let known = await cache.result(key) { return known }
        let result = try await execute(code: code, tests: tests, isPartial: isPartial)
        await cache.keep(result, as: key)
        return result
    }

    private func execute(code: String, tests: String, isPartial: Bool) async throws -> CodeTestResult {
        var random = SystemRandomNumberGenerator()
        let nonce = "gage-\(String(random.next(), radix: 16))\(String(random.next(), radix: 16))"
        let program =
            isPartial
            ? TestProgram(partially: code, tests: tests, nonce: nonce)
            : TestProgram(code: code, tests: tests, nonce: nonce)
        return try await withSandbox { sandbox in
            try await checkInterpreter(in: sandbox)
            let result = try await sandbox.run(Self.command(program.text))
            return try Self.judge(result, program, in: sandbox)
        }
    }

    private func withSandbox<Result: Sendable>(
        _ body: (any CommandSandbox) async throws -> Result
    ) async throws -> Result {
        let opened = try await source.open()
        guard let sandbox = opened as? any CommandSandbox else {
            throw EvaluationError(
                .configurationInvalid, "tests need a sandbox in which programs can be run", cause: .configuration,
                advice: "let the judge's 'sandbox' name a profile with 'runtime: local'")
        }
        do {
            let result = try await body(sandbox)
            if source.endsAfterUse { await sandbox.stop() }
            return result
        } catch {
            if source.endsAfterUse { await sandbox.stop() }
            throw error
        }
    }

    private static func command(_ program: String) -> SandboxCommand {
        var command = SandboxCommand(["python3", "-I", "-"])
        command.workingDirectory = "/tmp"
        command.input = Array(program.utf8)
        command.timeout = .bounded(seconds: timeLimit)
        command.gracePeriod = .seconds(1)
        command.outputLimit = SandboxOutputLimit(head: 32 << 10, tail: 32 << 10)
        return command
    }

    /// Tries whether there is a Python, until there is one.
    private func checkInterpreter(in sandbox: any CommandSandbox) async throws {
        guard await !cache.hasInterpreter else { return }
        var command = Self.command("print('ready')\n")
        command.timeout = .seconds(30)
        let result = try await sandbox.run(command)
        guard result.succeeded, result.standardOutput.text.hasPrefix("ready") else {
            throw EvaluationError(
                .sandboxUnavailable,
                "the tests of coding tasks need python3, which does not run in the sandbox "
                    + "(exit status \(result.exitCode))",
                cause: .configuration, advice: "install python3, or score without tests (--no_tests)",
                underlying: Complaint(text: String(result.standardError.text.suffix(300)).trimmed))
        }
        await cache.foundInterpreter()
    }

    /// What a program wrote, as the error below another one.
    private struct Complaint: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }

    private static func judge(
        _ result: SandboxCommandResult, _ program: TestProgram, in sandbox: any CommandSandbox
    ) throws -> CodeTestResult {
        let complaint = result.standardError.text
        // Told by the sandbox's own program, not by Python: the solution did not run at all.
        if result.exitCode != 0, complaint.hasPrefix("bwrap: ") || complaint.hasPrefix("unshare: ") {
            throw EvaluationError(
                .sandboxUnavailable, "a test could not be run in \(sandbox.identifier)", cause: .sandbox,
                retry: .worthwhile, underlying: Complaint(text: String(complaint.prefix(300)).trimmed))
        }
        let ending = program.ending(of: result.standardOutput.text)
        let figures = ending ?? []
        let isComplete = result.succeeded && ending != nil
        let passed = isComplete && (figures.count == 2 ? figures[0] == figures[1] : true)
        let words = sandbox.identifier.split(separator: " ")
        var found = CodeTestResult(
            passed: passed, exitStatus: Int(result.exitCode), timedOut: result.timedOut,
            durationMilliseconds: Int(result.duration.components.seconds * 1000)
                + Int(result.duration.components.attoseconds / 1_000_000_000_000_000),
            standardErrorTail: String(complaint.suffix(500)).trimmed,
            sandbox: words.first == "local" && words.count > 1 ? String(words[1]) : words.first.map(String.init) ?? "")
        if figures.count == 2 || (ending == nil && program.text.contains("_gage_try")) {
            found.assertionsHeld = isComplete ? figures.first ?? 0 : 0
            found.assertions = figures.count == 2 ? figures[1] : 1
        }
        return found
    }
}
