import Evaluation
import JSON
import Processes
import Synchronization

/// A program of the user's that answers requests: a JSON object a line on its standard input, one on its output.
///
/// Its processes start when they are needed, work on one request at a time and are kept for the next. One that does not
/// answer as it should is ended. All end with the last reference to this.
final class Program: Sendable {
    /// The longest line that is read, in bytes.
    private static let maximumLineBytes = 64 << 20

    private struct Pool {
        var idle: [ProgramProcess] = []
        var requests = 0
    }

    let name: String
    private let settings: ProgramSettings
    private let command: ProcessCommand
    private let redactor: SecretRedactor
    private let places: AsyncSemaphore
    /// Protects the processes that wait for work, and the requests' numbers.
    private let pool = Mutex(Pool())

    /// Prepares a program; throws ``EvaluationError`` where none is named.
    init(_ settings: ProgramSettings) throws(EvaluationError) {
        self.settings = settings
        command = try settings.processCommand()
        name = settings.words.joined(separator: " ")
        redactor = SecretRedactor(Array(settings.environment.values))
        places = AsyncSemaphore(settings.processes)
    }

    /// Asks the program and returns its answer.
    ///
    /// Throws ``EvaluationError`` with the task's cause, or the one that the program names; `CancellationError` when
    /// the caller's task is cancelled.
    func ask(_ task: ProgramTask, _ details: JSONObject) async throws -> JSONObject {
        try await places.acquire()
        defer { places.release() }
        let number = pool.withLock { pool in
            pool.requests += 1
            return pool.requests
        }
        let head: JSONObject = [
            "gage": 1, "request": .int(Int64(number)), "do": .string(task.rawValue),
            "settings": .object(settings.settings),
        ]
        let line = JSONValue.object(head.merging(details)).bytes(.compact) + [UInt8(ascii: "\n")]
        let text = try await answer(to: line, task)
        return try read(text, number, task)
    }

    /// A line of answer; a process that had answered before and is gone may have meant to end, and another is asked.
    private func answer(to line: [UInt8], _ task: ProgramTask) async throws -> String {
        if let used = pool.withLock({ $0.idle.popLast() }) {
            switch try await exchange(line, with: used, task) {
            case .line(let text): return text
            case .ended: break
            }
        }
        let fresh = try await start(task)
        switch try await exchange(line, with: fresh, task) {
        case .line(let text): return text
        case .ended(let how):
            throw failure(task, .programFailed, "\(how) before it answered", retry: .worthwhile)
        }
    }

    private func start(_ task: ProgramTask) async throws -> ProgramProcess {
        do {
            return ProgramProcess(child: try await ChildProcess.start(command, maximumLineBytes: Self.maximumLineBytes))
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            throw EvaluationError(
                .configurationInvalid, "the program of a 'command' cannot be started: \(error.message)",
                cause: .configuration, advice: "check 'command' and that the program is installed")
        }
    }

    private func exchange(
        _ line: [UInt8], with process: ProgramProcess, _ task: ProgramTask
    ) async throws -> ProgramProcess.Answer {
        let result = await TimeLimit.run(.bounded(seconds: settings.timeout)) {
            do { return Result<ProgramProcess.Answer, any Error>.success(try await process.exchange(line)) } catch {
                return .failure(error)
            }
        }
        switch result {
        case .ended(.success(.line(let text))), .cutOff(.success(.line(let text))):
            pool.withLock { $0.idle.append(process) }
            return .line(text)
        case .ended(.success(.ended(let how))): return .ended(redactor.redact(how))
        case .cutOff:
            await process.end()
            throw failure(
                task, .programTimeout, "did not answer within \(settings.timeout) s and was ended", retry: .worthwhile)
        case .ended(.failure(let error)):
            await process.end()
            try Task.checkCancellation()
            throw failure(task, .programMalformedReply, "wrote what cannot be read: \(error)")
        }
    }

    private func read(_ text: String, _ number: Int, _ task: ProgramTask) throws -> JSONObject {
        // The text is quoted whatever is wrong with it.
        guard let answer = (try? JSONValue.parse(text))?.objectValue else {
            throw failure(
                task, .programMalformedReply,
                "wrote what is no JSON object: \(redactor.redact(String(text.prefix(200))))",
                advice: "write one JSON object a line to the standard output, and notes to the standard error")
        }
        if let other = answer["request"]?.intValue, other != number {
            throw failure(task, .programMalformedReply, "answered request \(other) when it was asked request \(number)")
        }
        if let error = answer["error"], !error.isNull { throw said(error, task) }
        return answer
    }

    /// What the program says went wrong: a text, or `{message, cause, retry, advice}`.
    private func said(_ error: JSONValue, _ task: ProgramTask) -> EvaluationError {
        let message = error.stringValue ?? error["message"]?.stringValue ?? error.text()
        let isWorthwhile = error["retry"]?.boolValue ?? false
        return EvaluationError(
            .programFailed, redactor.redact("'\(name)': \(message)"),
            cause: error["cause"]?.stringValue.flatMap(Cause.init) ?? task.cause,
            retry: isWorthwhile ? .worthwhile : .never, advice: error["advice"]?.stringValue)
    }

    /// A failure of the program's.
    func failure(
        _ task: ProgramTask, _ code: EvaluationError.Code, _ what: String, retry: RetryAdvice = .never,
        advice: String? = nil
    ) -> EvaluationError {
        EvaluationError(
            code, "the program '\(redactor.redact(name))' \(what)", cause: task.cause, retry: retry, advice: advice)
    }
}
