/// A program that is talked with, line by line, until it ends.
///
/// ```swift
/// let child = try await ChildProcess.start(ProcessCommand("judge", ["--jsonl"]))
/// try await child.write(line: request)
/// guard let reply = try await child.nextLine() else { … }
/// child.closeInput()
/// let result = try await child.wait()
/// ```
///
/// The standard error is captured within the command's `outputLimit` and is in the result. A program whose lines nobody reads is made
/// to wait, not buffered without bound. Dropping the last reference ends the program as `terminate` does.
public final class ChildProcess: Sendable {
    /// The program's process identifier, which is also that of its group and session.
    public let processIdentifier: Int32
    private let handle: ChildHandle
    private let window: LineWindow
    private let reactor: ProcessReactor

    private init(_ identifier: Int32, _ handle: ChildHandle, _ window: LineWindow, _ reactor: ProcessReactor) {
        processIdentifier = identifier
        self.handle = handle
        self.window = window
        self.reactor = reactor
    }

    deinit {
        reactor.post(.terminate(handle, .asked))
    }

    /// Starts the program and returns when it runs.
    ///
    /// A line of more than `maximumLineBytes`, 16 MiB unless said otherwise, is an error for its reader, and the program is killed.
    public static func start(
        _ command: ProcessCommand, maximumLineBytes: Int = 16 << 20
    ) async throws(ProcessError) -> ChildProcess {
        let reactor = try requireReactor()
        let window = LineWindow(maximumLineBytes: maximumLineBytes)
        let handle = ChildHandle(command, lines: window)
        let started = await withTaskCancellationHandler {
            reactor.start(handle)
            return await handle.started.wait()
        } onCancel: {
            reactor.cancel(handle)
        }
        return ChildProcess(try started.get(), handle, window, reactor)
    }

    /// Writes a line and its line feed to the program's standard input.
    ///
    /// Returns when the pipe has taken it, which is when the program reads if the pipe is full. Cancelling the task ends the waiting;
    /// the line may then be written all the same. Throws an error of code `inputClosed` if the program reads no more.
    public func write(line: String) async throws(ProcessError) {
        try await write(Array(line.utf8) + [UInt8(ascii: "\n")])
    }

    /// Writes bytes to the program's standard input, as `write(line:)` does.
    public func write(_ bytes: [UInt8]) async throws(ProcessError) {
        let cancellation = ProcessError(.cancelled, "writing to '\(handle.command.executable)' was cancelled")
        guard !Task.isCancelled else { throw cancellation }
        let outcome = WriteOutcome()
        reactor.post(.write(handle, bytes, outcome))
        let result = await withTaskCancellationHandler {
            await outcome.wait()
        } onCancel: {
            outcome.keep(.failure(cancellation))
        }
        try result.get()
    }

    /// Ends the program's standard input after what has been written so far.
    public func closeInput() {
        reactor.post(.closeInput(handle))
    }

    /// The next line of the program's standard output, without its line end, or nil after the last.
    ///
    /// Cancelling the task ends the waiting with an error of code `cancelled` and leaves the program alone.
    public func nextLine() async throws(ProcessError) -> String? {
        do {
            let line = try await window.next { reactor.post(.resumeOutput(handle)) }
            return line.map { String(decoding: $0, as: UTF8.self) }
        } catch {
            if error.code == .outputLimit { reactor.post(.terminate(handle, .outputLimit)) }
            throw error
        }
    }

    /// The lines of the program's standard output from here on.
    public var lines: Lines { Lines(child: self) }

    /// Asks the program and its group to end with SIGTERM, and after the command's grace period makes them with SIGKILL.
    ///
    /// Returns at once; `wait` tells when it is gone.
    public func terminate() {
        reactor.post(.terminate(handle, .asked))
    }

    /// Waits until the program has ended, and returns how; any number of tasks may wait.
    ///
    /// Cancelling the task ends the program, and `wait` then throws an error of code `cancelled` for everyone.
    public func wait() async throws(ProcessError) -> ProcessResult {
        let outcome = await withTaskCancellationHandler {
            await handle.outcome.wait()
        } onCancel: {
            reactor.cancel(handle)
        }
        return try outcome.get()
    }

    /// The lines of a program's standard output, as they come.
    public struct Lines: AsyncSequence, Sendable {
        /// A line without its line end.
        public typealias Element = String
        let child: ChildProcess

        /// Starts reading where the last reader stopped.
        public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(child: child) }

        /// Reads lines in order.
        public struct AsyncIterator: AsyncIteratorProtocol {
            let child: ChildProcess

            /// The next line, or nil after the last; throws `ProcessError`.
            public mutating func next() async throws -> String? {
                try await child.nextLine()
            }
        }
    }
}
