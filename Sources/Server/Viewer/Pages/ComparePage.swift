import Evaluation
import Reports
import Storage

/// Two runs' episodes on the same samples, as a list.
struct ComparePage {
    let left: RunCard
    let right: RunCard
    let kind: PairedEpisodes.Kind
    let counts: PairedEpisodes.Counts
    let page: PairedEpisodes.Page

    var html: HTML {
        let content: HTML = """
            <h1>Side by side</h1>
            <p class="lead">A <a href="\(ViewerLink.run(left.key))">\(left.key)</a> · B \
            <a href="\(ViewerLink.run(right.key))">\(right.key)</a></p>
            \(chips)
            \(page.pairs.isEmpty ? empty : table)
            \(pager)
            """
        return PageFrame(
            title: "\(left.key) and \(right.key)", steps: [.init(title: "Side by side")], content: content
        ).html
    }

    private func link(_ kind: PairedEpisodes.Kind, _ place: (String, EpisodePlace)? = nil) -> String {
        ViewerLink.compare([
            ("a", left.key), ("b", right.key), ("show", kind == .changed ? nil : kind.rawValue),
            (place?.0 ?? "after", place?.1.text),
        ])
    }

    private var chips: HTML {
        let chips: [(PairedEpisodes.Kind, String, Int)] = [
            (.changed, "Changed", counts.changed), (.lost, "Passed in A only", counts.lost),
            (.gained, "Passed in B only", counts.gained), (.all, "All pairs", counts.all),
        ]
        let links = chips.map { kind, title, count -> HTML in
            let current: HTML? = kind == self.kind ? " aria-current=\"true\"" : nil
            return """
                <li><a href="\(link(kind))"\(current)>\(title) <span class="faint">\(NumberText.count(count))</span></a></li>
                """
        }
        return "<ul class=\"chips\" aria-label=\"Which pairs\">\(links)</ul>"
    }

    private var empty: HTML {
        counts.all == 0
            ? """
            <p class="empty">The runs have no episode of the same task, sample and trial in common.</p>
            """ : "<p class=\"empty\">No pair is like that. <a href=\"\(link(.all))\">Show all pairs</a></p>"
    }

    private var table: HTML {
        let rows = page.pairs.map { pair -> HTML in
            let target = ViewerLink.compare([
                ("a", left.key), ("b", right.key), ("task", pair.id.task), ("sample", pair.id.sample),
                ("trial", "\(pair.id.trial)"), ("show", kind == .changed ? nil : kind.rawValue),
            ])
            let about = pair.id.trial > 0 ? "\(pair.id.task) · trial \(pair.id.trial)" : pair.id.task
            return """
                <tr><th scope="row"><a class="row" href="\(target)">\(pair.id.sample)</a><span class="sub">\(about)</span></th>\
                \(Pieces.cell("A", Pieces.outcome(pair.left)))\
                \(Pieces.cell("Score A", "\(Pieces.number(pair.left.score))", kind: "number"))\
                \(Pieces.cell("B", Pieces.outcome(pair.right)))\
                \(Pieces.cell("Score B", "\(Pieces.number(pair.right.score))", kind: "number"))\
                \(Pieces.cell("Turns", "\(pair.left.turns) → \(pair.right.turns)", kind: "number"))\
                \(Pieces.cell("Time", "\(Pieces.seconds(pair.left.duration)) → \(Pieces.seconds(pair.right.duration))", kind: "number"))</tr>

                """
        }
        let heads = ["Episode", "A", "Score A", "B", "Score B", "Turns", "Time"].enumerated().map {
            place, title -> HTML in
            "<th scope=\"col\" class=\"\([2, 4, 5, 6].contains(place) ? "number" : "")\">\(title)</th>"
        }
        return """
            <div class="scroll" role="region" aria-label="Pairs" tabindex="0"><table class="list pairs"><thead><tr>\
            \(Array(heads))</tr></thead><tbody id="rows">\(rows)</tbody></table></div>
            """
    }

    private var pager: HTML? {
        guard page.hasEarlier || page.hasLater else { return nil }
        var links: [HTML] = []
        if page.hasEarlier, let first = page.pairs.first {
            links.append("<a rel=\"prev\" href=\"\(link(kind, ("before", first.place)))\">Earlier</a>")
        }
        if page.hasLater, let last = page.pairs.last {
            links.append("<a rel=\"next\" href=\"\(link(kind, ("after", last.place)))\">Later</a>")
        }
        return "<nav class=\"pager\" aria-label=\"Pages\">\(links)</nav>"
    }
}

/// One sample's transcripts of two runs, side by side.
struct ComparedTranscriptsPage {
    let id: EpisodeID
    let sides: [(letter: String, card: RunCard, item: EpisodeItem?, view: TranscriptView?)]
    /// The list that the page was opened from.
    let list: String

    var html: HTML {
        let columns = sides.map { side -> HTML in
            let prefix = side.letter.lowercased()
            let head: HTML = """
                <h2 id="\(prefix)-h">\(side.letter): <a href="\(ViewerLink.run(side.card.key))">\(side.card.name)</a></h2>\
                <p class="faint mono">\(side.card.key)</p>
                """
            guard let view = side.view else {
                return """
                    <section class="column" aria-labelledby="\(prefix)-h">\(head)\
                    <p class="empty">This run has no such episode.</p></section>
                    """
            }
            let options = TranscriptHTML.Options(prefix: "\(prefix)-", headingLevel: 3)
            let link = ViewerLink.episode(side.card.key, id)
            return """
                <section class="column" aria-labelledby="\(prefix)-h">\(head)\
                <p>\(side.item.map(Pieces.outcome)) <a href="\(link)">Alone</a></p>\
                \(TranscriptHTML(view, options: options).article)</section>
                """
        }
        let content: HTML = """
            <h1>\(id.sample)</h1><p class="lead">\(id.task) · trial \(id.trial)</p>
            <nav class="ways" aria-label="Episodes around"><ul><li><a href="\(list)" data-go="list" aria-keyshortcuts="u">\
            List <kbd>u</kbd></a></li></ul></nav>
            <div class="columns">\(columns)</div>
            """
        return PageFrame(
            title: "\(id.sample) side by side",
            steps: [.init(title: "Side by side", link: list), .init(title: id.sample)], content: content
        ).html
    }
}
