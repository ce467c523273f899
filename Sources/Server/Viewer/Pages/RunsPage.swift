import Reports
import Storage

/// The table of runs.
struct RunsPage {
    let directory: String
    let cards: [RunCard]
    let problems: [(key: String, message: String)]
    let request: RunsRequest

    var html: HTML {
        let found = request.apply(to: cards)
        let shown = found.prefix(RunsRequest.limit)
        let content: HTML = """
            <h1>Runs</h1><p class="lead"><span class="mono">\(directory)</span></p>
            \(form)
            \(shown.isEmpty ? empty : table(Array(shown)))
            \(more(found.count))
            \(failures)
            """
        return PageFrame(
            title: "Runs", content: content,
            reload: cards.contains { $0.isCounting || $0.isLive } ? 3 : nil
        ).html
    }

    private var form: HTML {
        let kept = [("sort", request.sort == .started ? nil : request.sort.rawValue), ("desc", request.desc)]
        let hidden = kept.compactMap { name, value -> HTML? in
            value.map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" }
        }
        let options = (["", "running", "completed", "interrupted", "stopped", "failed"]).map { status -> HTML in
            let selected: HTML? = status == request.status ? " selected" : nil
            return "<option value=\"\(status)\"\(selected)>\(status.isEmpty ? "any status" : status)</option>"
        }
        return """
            <form class="filters" action="/" method="get" role="search">\(hidden)
            <label class="field grow"><span>Search runs</span>\
            <input type="search" name="q" value="\(request.search)" data-key="/" \
            placeholder="name, id, model, metric" autocomplete="off" spellcheck="false"></label>
            <label class="field"><span>Status</span><select name="status">\(options)</select></label>
            <button>Show</button></form>
            """
    }

    private var empty: HTML {
        cards.isEmpty && problems.isEmpty
            ? """
            <p class="empty">There is no run in this directory yet. <code>gage run</code> makes one; this page shows it as \
            soon as it begins.</p>
            """
            : "<p class=\"empty\">No run is like that. <a href=\"/\">Show all</a></p>"
    }

    private func more(_ count: Int) -> HTML? {
        count > RunsRequest.limit
            ? "<p class=\"faint\">The first \(RunsRequest.limit) of \(NumberText.count(count)); search narrows them down.</p>"
            : nil
    }

    private var failures: HTML? {
        problems.isEmpty
            ? nil
            : """
            <section aria-labelledby="unreadable"><h2 id="unreadable">Cannot be read</h2><ul>\
            \(problems.map { "<li><span class=\"mono\">\($0.key)</span>: \($0.message)</li>" as HTML })</ul></section>
            """
    }

    private func table(_ cards: [RunCard]) -> HTML {
        let columns: [(RunsRequest.Sort, String, Bool)] = [
            (.name, "Run", false), (.status, "Status", false), (.score, "Score", true),
            (.episodes, "Episodes", true), (.cost, "Cost", true), (.tokens, "Tokens", true), (.time, "Time", true),
            (.started, "Started", true),
        ]
        let heads = columns.map { sort, title, isNumber in
            Pieces.heading(
                title, link: request.link(sortedBy: sort), isActive: request.sort == sort,
                isDescending: request.isDescending, isNumber: isNumber)
        }
        return """
            <div class="scroll" role="region" aria-label="Runs" tabindex="0"><table class="list runs">\
            <thead><tr>\(heads)</tr></thead><tbody id="rows">\(cards.map(row))</tbody></table></div>
            """
    }

    private func row(_ card: RunCard) -> HTML {
        let models: HTML? =
            card.models.isEmpty ? nil : "<span class=\"sub\">\(card.models.prefix(3).joined(separator: ", "))</span>"
        let id: HTML? = card.key == card.name ? nil : "<span class=\"sub mono\">\(card.key)</span>"
        return """
            <tr><th scope="row"><a class="row" href="\(ViewerLink.run(card.key))">\(card.name)</a>\(id)\(models)</th>\
            \(Pieces.cell("Status", Pieces.status(card)))\
            \(Pieces.cell("Score", score(card), kind: "number"))\
            \(Pieces.cell("Episodes", episodes(card), kind: "number"))\
            \(Pieces.cell("Cost", "\(Pieces.dollars(card.cost))", kind: "number"))\
            \(Pieces.cell("Tokens", "\(card.tokens.map { NumberText.compact(Double($0)) } ?? "–")", kind: "number"))\
            \(Pieces.cell("Time", "\(Pieces.seconds(card.duration))", kind: "number"))\
            \(Pieces.cell("Started", Pieces.moment(card.startedAt), kind: "number"))</tr>

            """
    }

    private func score(_ card: RunCard) -> HTML {
        guard let first = card.headlines.first else { return "–" }
        let interval: HTML? = first.interval.map {
            "<span class=\"sub\">\(NumberText.fixed($0.lower)) – \(NumberText.fixed($0.upper))</span>"
        }
        let others = card.headlines.count - 1
        let more: HTML? = others > 0 ? "<span class=\"sub\">and \(others) more</span>" : nil
        return """
            <strong>\(NumberText.fixed(first.value))</strong><span class="sub">\(first.metric)</span>\(interval)\(more)
            """
    }

    private func episodes(_ card: RunCard) -> HTML {
        let planned: HTML? = card.planned.map { " <span class=\"faint\">of \($0)</span>" }
        let counting: HTML? = card.isCounting ? "<span class=\"sub\">counting</span>" : nil
        let errored: HTML? = card.errored > 0 ? "<span class=\"sub odd\">\(card.errored) errored</span>" : nil
        return "\(NumberText.count(card.total))\(planned)\(errored)\(counting)"
    }
}

/// What the table of runs is asked for.
struct RunsRequest: Sendable, Hashable {
    enum Sort: String, Sendable, Hashable {
        case name, status, score, episodes, cost, tokens, time, started
    }

    var search = ""
    var status = ""
    var sort = Sort.started
    var desc: String?

    /// The most runs on a page.
    static let limit = 500

    init(_ values: [String: String]) {
        search = values["q"] ?? ""
        status = values["status"] ?? ""
        sort = values["sort"].flatMap(Sort.init) ?? .started
        desc = values["desc"].flatMap { $0 == "0" || $0 == "1" ? $0 : nil }
    }

    /// The newest come first unless something else is asked for.
    var isDescending: Bool { desc.map { $0 == "1" } ?? (sort == .started) }

    func link(sortedBy other: Sort) -> String {
        let isTextual = other == .name || other == .status
        let descending = other == sort ? !isDescending : !isTextual
        return "/"
            + ViewerLink.query([
                ("q", search.isEmpty ? nil : search), ("status", status.isEmpty ? nil : status),
                ("sort", other.rawValue),
                ("desc", descending ? "1" : "0"),
            ])
    }

    func apply(to cards: [RunCard]) -> [RunCard] {
        let words = search.lowercased().split(whereSeparator: \.isWhitespace)
        let found = cards.filter { card in
            guard status.isEmpty || card.status.rawValue == status else { return false }
            let texts = [card.key, card.name, card.status.rawValue] + card.models + card.headlines.map(\.metric)
            let text = texts.joined(separator: "\n").lowercased()
            return words.allSatisfy { text.contains($0) }
        }
        return found.sorted { left, right in
            isDescending ? Self.isBefore(right, left, sort) : Self.isBefore(left, right, sort)
        }
    }

    private static func isBefore(_ left: RunCard, _ right: RunCard, _ sort: Sort) -> Bool {
        switch sort {
        case .name: (left.name, left.key) < (right.name, right.key)
        case .status: (left.status.rawValue, left.key) < (right.status.rawValue, right.key)
        case .score:
            (left.headlines.first?.value ?? -.infinity, left.key) < (
                right.headlines.first?.value ?? -.infinity, right.key
            )
        case .episodes: (left.total, left.key) < (right.total, right.key)
        case .cost: (left.cost ?? -1, left.key) < (right.cost ?? -1, right.key)
        case .tokens: (left.tokens ?? -1, left.key) < (right.tokens ?? -1, right.key)
        case .time: (left.duration ?? -1, left.key) < (right.duration ?? -1, right.key)
        case .started: (left.startedAt, left.key) < (right.startedAt, right.key)
        }
    }
}
