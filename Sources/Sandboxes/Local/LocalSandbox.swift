import Evaluation
import Glibc
import Processes
import Synchronization

/// Programs of this machine, kept apart from it by the kernel's namespaces.
///
/// Each command has namespaces of its own: what it leaves in the background ends with it. Files in `/workspace` and `/tmp`
/// stay until the sandbox ends; everything else is read-only or not there.
final class LocalSandbox: CommandSandbox {
    let place: LocalPlace
    let profile: LocalProfile
    private let commandLine: LocalCommandLine
    private let hasStopped = Atomic<Bool>(false)

    init(place: LocalPlace, profile: LocalProfile, mechanism: IsolationMechanism) {
        self.place = place
        self.profile = profile
        commandLine = LocalCommandLine(mechanism: mechanism, place: place, profile: profile)
    }

    var identifier: String { "local \(commandLine.mechanism.rawValue) \(place.root)" }

    func isAlive() async -> Bool { !hasStopped.load(ordering: .acquiring) && access(place.work, F_OK) == 0 }

    func stop() async {
        guard !hasStopped.exchange(true, ordering: .acquiringAndReleasing) else { return }
        let root = place.root
        await Task.shielded { await LocalDirectories.remove(root) }
    }

    func run(_ command: SandboxCommand) async throws -> SandboxCommandResult {
        guard let program = command.arguments.first, !program.isEmpty else {
            throw EvaluationError(.unexpected, "a command without a program was to run in a sandbox", cause: .gage)
        }
        guard await isAlive() else {
            throw EvaluationError(.sandboxDied, "\(identifier) has ended", cause: .sandbox, retry: .worthwhile)
        }
        let process = process(command)
        let limit = (profile.resources.disk?.bytes ?? 1 << 30) + ByteCount.diskSlack
        let start = ContinuousClock.now
        let ended: ProcessResult? = try await withThrowingTaskGroup(of: ProcessResult?.self) { group in
            group.addTask { try await Self.ended(process) }
            group.addTask {
                try await self.watchDisk(limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        guard let ended else {
            var result = SandboxCommandResult(exitCode: 137)
            result.ranOutOfDisk = true
            result.duration = .now - start
            return result
        }
        return Self.result(ended, command)
    }

    private func process(_ command: SandboxCommand) -> ProcessCommand {
        let words = commandLine.words(command)
        var process = ProcessCommand(words[0], Array(words.dropFirst()))
        process.environment = .exactly(commandLine.environment(command))
        process.workingDirectory = "/"
        process.input = command.input.isEmpty ? .none : .bytes(command.input)
        process.mergesStandardError = command.mergesStandardError
        process.outputLimit = .truncateHeadTail(head: command.outputLimit.head, tail: command.outputLimit.tail)
        process.limits = ProcessLimits(
            cpuSeconds: profile.resources.cpuSeconds, addressSpaceBytes: profile.resources.memory?.bytes,
            fileSizeBytes: profile.resources.disk?.bytes ?? 1 << 30)
        process.gracePeriod = .seconds(1)
        // The deadline inside comes first; this one is for programs that got around it.
        process.deadline = command.timeout.map {
            .seconds(max(1, $0.secondsRoundedUp) + max(1, command.gracePeriod.secondsRoundedUp) + 5)
        }
        return process
    }

    private static func ended(_ process: ProcessCommand) async throws -> ProcessResult {
        do {
            return try await Processes.run(process)
        } catch  where error.code == .cancelled {
            throw CancellationError()
        } catch {
            throw EvaluationError(
                .sandboxUnavailable, "a program could not be run in a local sandbox", cause: .sandbox,
                underlying: error)
        }
    }

    private static func result(_ ended: ProcessResult, _ command: SandboxCommand) -> SandboxCommandResult {
        let code: Int32 =
            switch ended.termination {
            case .exited(let status): status
            case .signalled(let signal): 128 + signal
            }
        var result = SandboxCommandResult(
            exitCode: code, standardOutput: SandboxOutput(ended.standardOutput),
            standardError: SandboxOutput(ended.standardError))
        result.duration = ended.duration
        let hasHadItsTime = command.timeout.map { ended.duration >= .seconds(max(1, $0.secondsRoundedUp)) } ?? false
        result.timedOut = ended.timedOut || hasHadItsTime && [124, 137, 143].contains(code)
        return result
    }

    /// Returns when the sandbox's files take more than they may.
    private func watchDisk(_ limit: Int) async throws {
        while true {
            try await Task.sleep(for: .seconds(1))
            if LocalDirectories.bytes(below: place.root, until: limit) > limit { return }
        }
    }

    // Files.

    func readFile(_ path: String, maximumBytes: Int) async throws -> [UInt8] {
        try await ProgramFiles(sandbox: self).read(absolute(path), maximumBytes: maximumBytes)
    }

    func writeFile(_ path: String, _ bytes: [UInt8], permissions: UInt16) async throws {
        let (directory, name) = try ProgramFiles.split(absolute(path))
        try await copyIn([SandboxFile(name, .file(bytes), permissions: permissions)], to: directory)
    }

    func copyIn(_ files: [SandboxFile], to directory: String) async throws {
        let tar = try ProgramFiles.archive(files, by: TarWriter())
        try await ProgramFiles(sandbox: self).unpack(tar, to: absolute(directory))
    }

    func copyOut(_ path: String, limits: SandboxCopyLimits) async throws -> [SandboxFile] {
        try await ProgramFiles(sandbox: self).pack(absolute(path), limits: limits)
    }

    private func absolute(_ path: String) throws(SandboxFileError) -> String {
        try ProgramFiles.absolute(
            path, from: profile.settings.execWorkingDirectory ?? commandLine.defaultDirectory)
    }
}

extension SandboxOutput {
    /// What was kept of a child's stream.
    init(_ captured: CapturedOutput) {
        self.init(
            head: Array(captured.bytes.prefix(captured.headBytes)),
            tail: Array(captured.bytes.dropFirst(captured.headBytes)),
            totalBytes: captured.totalBytes)
    }
}
