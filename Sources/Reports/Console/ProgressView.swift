public import Engine
import Statistics

/// How a run stands, as lines for a terminal: one for each task that has begun, and one for the run.
public struct ProgressView: Sendable {
    private let terminal: Terminal

    /// Draws for a terminal.
    public init(terminal: Terminal) { self.terminal = terminal }

    /// The lines of a live view, each no wider than the terminal.
    public func lines(for snapshot: ProgressSnapshot) -> [String] {
        let begun = snapshot.tasks.filter { $0.done > 0 || $0.running > 0 || $0.isFinished }
        var lines = begun.map { line(for: $0) }
        lines.append(footer(of: snapshot))
        return lines.map { String($0.prefix(terminal.width)) }
    }

    /// One line without motion, for logs.
    public func logLine(for snapshot: ProgressSnapshot) -> String {
        let tasks = snapshot.tasks.filter { $0.done > 0 || $0.running > 0 }.map { task in
            "\(task.id) \(counts(of: task))\(score(of: task).map { ", \($0)" } ?? "")\(failures(of: task))"
        }
        return (tasks + [footer(of: snapshot)]).joined(separator: "; ")
    }

    private func line(for task: ProgressSnapshot.Task) -> String {
        var parts = [bar(task), task.id, counts(of: task)]
        if let score = score(of: task) { parts.append(score) }
        return parts.joined(separator: "  ") + failures(of: task)
    }

    private func bar(_ task: ProgressSnapshot.Task) -> String {
        let width = 16
        guard let planned = task.planned, planned > 0 else { return String(repeating: "·", count: width) }
        let filled = min(width, task.done * width / planned)
        return String(repeating: "━", count: filled) + String(repeating: "─", count: width - filled)
    }

    private func counts(of task: ProgressSnapshot.Task) -> String {
        "\(task.done)/\(task.planned.map(String.init) ?? "?")"
    }

    /// The first metric's running mean, with Wilson's interval where all values so far are 0 or 1.
    private func score(of task: ProgressSnapshot.Task) -> String? {
        guard let score = task.scores.first else { return nil }
        let text = "\(score.metric) \(NumberText.fixed(score.mean))"
        let successes = (score.mean * Double(score.count)).rounded()
        guard (successes - score.mean * Double(score.count)).magnitude < 1e-6,
            let share = Proportion(successes: Int(successes), of: score.count)
        else { return text }
        let interval = share.wilsonInterval()
        let ends = [interval.lower, interval.upper].map { NumberText.fixed($0, digits: 2) }
        return "\(text) [\(ends.joined(separator: ", "))]"
    }

    private func failures(of task: ProgressSnapshot.Task) -> String {
        var parts = task.errored.keys.sorted().map { "\(task.errored[$0] ?? 0) \($0)" }
        if !parts.isEmpty { parts = ["errors: \(parts.joined(separator: ", "))"] }
        if task.unscorable > 0 { parts.append("unscorable: \(task.unscorable)") }
        if task.retries > 0 { parts.append("retries: \(task.retries)") }
        return parts.isEmpty ? "" : "  (\(parts.joined(separator: "; ")))"
    }

    private func footer(of snapshot: ProgressSnapshot) -> String {
        var parts = [NumberText.duration(snapshot.elapsed)]
        if let rate = snapshot.rate { parts.append("\(NumberText.fixed(rate, digits: 1))/s") }
        if let remaining = snapshot.remaining, remaining > 0 { parts.append("\(NumberText.duration(remaining)) left") }
        parts.append("\(NumberText.count(snapshot.tokens)) tokens")
        if snapshot.cost > 0 { parts.append(NumberText.dollars(snapshot.cost)) }
        if let stopping = snapshot.stopping {
            parts.append("stopping: \(stopping)")
        } else if snapshot.isPaused {
            parts.append("paused")
        }
        return parts.joined(separator: " · ")
    }
}
