import Evaluation
import Synchronization

extension DockerSandbox {
    /// How an attempt to run a command went.
    private enum Attempt {
        case ended(SandboxCommandResult)
        /// The command is still there, or took the container with it.
        case needsRestart(SandboxCommandResult)
        /// The container could not start it.
        case refused(String)
    }

    private enum Signal {
        case streamsEnded, overdue, diskFull
    }

    func run(_ command: SandboxCommand) async throws -> SandboxCommandResult {
        guard let program = command.arguments.first, !program.isEmpty else {
            throw EvaluationError(.unexpected, "a command without a program was to run in a sandbox", cause: .gage)
        }
        do {
            return try await runRestarting(command)
        } catch let error as DockerError {
            throw error.asEvaluationError
        }
    }

    private func runRestarting(_ command: SandboxCommand) async throws -> SandboxCommandResult {
        var hasRestarted = false
        while true {
            var result: SandboxCommandResult
            switch try await attempt(command) {
            case .ended(let ended): result = ended
            case .needsRestart(let ended):
                result = ended
                try await restart()
                hasRestarted = true
            case .refused(let reason) where hasRestarted:
                throw EvaluationError(
                    .sandboxDied, "\(identifier) cannot run commands: \(reason)", cause: .sandbox, retry: .worthwhile,
                    advice: "the image needs /bin/sh")
            case .refused:
                // An earlier command ended the container, or holds all the processes that it may have.
                try await restart()
                hasRestarted = true
                continue
            }
            result.sandboxRestarted = hasRestarted
            return result
        }
    }

    private func attempt(_ command: SandboxCommand) async throws -> Attempt {
        let start = ContinuousClock.now
        let token = randomToken(32)
        let seconds = command.timeout.map { max(1, $0.secondsRoundedUp) } ?? 0
        let inputFile = try await stageInput(command.input, token)
        let order = CommandScript.Order(
            token: token, seconds: seconds, graceSeconds: max(1, command.gracePeriod.secondsRoundedUp),
            mergesStandardError: command.mergesStandardError, inputFile: inputFile,
            directories: (plan.profile.settings.execWorkingDirectory ?? "", command.workingDirectory ?? ""))
        var program = ContainerProgram(CommandScript.words(order, command.arguments))
        program.environment = command.environment
        program.user = plan.profile.settings.execUser
        let execution: ContainerExecution
        do {
            execution = try await client.execute(program, in: id)
        } catch let error as DockerError where error.status != nil {
            if error.code == .notFound { throw error }
            return .refused(error.message)
        }
        let streams = OutputStreams(token: token, limit: command.outputLimit)
        let signal: Signal
        do {
            signal = try await follow(execution, streams, seconds == 0 ? nil : deadline(order))
        } catch is CancellationError {
            await Task.shielded { await self.sweep(token) }
            throw CancellationError()
        }
        var result = streams.result
        result.duration = .now - start
        return try await conclude(signal, result, streams, execution, order)
    }

    private func conclude(
        _ signal: Signal, _ found: SandboxCommandResult, _ streams: OutputStreams, _ execution: ContainerExecution,
        _ order: CommandScript.Order
    ) async throws -> Attempt {
        var result = found
        let hasHadItsTime = order.seconds > 0 && result.duration >= .seconds(order.seconds)
        switch signal {
        case .overdue:
            result.timedOut = true
            result.exitCode = 137
            return .needsRestart(result)
        case .diskFull:
            result.ranOutOfDisk = true
            result.exitCode = 137
            await sweep(order.token)
            return .ended(result)
        case .streamsEnded: break
        }
        if streams.hasEnded {
            result.timedOut = hasHadItsTime && [124, 137, 143].contains(result.exitCode)
            return .ended(result)
        }
        // The script itself is gone: the engine refused it, or the command killed it.
        let code = try await exitCode(of: execution)
        // A killed script has a signal's status; these are the engine's and the shell's own for what they could not start.
        if let code, ([126, 127, 128] + CommandScript.startless).contains(code) {
            return .refused(result.standardOutput.text + result.standardError.text)
        }
        result.exitCode = Int32(truncatingIfNeeded: code ?? 137)
        return try await client.inspectContainer(id).isRunning ? .ended(result) : .needsRestart(result)
    }

    /// The exit status that the engine knows, which comes a moment after the streams' end.
    private func exitCode(of execution: ContainerExecution) async throws -> Int? {
        for _ in 0..<40 {
            if let code = try await execution.exitCode() { return code }
            try await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }

    /// When to give a command up from outside: the deadline inside has passed without effect.
    private func deadline(_ order: CommandScript.Order) -> Duration {
        .seconds(order.seconds + order.graceSeconds + 15)
    }

    private func follow(
        _ execution: ContainerExecution, _ streams: OutputStreams, _ deadline: Duration?
    ) async throws -> Signal {
        // One file of the full size is within its limit, and what else a command writes beside it is let pass.
        let disk = plan.profile.resources.disk.map { $0.bytes + ByteCount.diskSlack }
        return try await withThrowingTaskGroup(of: Signal.self) { group in
            group.addTask {
                try await execution.readOutput { isError, bytes in streams.feed(isError, bytes) }
                return .streamsEnded
            }
            if let deadline {
                group.addTask {
                    try await Task.sleep(for: deadline)
                    return .overdue
                }
            }
            if let disk {
                group.addTask {
                    try await self.watchDisk(disk)
                    return .diskFull
                }
            }
            defer { group.cancelAll() }
            // The group has at least the reading task.
            return try await group.next() ?? .streamsEnded
        }
    }

    /// Returns when the container has written more than it may.
    private func watchDisk(_ limit: Int) async throws {
        while true {
            try await Task.sleep(for: .seconds(2))
            if try await client.inspectContainer(id, withSize: true).writtenBytes ?? 0 > limit { return }
        }
    }

    /// Ends what a command left; a container that can start no process for it is started again by the next command.
    func sweep(_ token: String) async {
        var program = ContainerProgram(CommandScript.sweepWords(token))
        program.user = "0"
        let sweeping = program
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    let execution = try await self.client.execute(sweeping, in: self.id)
                    try await execution.readOutput { _, _ in true }
                } catch {
                    // The container is gone or full: its removal or its restart ends the command too.
                    return
                }
            }
            // A cancelled sleep means that the sweep is done.
            group.addTask { try? await Task.sleep(for: .seconds(10)) }
            await group.next()
            group.cancelAll()
        }
    }
}

/// The two output streams of a command, filled while they come.
private final class OutputStreams: Sendable {
    /// Protects both streams: they are filled by the reading task and read by the one that waits for it.
    private let streams: Mutex<(output: MarkedStream, error: MarkedStream)>

    init(token: String, limit: SandboxOutputLimit) {
        streams = Mutex((MarkedStream(token: token, limit: limit), MarkedStream(token: token, limit: limit)))
    }

    /// Takes bytes of a stream; false when both have ended.
    func feed(_ isError: Bool, _ bytes: ArraySlice<UInt8>) -> Bool {
        streams.withLock { streams in
            if isError { streams.error.feed(bytes) } else { streams.output.feed(bytes) }
            return streams.output.mark == nil || streams.error.mark == nil
        }
    }

    var hasEnded: Bool { streams.withLock { $0.error.mark != nil } }

    /// What is known so far; exit code 137 while nobody says another.
    var result: SandboxCommandResult {
        streams.withLock { streams in
            var result = SandboxCommandResult(
                exitCode: streams.error.mark?.exitCode ?? 137, standardOutput: streams.output.output,
                standardError: streams.error.output)
            result.ranOutOfMemory = streams.error.mark.map { $0.memoryKills > 0 } ?? false
            return result
        }
    }
}

extension Duration {
    /// Whole seconds, rounded up.
    var secondsRoundedUp: Int {
        let (seconds, rest) = components
        return Int(seconds) + (rest > 0 ? 1 : 0)
    }
}
