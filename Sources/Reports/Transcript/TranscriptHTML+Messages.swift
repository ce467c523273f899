import Evaluation

extension TranscriptHTML {
    /// The messages, as a list.
    public var messages: HTML {
        guard !view.entries.isEmpty else {
            return "\(heading("Messages"))<p class=\"empty\">No message was exchanged.</p>"
        }
        var items: HTML = ""
        for (place, entry) in view.entries.enumerated() {
            if let omitted = view.omitted, omitted.after == place {
                items += "<li class=\"gap\">\(NumberText.count(omitted.count)) messages are left out here.</li>"
            }
            items += item(entry)
        }
        return "\(heading("Messages"))<ol class=\"messages\">\(items)</ol>\(answer)"
    }

    private var answer: HTML? {
        view.answer.map { "\(heading("Final answer"))<div class=\"answer\">\(content($0))</div>" }
    }

    private func item(_ entry: TranscriptView.Entry) -> HTML {
        let kind =
            entry.isError
            ? "failed" : entry.role == .system || entry.role == .developer ? "system" : entry.speaker.rawValue
        var said = body(entry)
        if kind == "system" {
            // Instructions are long and the same everywhere.
            said = "<details class=\"fold\"><summary>\(Self.size(entry.content))</summary>\(said)</details>"
        }
        let results = entry.calls.compactMap { call -> HTML? in
            guard options.linksMessages, let index = call.result?.index else { return nil }
            return "<span id=\"\(anchor(index))\"></span>"
        }
        return
            """
            <li class="message \(kind)" id="\(anchor(entry.index))"><div class="head">\(who(entry))\
            <span class="meta">\(meta(entry))</span></div>\(said)\(results)\(citations(entry))</li>
            """
    }

    private func who(_ entry: TranscriptView.Entry) -> HTML {
        var name = entry.speaker.rawValue
        if entry.role == .system || entry.role == .developer { name = "instructions" }
        if entry.role == .tool { name = "result of \(entry.name ?? "a tool")" }
        return options.linksMessages
            ? "<a class=\"who\" href=\"#\(anchor(entry.index))\">\(name)</a>" : "<span class=\"who\">\(name)</span>"
    }

    private static func size(_ content: TranscriptContent?) -> String {
        "\(NumberText.count((content?.text.count ?? 0) + (content?.omitted ?? 0))) characters"
    }

    private func body(_ entry: TranscriptView.Entry) -> HTML {
        var parts: HTML = ""
        if let thought = entry.reasoning {
            parts += """
                <details class="fold reasoning"><summary>reasoning, \(Self.size(thought))</summary>\
                \(content(thought))</details>
                """
        }
        if let text = entry.content { parts += content(text) }
        for attachment in entry.attachments { parts += picture(attachment) }
        for call in entry.calls { parts += self.call(call) }
        return parts
    }

    private func picture(_ attachment: TranscriptView.Attachment) -> HTML {
        guard let source = attachment.picture else {
            return "<p class=\"attachment\">\(attachment.description)</p>"
        }
        return "<img class=\"attachment\" src=\"\(source)\" alt=\"\(attachment.description)\" loading=\"lazy\">"
    }

    private func call(_ call: TranscriptView.Call) -> HTML {
        let state = call.result?.isError == true ? " failed" : ""
        let open: HTML = options.opensCalls ? " open" : ""
        let arguments: HTML =
            call.arguments.isEmpty
            ? "<p class=\"empty\">none</p>"
            : "<dl>\(call.arguments.map { "<dt>\($0.name)</dt><dd>\(content($0.value))</dd>" as HTML })</dl>"
        let result: HTML = call.result.map { content($0.content) } ?? "<p class=\"empty\">no answer was recorded</p>"
        let failed: HTML? = call.result?.isError == true ? "<span class=\"mark bad\">failed</span> " : nil
        return """
            <details class="call\(state)"\(open)><summary>\(failed)<code>\(call.name)</code> \
            <span class="brief">\(VisibleText.oneLine(call.brief))</span></summary>\
            <div class="sides"><div class="side"><div class="label">arguments</div>\(arguments)</div>\
            <div class="side"><div class="label">\(Self.resultLabel(call))</div>\(result)</div></div></details>
            """
    }

    private static func resultLabel(_ call: TranscriptView.Call) -> String {
        guard let result = call.result, result.duration > 0 else { return "result" }
        return "result after \(NumberText.duration(result.duration))"
    }

    /// When, how long, how much: only what is known.
    private func meta(_ entry: TranscriptView.Entry) -> String {
        var parts: [String] = []
        if let model = entry.model { parts.append(VisibleText.oneLine(model)) }
        if let usage = entry.usage, usage.inputTokens != nil || usage.outputTokens != nil {
            let counts = [usage.inputTokens, usage.outputTokens].map { $0.map(NumberText.count) ?? "?" }
            parts.append("\(counts[0]) → \(counts[1]) tokens")
        }
        if let cost = entry.cost, cost > 0 { parts.append(NumberText.dollars(cost)) }
        if entry.usage != nil || entry.model != nil { parts.append(NumberText.duration(entry.duration)) }
        if let reason = entry.finishReason, reason != "stop", reason != "tool_calls" {
            parts.append("stopped: \(VisibleText.oneLine(reason))")
        }
        return parts.joined(separator: " · ")
    }

    private func citations(_ entry: TranscriptView.Entry) -> HTML? {
        guard !entry.citedBy.isEmpty else { return nil }
        let items = entry.citedBy.prefix(12).map { number -> HTML in
            let finding = view.findings[number]
            return "<li>\(Self.mark(finding.passed)) \(finding.title)</li>"
        }
        return "<ul class=\"cites\" aria-label=\"What judges found here\">\(Array(items))</ul>"
    }

    /// Whether a point was as it should be, in a word and a colour.
    static func mark(_ passed: Bool) -> HTML {
        passed ? "<span class=\"mark good\">met</span>" : "<span class=\"mark bad\">not met</span>"
    }
}
