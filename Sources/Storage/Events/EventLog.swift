public import Evaluation
import Glibc
import JSON
import Synchronization

/// Appends what happens to `events.jsonl`, one JSON object a line.
///
/// Lines are gathered in memory and written whole: in one call when 64 KiB are there or the last time was a second ago,
/// on ``flush()``, and at the end. A process that is killed loses at most the lines not yet written; a line that the
/// disk took only in part is cut off, at once or when the file is opened again. Lines that the disk refuses are kept and
/// tried again, up to a bound. A file that somebody deletes is made anew. Reporting never fails its caller: that lines
/// were lost is said by ``close()``.
public final class EventLog: EventSink {
    /// The open file, lines not yet written, the running number of the next line, and what the disk refused.
    private struct State {
        var descriptor: Int32
        /// Where the file ends, as far as this process knows.
        var end: off_t
        var buffer: [UInt8] = []
        var linesInBuffer = 0
        var nextNumber: Int64
        var lostLines = 0
        var failure: EvaluationError?
        var isOpen = true
        /// When lines were last written, or refused, in seconds of the monotonic clock.
        var lastAttempt: Double
    }

    /// Lines are written when there are so many bytes of them.
    private static let fullBuffer = 1 << 16
    /// Lines that the disk refuses are kept up to so many bytes.
    private static let fullestBuffer = 1 << 20
    /// Lines are written when the last time was so many seconds ago.
    private static let interval = 1.0

    private let path: String
    private let runID: String
    private let wallSeconds: @Sendable () -> Double
    /// Protects the lines not yet written, and keeps their order in the file.
    private let state: Mutex<State>

    /// Opens or makes the file; `wallSeconds` gives the seconds since 1970 that each line is stamped with.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the file cannot be opened or repaired.
    public init(
        path: String, runID: String, wallSeconds: @escaping @Sendable () -> Double
    ) throws(EvaluationError) {
        self.path = path
        self.runID = runID
        self.wallSeconds = wallSeconds
        let descriptor = try Self.open(path)
        do {
            let lines = try EventLogRepair.cutTornLine(descriptor: descriptor, path: path)
            state = Mutex(
                State(
                    descriptor: descriptor, end: lseek(descriptor, 0, SEEK_END), nextNumber: lines,
                    lastAttempt: Self.now))
        } catch {
            Glibc.close(descriptor)
            throw error
        }
    }

    deinit {
        state.withLock { state in
            write(&state)
            if state.isOpen { Glibc.close(state.descriptor) }
        }
    }

    private static func open(_ path: String) throws(EvaluationError) -> Int32 {
        try FileSystem.open(path, O_RDWR | O_CREAT | O_APPEND)
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Adds a line.
    public func report(_ event: RunEvent) {
        var object: JSONObject = [:]
        object["event"] = .string(event.name)
        object["run_id"] = .string(runID)
        if let episode = event.episode {
            object["task_id"] = .string(episode.task)
            object["sample_id"] = .string(episode.sample)
            object["trial"] = JSONValue(episode.trial)
        }
        object["created_at"] = JSONValue(wallSeconds())
        if !event.payload.isEmpty { object["payload"] = .object(event.payload) }
        let line = JSONValue.object(object).bytes()
        state.withLock { state in
            guard state.isOpen else { return }
            state.buffer.append(contentsOf: #"{"event_id":\#(state.nextNumber),"#.utf8)
            state.buffer.append(contentsOf: line.dropFirst())
            state.buffer.append(UInt8(ascii: "\n"))
            state.nextNumber += 1
            state.linesInBuffer += 1
            // Where the disk refuses, every line would be another attempt.
            let isDue = Self.now - state.lastAttempt >= Self.interval
            if isDue || (state.buffer.count >= Self.fullBuffer && state.failure == nil) { write(&state) }
        }
    }

    /// Writes the lines gathered so far.
    public func flush() {
        state.withLock { write(&$0) }
    }

    /// Writes what is left and closes the file; events reported later are left out.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when any line could not be written.
    public func close() throws(EvaluationError) {
        let (failure, lost) = state.withLock { state in
            write(&state)
            if state.isOpen { Glibc.close(state.descriptor) }
            state.isOpen = false
            return (state.failure, state.lostLines + state.linesInBuffer)
        }
        guard var failure else { return }
        failure.message = "\(lost) events are not in the event log: \(failure.message)"
        throw failure
    }

    private func write(_ state: inout State) {
        guard state.isOpen, !state.buffer.isEmpty else { return }
        state.lastAttempt = Self.now
        do {
            try lookAfterFile(&state)
            try append(state.buffer, in: &state)
            state.buffer.removeAll(keepingCapacity: true)
            state.linesInBuffer = 0
            if state.lostLines == 0 { state.failure = nil }
        } catch {
            state.failure = state.failure ?? error
            guard state.buffer.count >= Self.fullestBuffer else { return }
            state.lostLines += state.linesInBuffer
            state.buffer = []
            state.linesInBuffer = 0
        }
    }

    /// Appends lines, or leaves the file as it was: half a line in its middle could never be read again.
    private func append(_ lines: [UInt8], in state: inout State) throws(EvaluationError) {
        do {
            try FileSystem.write(lines, to: state.descriptor, path: path)
        } catch {
            ftruncate(state.descriptor, state.end)
            throw error
        }
        state.end += off_t(lines.count)
    }

    /// Makes the file again when somebody has deleted it, and whole again when somebody has cut it.
    private func lookAfterFile(_ state: inout State) throws(EvaluationError) {
        var status = stat()
        guard fstat(state.descriptor, &status) == 0 else { throw StorageFailure.system("look at", path) }
        if status.st_nlink == 0 {
            let descriptor = try Self.open(path)
            Glibc.close(state.descriptor)
            state.descriptor = descriptor
        } else if status.st_size == state.end {
            return
        }
        _ = try EventLogRepair.cutTornLine(descriptor: state.descriptor, path: path)
        state.end = lseek(state.descriptor, 0, SEEK_END)
    }
}
