import Engine
import JSON
import Reports
import Synchronization

/// Shows how a run stands: a live view on a terminal, a line now and then elsewhere, JSON lines when asked.
final class ProgressPrinter: Sendable {
    private struct State {
        var drawnLines = 0
        var lastLog = -Double.infinity
        var latest: ProgressSnapshot?
    }

    private let terminal: Terminal
    private let json: Bool
    private let quiet: Bool
    /// Protects what is on the screen.
    private let state = Mutex(State())

    init(terminal: Terminal, json: Bool, quiet: Bool) {
        self.terminal = terminal
        self.json = json
        self.quiet = quiet
    }

    /// Shows a snapshot, as often as the place allows.
    func show(_ snapshot: ProgressSnapshot) {
        state.withLock { state in
            state.latest = snapshot
            if json { return Output.result(Self.event(snapshot).text()) }
            guard !quiet else { return }
            if terminal.isInteractive { return draw(snapshot, &state) }
            guard snapshot.elapsed - state.lastLog >= Self.logInterval else { return }
            state.lastLog = snapshot.elapsed
            Output.note(ProgressView(terminal: terminal).logLine(for: snapshot))
        }
    }

    /// Leaves the last view standing.
    func finish() {
        state.withLock { state in
            guard !json, !quiet, let latest = state.latest else { return }
            if terminal.isInteractive {
                draw(latest, &state)
            } else {
                Output.note(ProgressView(terminal: terminal).logLine(for: latest))
            }
            state.drawnLines = 0
        }
    }

    /// Seconds between two lines of a log.
    private static let logInterval = 10.0

    private func draw(_ snapshot: ProgressSnapshot, _ state: inout State) {
        let lines = ProgressView(terminal: terminal).lines(for: snapshot)
        var text = state.drawnLines > 0 ? "\u{1B}[\(state.drawnLines)A" : ""
        for line in lines { text += "\u{1B}[2K\(line)\n" }
        Output.write(text, to: 2)
        state.drawnLines = lines.count
    }

    /// A snapshot as one JSON object.
    static func event(_ snapshot: ProgressSnapshot) -> JSONValue {
        let tasks = snapshot.tasks.map { JSONValue.object(object(of: $0)) }
        return [
            "event": "progress", "run_id": .string(snapshot.runID), "elapsed_s": JSONValue(snapshot.elapsed),
            "tokens": .int(Int64(snapshot.tokens)), "cost_usd": JSONValue(snapshot.cost), "tasks": .array(tasks),
        ]
    }

    /// How one task stands as a JSON object.
    static func object(of task: ProgressSnapshot.Task) -> JSONObject {
        var errors: JSONObject = [:]
        for cause in task.errored.keys.sorted() { errors[cause] = .int(Int64(task.errored[cause] ?? 0)) }
        return [
            "task_id": .string(task.id), "planned": task.planned.map { .int(Int64($0)) } ?? .null,
            "done": .int(Int64(task.done)), "running": .int(Int64(task.running)),
            "scored": .int(Int64(task.scored)), "unscorable": .int(Int64(task.unscorable)),
            "errored": .object(errors), "retries": .int(Int64(task.retries)),
        ]
    }
}
