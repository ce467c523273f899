import Reports
import Storage

/// A run: how it stands, what it came to, and its episodes.
struct RunPage {
    let card: RunCard
    let overview: RunOverview
    let progress: IndexProgress
    let state: ListState
    /// The episodes; nil where the filter is wrong.
    let page: EpisodePage?
    /// How many episodes the list has; nil where the filter is wrong.
    let count: Int?
    let problem: FilterError?
    /// The other runs, for comparing.
    let others: [(key: String, name: String)]

    var html: HTML {
        let content: HTML = """
            \(head)
            \(scores)
            \(groups)
            <section aria-labelledby="episodes"><div class="line"><h2 id="episodes">Episodes</h2>\(total)</div>
            \(chips)
            \(form)
            \(list)</section>
            """
        let isChanging = card.isLive || !progress.isCurrent
        return PageFrame(
            title: card.name, steps: [.init(title: card.key)], content: content,
            events: isChanging ? "/events/\(ViewerLink.part(card.key))" : nil, reload: isChanging ? 3 : nil
        ).html
    }

    // MARK: The run

    private var head: HTML {
        let all = overview.total
        let failedScored = all.failed - all.errored.values.reduce(0, +)
        let figures: [(String, String)] = [
            ("Episodes", Pieces.count(all.total) + (card.planned.map { " of \(NumberText.count($0))" } ?? "")),
            ("Passed", Pieces.count(all.scored - failedScored)), ("Failed", Pieces.count(failedScored)),
            ("Errored", Pieces.count(all.errored.values.reduce(0, +))),
            ("Cost", Pieces.dollars(card.cost ?? overview.cost)),
            ("Tokens", Pieces.tokens(overview.inputTokens + overview.outputTokens)),
            ("Time", Pieces.seconds(card.duration)),
        ]
        let reason: HTML? = card.statusReason.map { "<p class=\"note\">\($0)</p>" }
        let died: HTML? =
            card.status == .running && !card.isLive
            ? """
            <p class="note">No process works on this run. Run it again with <code>--run-id \(card.key)</code> to go on.</p>
            """ : nil
        let indexing: HTML? =
            progress.isCurrent
            ? nil
            : """
            <p class="note" role="status">Indexing: \(NumberText.count(progress.indexed)) of \
            \(NumberText.count(progress.total)) episodes can be searched so far.</p>
            """
        return """
            <div id="run-head" data-live>
            <div class="line"><h1>\(card.name)</h1>\(Pieces.status(card))</div>
            <p class="lead"><span class="mono">\(card.key)</span> · \(Pieces.moment(card.startedAt))\
            \(card.models.isEmpty ? nil : " · \(card.models.prefix(3).joined(separator: ", "))" as HTML)</p>
            \(reason)\(died)\(indexing)
            \(Pieces.bar(
                passed: all.scored - failedScored, failed: failedScored,
                errored: all.errored.values.reduce(0, +), unscorable: all.unscorable, planned: card.planned))
            <dl class="figures">\(figures.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as HTML })</dl>
            </div>
            """
    }

    /// The summary's metrics with their intervals, or, while there is none, the means so far.
    private var scores: HTML? {
        guard !card.headlines.isEmpty || !overview.scores.isEmpty else { return nil }
        let entries: [HTML]
        if card.headlines.contains(where: { $0.interval != nil }) {
            entries = card.headlines.prefix(12).map { headline in
                let interval = headline.interval.map {
                    "\(NumberText.fixed($0.lower)) – \(NumberText.fixed($0.upper))"
                }
                return score(
                    headline.metric, headline.name, headline.value, note: [headline.task, interval ?? ""])
            }
        } else {
            entries = overview.scores.prefix(12).map { mean in
                score(
                    mean.metric, mean.name, mean.mean,
                    note: ["mean of \(Pieces.counted(mean.count, "episode", "episodes"))"])
            }
        }
        return """
            <section aria-labelledby="scores" id="run-scores" data-live><h2 id="scores">Scores</h2>\
            <ul class="scores">\(entries)</ul></section>
            """
    }

    private func score(_ metric: String, _ name: String, _ value: Double, note: [String]) -> HTML {
        let full = metric == name || metric.hasSuffix("_\(name)") ? metric : "\(metric).\(name)"
        let lines = note.filter { !$0.isEmpty }.joined(separator: " · ")
        return """
            <li><span class="name">\(full)</span><span class="value">\(NumberText.fixed(value))</span>\
            <span class="sub">\(lines)</span></li>
            """
    }

    private var groups: HTML? {
        guard overview.groups.count > 1 else { return nil }
        let rows = overview.groups.prefix(50).map { group -> HTML in
            let filter = Self.filter(of: group)
            let errored = group.errored.values.reduce(0, +)
            let domain: HTML? = group.domain.map { "<span class=\"sub\">\($0)</span>" }
            return """
                <tr><th scope="row"><a href="\(ViewerLink.run(card.key, ListState(filter: filter)))">\(group.task)</a>\
                \(domain)</th>\(Pieces.cell("Episodes", "\(NumberText.count(group.total))", kind: "number"))\
                \(Pieces.cell("Passed", "\(NumberText.count(group.scored - group.failed + errored))", kind: "number"))\
                \(Pieces.cell("Failed", "\(NumberText.count(group.failed - errored))", kind: "number"))\
                \(Pieces.cell("Errored", "\(NumberText.count(errored))", kind: "number"))</tr>
                """
        }
        return """
            <section aria-labelledby="groups" id="run-groups" data-live><h2 id="groups">Tasks</h2>\
            <div class="scroll" role="region" aria-label="Tasks" tabindex="0"><table class="list groups"><thead><tr>\
            <th scope="col">Task</th><th scope="col" class="number">Episodes</th><th scope="col" class="number">Passed</th>\
            <th scope="col" class="number">Failed</th><th scope="col" class="number">Errored</th></tr></thead>\
            <tbody>\(Array(rows))</tbody></table></div></section>
            """
    }

    /// The filter that a group's link has.
    private static func filter(of group: RunOverview.Group) -> String {
        let task = "task = \(quoted(group.task))"
        return group.domain.map { "\(task) and domain = \(quoted($0))" } ?? task
    }

    /// A text as filter expressions quote it.
    static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    // MARK: The list

    private var total: HTML {
        let text = count.map { Pieces.counted($0, "episode", "episodes") } ?? ""
        return "<p class=\"faint\" id=\"run-count\" data-live>\(text)</p>"
    }

    /// The questions that are asked most, each with its number.
    private var chips: HTML {
        let all = overview.total
        let errored = all.errored.values.reduce(0, +)
        var chips: [(String, String, Int)] = [("All", "", all.total), ("Failures", "failed", all.failed)]
        if all.failed != all.failed - errored, errored > 0 {
            chips.append(("Wrong", "failed and outcome = scored", all.failed - errored))
        }
        for (cause, count) in all.errored.sorted(by: { $0.key < $1.key }) {
            chips.append(("Errored: \(cause)", "outcome = errored and cause = \(cause)", count))
        }
        if all.unscorable > 0 { chips.append(("Unscorable", "outcome = unscorable", all.unscorable)) }
        for tag in overview.tags.prefix(8) {
            chips.append(("# \(tag.name)", "tag = \(Self.quoted(tag.name))", tag.count))
        }
        let links = chips.map { title, filter, count -> HTML in
            let current: HTML? = state.filter == filter ? " aria-current=\"true\"" : nil
            return """
                <li><a href="\(ViewerLink.run(card.key, state.filtered(filter)))"\(current)>\(title) \
                <span class="faint">\(NumberText.count(count))</span></a></li>
                """
        }
        return "<ul class=\"chips\" id=\"run-chips\" data-live aria-label=\"Quick filters\">\(links)</ul>"
    }

    private var form: HTML {
        var hidden: [HTML] = []
        if state.order.key != .plan {
            hidden.append("<input type=\"hidden\" name=\"sort\" value=\"\(state.order.key.rawValue)\">")
            if state.order.isDescending { hidden.append("<input type=\"hidden\" name=\"desc\" value=\"1\">") }
        }
        let invalid: HTML? = problem == nil ? nil : " aria-invalid=\"true\" aria-describedby=\"filter-problem\""
        let complaint: HTML? = problem.map {
            "<pre class=\"note bad\" id=\"filter-problem\" role=\"alert\">\($0.description)</pre>"
        }
        let fields = FilterField.allCases.map {
            "<div><dt><code>\($0.rawValue)</code></dt><dd>\($0.summary)</dd></div>" as HTML
        }
        let metrics = overview.scores.prefix(6).map { "score(\($0.metric)) < 1" }
        let examples = ["outcome = errored", "turns > 10 and failed", "text ~ \"refund\" and not tag = done"] + metrics
        return """
            <form class="filters" action="\(ViewerLink.run(card.key))" method="get" role="search">\(hidden)
            <label class="field grow"><span>Search transcripts</span><input type="search" name="q" value="\(state.search)" \
            data-key="/" placeholder="words, or &quot;a phrase&quot;" autocomplete="off" spellcheck="false"></label>
            <label class="field grow"><span>Filter</span><input type="text" class="mono" name="where" \
            value="\(state.filter)"\(invalid) placeholder="outcome = errored and turns &gt; 10" autocomplete="off" \
            autocapitalize="off" spellcheck="false"></label>
            <button>Show</button></form>
            \(complaint)
            <details class="help"><summary>How filters are written</summary>
            <p>Compare fields with <code>=</code> <code>!=</code> <code>&lt;</code> <code>&lt;=</code> <code>&gt;</code> \
            <code>&gt;=</code> <code>~</code> (contains) <code>!~</code> or <code>in (a, b)</code>; join with \
            <code>and</code>, <code>or</code>, <code>not</code> and parentheses. <code>has(FIELD)</code> asks whether there \
            is a value.</p>
            <ul class="chips">\(examples.map(example))</ul>
            <dl class="fields">\(fields)</dl></details>
            """
    }

    private func example(_ filter: String) -> HTML {
        "<li><a href=\"\(ViewerLink.run(card.key, state.filtered(filter)))\"><code>\(filter)</code></a></li>"
    }

    private var list: HTML {
        guard let page else { return "" }
        guard !page.items.isEmpty else {
            let all: HTML? =
                state.isEmpty ? nil : " <a href=\"\(ViewerLink.run(card.key))\">Show all</a>"
            return "<p class=\"empty\" id=\"run-list\" data-live>No episode is here.\(all)</p>"
        }
        return """
            <div id="run-list" data-live>\(EpisodeTable(key: card.key, state: state, items: page.items).html)\
            \(EpisodeTable.pager(page, state) { ViewerLink.run(card.key, $0) })</div>
            \(comparing)
            """
    }

    private var comparing: HTML? {
        guard !others.isEmpty else { return nil }
        let options = others.prefix(200).map { "<option value=\"\($0.key)\">\($0.name) · \($0.key)</option>" as HTML }
        return """
            <form class="filters" action="/compare" method="get"><input type="hidden" name="a" value="\(card.key)">
            <label class="field grow"><span>Compare with</span><select name="b">\(options)</select></label>
            <button>Side by side</button></form>
            """
    }
}
