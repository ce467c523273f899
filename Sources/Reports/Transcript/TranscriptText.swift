import Evaluation

/// Lays a transcript out as lines for a terminal, at any width.
///
/// Nothing in a line is a command to the terminal but our own colours: ``VisibleText`` sees to that.
public enum TranscriptText {
    /// The lines of a transcript, none wider than `width` (at least 20).
    public static func lines(_ view: TranscriptView, width: Int, color: Bool) -> [String] {
        var writer = TranscriptLines(terminal: Terminal(usesColor: color, width: max(20, width)))
        writer.write(view)
        return writer.lines
    }
}

/// Collects a transcript's lines.
struct TranscriptLines {
    private(set) var lines: [String] = []
    private let terminal: Terminal

    init(terminal: Terminal) { self.terminal = terminal }

    mutating func write(_ view: TranscriptView) {
        writeHead(view)
        for (place, entry) in view.entries.enumerated() {
            if let omitted = view.omitted, omitted.after == place {
                add(["", "… \(omitted.count) messages are left out here …"], .dim)
            }
            write(entry, of: view)
        }
        if let answer = view.answer {
            section("final answer")
            write(answer, indent: 2)
        }
        for patch in view.patches {
            section("patch \(patch.name)")
            write(patch.content, indent: 0)
        }
        writeChecks(view)
    }

    private mutating func writeHead(_ view: TranscriptView) {
        let style: Terminal.Style = view.succeeded ? .green : view.outcome == "scored" ? .red : .yellow
        let word = view.outcome == "scored" ? (view.succeeded ? "scored" : "scored, not in full") : view.outcome
        add([view.id.description], .bold)
        add(
            [[word, view.cause.map { "cause \($0)" }, view.headline].compactMap { $0 }.joined(separator: " · ")], style)
        let scores = view.scores.flatMap { score in
            score.values.sorted { $0.key < $1.key }.map { name, value in
                "\(score.values.count == 1 ? score.metric : "\(score.metric) \(name)") \(NumberText.short(value))"
            }
        }
        if !scores.isEmpty { add([scores.joined(separator: " · ")]) }
        add([Self.spent(view.spent)], .dim)
        for reason in view.reasons where reason != view.headline {
            add(reason.split(separator: "\n").map(String.init), style)
        }
        for attempt in view.failedAttempts { add(["an earlier attempt failed: \(attempt)"], .dim) }
    }

    private static func spent(_ spent: TranscriptView.Spent) -> String {
        var parts = [
            "\(NumberText.count(spent.agentTurns)) agent turns", "\(NumberText.count(spent.toolCalls)) tool calls",
        ]
        if let input = spent.usage.inputTokens { parts.append("\(NumberText.count(input)) input tokens") }
        if let output = spent.usage.outputTokens { parts.append("\(NumberText.count(output)) output tokens") }
        if let cost = spent.cost, cost > 0 { parts.append(NumberText.dollars(cost)) }
        parts.append(NumberText.duration(spent.seconds))
        return parts.joined(separator: " · ")
    }

    private mutating func write(_ entry: TranscriptView.Entry, of view: TranscriptView) {
        var name = entry.speaker.rawValue
        if entry.role == .system || entry.role == .developer { name = "instructions" }
        if entry.role == .tool { name = "result of \(entry.name ?? "a tool")" }
        let style: Terminal.Style = entry.isError ? .red : entry.speaker == .agent ? .cyan : .bold
        lines.append("")
        add(["\(entry.index + 1) \(name)\(entry.model.map { " (\($0))" } ?? "")"], style)
        if let thought = entry.reasoning {
            add(["reasoning:"], .dim, indent: 2)
            write(thought, indent: 4, .dim)
        }
        if let content = entry.content { write(content, indent: 2) }
        for attachment in entry.attachments { add([attachment.description], .dim, indent: 2) }
        for call in entry.calls { write(call) }
        for number in entry.citedBy.prefix(12) {
            let finding = view.findings[number]
            add(["\(finding.passed ? "✓" : "✗") \(finding.title)"], finding.passed ? .green : .red, indent: 2)
        }
    }

    private mutating func write(_ call: TranscriptView.Call) {
        add(["→ \(call.name)"], .bold, indent: 2)
        for (name, value) in call.arguments {
            if !value.text.utf8.contains(10), value.omitted == 0 {
                add(["\(name): \(value.text)"], indent: 4)
            } else {
                add(["\(name):"], indent: 4)
                write(value, indent: 6)
            }
        }
        guard let result = call.result else {
            add(["(no answer was recorded)"], .dim, indent: 4)
            return
        }
        add([result.isError ? "← failed" : "←"], result.isError ? .red : .dim, indent: 2)
        write(result.content, indent: 4)
    }

    private mutating func write(_ content: TranscriptContent, indent: Int, _ style: Terminal.Style? = nil) {
        if case .diff(let diff) = content.shape {
            for line in diff.lines {
                let style: Terminal.Style? =
                    switch line.kind {
                    case .added: .green
                    case .removed: .red
                    case .hunk: .cyan
                    case .file: .bold
                    case .context: nil
                    }
                add([line.text], style, indent: indent)
            }
        } else {
            add(
                content.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init), style,
                indent: indent)
        }
        if content.omitted > 0 { add(["… \(NumberText.count(content.omitted)) more bytes"], .dim, indent: indent) }
    }

    private mutating func writeChecks(_ view: TranscriptView) {
        if !view.findings.isEmpty {
            section("checks")
            for finding in view.findings {
                let place = finding.cites.first.map { " (message \($0 + 1))" } ?? ""
                let style: Terminal.Style = finding.passed ? .green : .red
                add(["\(finding.passed ? "✓" : "✗") \(finding.title)\(place)"], style, indent: 2)
                if let detail = finding.detail { add([detail], .dim, indent: 4) }
            }
        }
        guard !view.worldChanges.isEmpty else { return }
        section("the world, expected and left")
        for change in view.worldChanges {
            add([change.path], .bold, indent: 2)
            add(["expected  \(change.old ?? "absent")"], .green, indent: 4)
            add(["left      \(change.new ?? "absent")"], .red, indent: 4)
        }
    }

    private mutating func section(_ title: String) {
        lines.append("")
        add([title], .bold)
    }

    /// Adds texts, each made harmless, wrapped and set in.
    private mutating func add(_ texts: [String], _ style: Terminal.Style? = nil, indent: Int = 0) {
        let blank = String(repeating: " ", count: indent)
        for text in texts {
            for line in TextWrap.lines(VisibleText.make(text), width: max(8, terminal.width - indent)) {
                let styled = style.map { terminal.styled(line, $0) } ?? line
                lines.append(line.isEmpty ? "" : blank + styled)
            }
        }
    }
}
