import Evaluation
import JSON
import Processes
import Synchronization

/// A server that is a program started here: messages are lines of its standard input and output.
final class StdioChannel: MessageChannel {
    let correspondence = Correspondence()
    let answersComeWithRequests = false
    private let command: ProcessCommand
    private let redactor: SecretRedactor
    /// Protects the program and the task that reads its lines; both live as long as the channel is open.
    private let running = Mutex<(child: ChildProcess, reading: Task<Void, Never>)?>(nil)

    /// How long a program may take to end by itself once its input has ended.
    private static let patience = Duration.seconds(2)
    /// How many lines that are no messages a program may write.
    private static let noiseLimit = 10_000

    init(_ command: ProcessCommand, redactor: SecretRedactor) {
        self.command = command
        self.redactor = redactor
    }

    func open() async throws {
        let child: ChildProcess
        do {
            child = try await ChildProcess.start(command, maximumLineBytes: HTTPRoute.maximumMessageBytes)
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            throw MCPFailure(
                .startFailed, "the program cannot be started: \(error.message)",
                advice: "check 'command' and that the program is installed")
        }
        // Kept and awaited by `close`: what the program says is nobody's single request.
        let reading = Task { await self.read(child) }
        running.withLock { $0 = (child, reading) }
    }

    func settle(on version: String) {}

    func send(_ message: RPCMessage, asking id: Int?) async throws {
        if let failure = correspondence.failure { throw failure }
        guard let child = running.withLock({ $0?.child }) else {
            throw MCPFailure(.closed, "its session has been closed")
        }
        do {
            try await child.write(message.json.bytes() + [UInt8(ascii: "\n")])
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            // Why it has ended is known once its last words are read.
            await running.withLock { $0?.reading }?.value
            throw correspondence.failure ?? MCPFailure(.lost, "the program reads no more: \(error.message)")
        }
    }

    /// Ends the program as the protocol wants it: first its input ends, then it is asked to, then it is made to.
    func close() async {
        let taken = running.withLock { running in
            defer { running = nil }
            return running
        }
        guard let (child, reading) = taken else { return }
        child.closeInput()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await reading.value }
            group.addTask { try? await Task.sleep(for: Self.patience) }
            await group.next()
            child.terminate()
            group.cancelAll()
        }
        // How it ended matters no more.
        _ = try? await child.wait()
    }

    // MARK: Reading

    private func read(_ child: ChildProcess) async {
        var noise = 0
        do {
            while let line = try await child.nextLine() {
                let text = line.drop { $0.isWhitespace }
                guard !text.isEmpty else { continue }
                do {
                    await take(try RPCMessage.read(String(text)))
                } catch {
                    // Many programs print what they do. What means to be a message and is none ends the session.
                    guard !text.prefix(80).contains("\"jsonrpc\"") else { throw error }
                    noise += 1
                    correspondence.acceptNoise(redactor.redact(String(text.prefix(MCPFailure.excerptLength))))
                    guard noise < Self.noiseLimit else {
                        throw MCPFailure(
                            .malformed, "it writes lines that are no messages\(correspondence.explanation)")
                    }
                }
            }
            await stop(child, nil)
        } catch let failure as MCPFailure {
            child.terminate()
            await stop(child, failure.message)
        } catch {
            child.terminate()
            await stop(child, String(describing: error))
        }
    }

    /// Nothing more comes: says why, with the program's last words.
    private func stop(_ child: ChildProcess, _ reason: String?) async {
        let result = await withTaskGroup(of: Void.self) { group in
            // A program may close its output and go on, of no use to anyone.
            group.addTask { if (try? await Task.sleep(for: Self.patience)) != nil { child.terminate() } }
            defer { group.cancelAll() }
            // Without a result there are no last words.
            return try? await child.wait()
        }
        var message = reason ?? "the program ended"
        if let result {
            if reason == nil {
                switch result.termination {
                case .exited(let status): message += " with status \(status)"
                case .signalled(let signal): message += " by signal \(signal)"
                }
            }
            let words = ProcessResult.lastWords(of: redactor.redact(result.standardError.text))
            if !words.isEmpty { message += "; it last wrote: \(words)" }
        }
        correspondence.fail(MCPFailure(.lost, message))
    }
}
