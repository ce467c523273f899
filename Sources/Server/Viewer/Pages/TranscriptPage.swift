import Evaluation
import Reports
import Storage

/// An episode: its transcript, what people said about it, and the way to its neighbours.
struct TranscriptPage {
    let key: String
    let runName: String
    let id: EpisodeID
    let item: EpisodeItem?
    let view: TranscriptView
    let neighbours: EpisodeNeighbours
    let state: ListState
    let annotations: [Annotation]
    let form: AnnotationForm
    /// The other runs in which the same sample may be.
    let others: [(key: String, name: String)]

    var html: HTML {
        let list = ViewerLink.run(key, state)
        let content: HTML = """
            <div class="line"><h1>\(id.sample)</h1>\(outcome)</div>
            <p class="lead">\(id.task) · trial \(id.trial)\(tags)</p>
            \(neighbourLinks(list))
            \(TranscriptHTML(view).article)
            \(said)
            \(form.html(id: id, record: view))
            \(comparing)
            """
        return PageFrame(
            title: "\(id.sample) · \(runName)",
            steps: [.init(title: key, link: list), .init(title: "\(id.task) / \(id.sample) / \(id.trial)")],
            content: content, search: state.search.isEmpty ? nil : state.search
        ).html
    }

    private var outcome: HTML {
        if let item { return Pieces.outcome(item) }
        return Pieces.badge(view.outcome, view.succeeded ? "good" : "bad")
    }

    private var tags: HTML? {
        guard let tags = item?.tags, !tags.isEmpty else { return nil }
        return " \(tags.map { "<span class=\"tag\">\($0)</span> " as HTML })"
    }

    /// Four ways on, each with its key; those that lead nowhere are there as words, so that nothing jumps about.
    private func neighbourLinks(_ list: String) -> HTML {
        let ways: [(EpisodeID?, String, String, String)] = [
            (neighbours.previousFailure, "p", "Previous failure", "prev-failure"),
            (neighbours.nextFailure, "n", "Next failure", "next-failure"),
            (neighbours.previous, "k", "Previous", "prev"), (neighbours.next, "j", "Next", "next"),
        ]
        let links = ways.map { target, letter, title, name -> HTML in
            guard let target else { return "<li><span class=\"off\">\(title)</span></li>" }
            let link = ViewerLink.episode(key, target, state)
            return """
                <li><a href="\(link)" data-go="\(name)" aria-keyshortcuts="\(letter)">\(title) <kbd>\(letter)</kbd></a></li>
                """
        }
        let within: HTML? =
            state.isEmpty
            ? nil
            : """
            <li class="within">in the list of <code>\([state.filter, state.search].filter { !$0.isEmpty }
                .joined(separator: " · "))</code></li>
            """
        return """
            <nav class="ways" aria-label="Episodes around"><ul>\(links)\
            <li><a href="\(list)" data-go="list" aria-keyshortcuts="u">List <kbd>u</kbd></a></li>\(within)</ul></nav>
            """
    }

    private var said: HTML? {
        guard !annotations.isEmpty else { return nil }
        let entries = annotations.map { annotation -> HTML in
            let outdated: HTML? =
                annotation.isOutdated ? " <span class=\"badge plain\">about an earlier attempt</span>" : nil
            let reason: HTML? = annotation.reason.map { "<div class=\"text\">\($0)</div>" }
            return """
                <li><p><strong>\(annotation.author)</strong> <span class="faint">\(Pieces.moment(annotation.time))</span> \
                \(Self.words(annotation))\(outdated)</p>\(reason)</li>
                """
        }
        return """
            <section aria-labelledby="said"><h2 id="said">What people said</h2><ol class="said">\(entries)</ol></section>
            """
    }

    private static func words(_ annotation: Annotation) -> HTML {
        let text = annotation.text ?? ""
        switch annotation.kind {
        case .tag: return "tagged it <span class=\"tag\">\(text)</span>"
        case .untag: return "took off the tag <span class=\"tag\">\(text)</span>"
        case .note: return "noted: <span class=\"text\">\(text)</span>"
        case .verdict:
            switch annotation.amendment {
            case .score(let metric, let name, let number):
                return "set <code>\(metric).\(name)</code> to \(NumberText.short(number))"
            case .unscorable: return "took it out of the scores"
            case .original: return "took corrections back"
            case nil: return "corrected it"
            }
        }
    }

    private var comparing: HTML? {
        guard !others.isEmpty else { return nil }
        let options = others.prefix(200).map { "<option value=\"\($0.key)\">\($0.name) · \($0.key)</option>" as HTML }
        let hidden = [("a", key), ("task", id.task), ("sample", id.sample), ("trial", "\(id.trial)")].map {
            "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML
        }
        return """
            <form class="filters" action="/compare" method="get">\(hidden)
            <label class="field grow"><span>The same sample in another run</span><select name="b">\(options)</select></label>
            <button>Side by side</button></form>
            """
    }
}
