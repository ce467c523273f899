public import Evaluation
import Glibc
import JSON
import Synchronization

/// Appends what happens to `events.jsonl`, one JSON object a line.
///
/// Lines are gathered in memory and written whole: in one call when 64 KiB are there, on ``flush()``, and at the end. A
/// process that is killed loses at most the lines not yet written; a line that the disk took only in part is cut off
/// when the file is opened again. Reporting never fails its caller: the first error of the disk is kept for ``close()``.
public final class EventLog: EventSink {
    /// Lines not yet written, the running number of the next line, and the first failure of the disk.
    private struct State {
        var buffer: [UInt8] = []
        var nextNumber: Int64
        var failure: EvaluationError?
        var isOpen = true
    }

    private let path: String
    private let descriptor: Int32
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
        descriptor = try FileSystem.open(path, O_RDWR | O_CREAT | O_APPEND)
        do {
            let lines = try EventLogRepair.cutTornLine(descriptor: descriptor, path: path)
            state = Mutex(State(nextNumber: lines))
        } catch {
            Glibc.close(descriptor)
            throw error
        }
    }

    deinit {
        state.withLock { state in
            write(&state)
            if state.isOpen { Glibc.close(descriptor) }
        }
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
            if state.buffer.count >= 1 << 16 { write(&state) }
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
        let failure = state.withLock { state in
            write(&state)
            if state.isOpen { Glibc.close(descriptor) }
            state.isOpen = false
            return state.failure
        }
        if let failure { throw failure }
    }

    private func write(_ state: inout State) {
        guard state.isOpen, !state.buffer.isEmpty else { return }
        do {
            try FileSystem.write(state.buffer, to: descriptor, path: path)
        } catch {
            state.failure = state.failure ?? error
        }
        state.buffer.removeAll(keepingCapacity: true)
    }
}
