import Evaluation
import JSON

extension TranscriptHTML {
    /// Why the episode ended as it did; nil where there is nothing to say.
    public var reasons: HTML? {
        guard !view.reasons.isEmpty || !view.failedAttempts.isEmpty else { return nil }
        let kind = view.outcome == "scored" ? (view.succeeded ? "good" : "bad") : "odd"
        let texts = view.reasons.map { "<div class=\"why \(kind)\"><div class=\"text\">\($0)</div></div>" as HTML }
        let attempts = view.failedAttempts.prefix(20).map { "<li>\($0)</li>" as HTML }
        let earlier: HTML? =
            attempts.isEmpty
            ? nil
            : """
            <details class="fold"><summary>\(view.failedAttempts.count) earlier attempts failed</summary>\
            <ul>\(Array(attempts))</ul></details>
            """
        return "\(texts)\(earlier)"
    }

    /// Scores and what the episode took.
    public var facts: HTML {
        var rows: [HTML] = []
        func add(_ name: String, _ value: String) {
            rows.append("<div><dt>\(name)</dt><dd>\(value)</dd></div>")
        }
        for score in view.scores {
            for (name, value) in score.values.sorted(by: { $0.key < $1.key }) {
                let isOne = score.values.count == 1
                add(isOne ? score.metric : "\(score.metric) \(name)", NumberText.short(value))
            }
        }
        let spent = view.spent
        if !view.entries.isEmpty { add("agent turns", NumberText.count(spent.agentTurns)) }
        if spent.toolCalls > 0 { add("tool calls", NumberText.count(spent.toolCalls)) }
        if let input = spent.usage.inputTokens { add("input tokens", NumberText.count(input)) }
        if let output = spent.usage.outputTokens { add("output tokens", NumberText.count(output)) }
        if let cost = spent.cost, cost > 0 { add("cost", NumberText.dollars(cost)) }
        add("time", NumberText.duration(spent.seconds))
        return "<dl class=\"facts\">\(rows)</dl>"
    }

    /// What judges checked one by one: what is not as it should be first.
    public var findings: HTML? {
        guard !view.findings.isEmpty else { return nil }
        let ordered = view.findings.enumerated().sorted {
            ($0.element.passed ? 1 : 0, $0.offset) < ($1.element.passed ? 1 : 0, $1.offset)
        }
        let rows = ordered.map { _, finding -> HTML in
            let links = finding.cites.prefix(4).map { index -> HTML in
                options.linksMessages
                    ? "<a href=\"#\(anchor(index))\">message \(index + 1)</a> " : "<span>message \(index + 1)</span> "
            }
            let detail: HTML? = finding.detail.map { "<div class=\"detail\">\($0)</div>" }
            return """
                <tr><td>\(Self.mark(finding.passed))</td><td><span class="kind">\
                \(finding.kind.replacing("_", with: " "))</span> <span class="title">\(finding.title)</span>\(detail)\
                </td><td>\(Array(links))</td></tr>
                """
        }
        return """
            \(heading("Checks"))<div class="scroll"><table class="findings"><thead><tr><th scope="col">result</th>\
            <th scope="col">what was checked</th><th scope="col">where</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    /// What differs in the world that the episode left.
    public var worldChanges: HTML? {
        guard !view.worldChanges.isEmpty else { return nil }
        let rows = view.worldChanges.map { change -> HTML in
            let absent: HTML = "<span class=\"empty\">absent</span>"
            let old: HTML = change.old.map { "<span class=\"expected\">\($0)</span>" } ?? absent
            let new: HTML = change.new.map { "<span class=\"left\">\($0)</span>" } ?? absent
            return "<tr><td><code>\(change.path)</code></td><td>\(old)</td><td>\(new)</td></tr>"
        }
        return """
            \(heading("The world, expected and left"))<div class="scroll"><table class="world"><thead><tr>\
            <th scope="col">place</th><th scope="col">expected</th><th scope="col">left</th></tr></thead>\
            <tbody>\(rows)</tbody></table></div>
            """
    }

    /// The patches that the agent left.
    public var patches: HTML? {
        guard !view.patches.isEmpty else { return nil }
        let parts = view.patches.map { patch -> HTML in
            guard case .diff(let diff) = patch.content.shape else { return content(patch.content) }
            let files = diff.files.count == 1 ? "1 file" : "\(diff.files.count) files"
            return """
                <details class="fold" open><summary><code>\(patch.name)</code> \(files), \
                <span class="plus">+\(diff.added)</span> <span class="minus">−\(diff.removed)</span></summary>\
                \(content(patch.content))</details>
                """
        }
        return "\(heading("Patch"))\(parts)"
    }

    /// What the judges said, whole, and what the sample says about itself.
    public var evidence: HTML {
        var parts = view.verdicts.map { verdict -> HTML in
            let reason: HTML? = verdict.unscorableReason.map { "<p class=\"why odd\">\($0)</p>" }
            return """
                <details class="fold"><summary>verdict of <code>\(verdict.judge)</code></summary>\(reason)\
                \(content(verdict.output))</details>
                """
        }
        if !view.metadata.isEmpty {
            let metadata = TranscriptContent(.object(view.metadata), limit: 20_000)
            parts.append(
                "<details class=\"fold\"><summary>metadata of the sample</summary>\(content(metadata))</details>")
        }
        return parts.isEmpty ? "" : "\(heading("Evidence"))\(parts)"
    }
}
