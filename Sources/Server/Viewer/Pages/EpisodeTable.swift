import Evaluation
import Reports
import Storage

/// A page of episodes as a table.
struct EpisodeTable {
    let key: String
    let state: ListState
    let items: [EpisodeItem]

    var html: HTML {
        let columns: [(EpisodeOrder.Key, String, Bool, Bool)] = [
            (.plan, "Episode", false, false), (.outcome, "Outcome", false, false), (.score, "Score", true, false),
            (.turns, "Turns", true, true), (.tokens, "Tokens", true, true), (.cost, "Cost", true, true),
            (.time, "Time", true, true),
        ]
        let heads = columns.map { sort, title, isNumber, descendingFirst in
            Pieces.heading(
                title, link: ViewerLink.run(key, state.sorted(sort, descendingFirst: descendingFirst)),
                isActive: state.order.key == sort && (sort != .plan || state.order.isDescending),
                isDescending: state.order.isDescending, isNumber: isNumber)
        }
        return """
            <div class="scroll" role="region" aria-label="Episodes" tabindex="0"><table class="list episodes">\
            <thead><tr>\(heads)</tr></thead><tbody id="rows">\(items.map(row))</tbody></table></div>
            """
    }

    private func row(_ item: EpisodeItem) -> HTML {
        let link = ViewerLink.episode(key, item.id, state.starting(.first))
        var about = [item.id.task]
        if let domain = item.domain, domain != item.id.task { about.append(domain) }
        if item.id.trial > 0 { about.append("trial \(item.id.trial)") }
        if item.attempts > 1 { about.append("\(item.attempts) attempts") }
        let tags = item.tags.map { " <span class=\"tag\">\($0)</span>" as HTML }
        let amended: HTML? = item.isAmended ? " <span class=\"tag\">amended</span>" : nil
        let summary: HTML? = item.summary.flatMap { $0.isEmpty ? nil : "<span class=\"said-last\"> · \($0)</span>" }
        return """
            <tr><th scope="row"><a class="row" href="\(link)">\(item.id.sample)</a>\
            <span class="sub summary">\(about.joined(separator: " · "))\(tags)\(amended)\(summary)</span></th>\
            \(Pieces.cell("Outcome", Pieces.outcome(item)))\
            \(Pieces.cell("Score", "\(Pieces.number(item.score))", kind: "number"))\
            \(Pieces.cell("Turns", "\(item.turns)", kind: "number"))\
            \(Pieces.cell("Tokens", "\(Pieces.count(item.tokens))", kind: "number"))\
            \(Pieces.cell("Cost", "\(Pieces.dollars(item.cost))", kind: "number"))\
            \(Pieces.cell("Time", "\(Pieces.seconds(item.duration))", kind: "number"))</tr>

            """
    }

    /// Links to the pages around one.
    static func pager(_ page: EpisodePage, _ state: ListState, link: (ListState) -> String) -> HTML? {
        guard page.hasEarlier || page.hasLater else { return nil }
        var links: [HTML] = []
        if page.hasEarlier, let first = page.items.first {
            links.append("<a href=\"\(link(state.starting(.first)))\">First</a>")
            links.append("<a rel=\"prev\" href=\"\(link(state.starting(.before(first.place))))\">Earlier</a>")
        }
        if page.hasLater, let last = page.items.last {
            links.append("<a rel=\"next\" href=\"\(link(state.starting(.behind(last.place))))\">Later</a>")
            links.append("<a href=\"\(link(state.starting(.last)))\">Last</a>")
        }
        return "<nav class=\"pager\" aria-label=\"Pages\">\(links)</nav>"
    }
}
