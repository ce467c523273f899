import Evaluation
import JSON

extension ReportPage {
    /// The most bytes of the page that transcripts take.
    private static let budget = 1_200_000

    /// Episodes without full marks, each with its transcript.
    var failures: Section? {
        guard content.failureCount > 0 else { return nil }
        let hasTasks = Set(content.failures.map(\.id.task)).count > 1
        var used = 0
        var without = 0
        var list: HTML = ""
        for (place, view) in content.failures.enumerated() {
            let head = Self.head(of: view, showsTask: hasTasks)
            var transcript = TranscriptHTML.fragment(
                view, options: TranscriptHTML.Options(prefix: "e\(place + 1)-", headingLevel: 3))
            if used + transcript.utf8.count > Self.budget {
                transcript = Self.instead(of: view, in: summary.at("run.run_dir")?.stringValue).text
                without += 1
            }
            used += transcript.utf8.count
            list += """
                <details class="failure"><summary>\(head)</summary><div class="inside">\
                \(HTML(markup: transcript))</div></details>

                """
        }
        return Section(
            id: "failures", title: "What did not succeed", link: "Failures", body: "\(intro(without))\(list)")
    }

    private func intro(_ without: Int) -> HTML {
        let count = content.failureCount
        let shown = content.failures.count
        var text = "\(NumberText.count(count)) \(count == 1 ? "episode is" : "episodes are") without full marks."
        if shown < count { text += " \(NumberText.count(shown)) of them stand here: of every kind the first ones." }
        if without > 0 { text += " \(NumberText.count(without)) are too long for this page." }
        return "<p class=\"faint\">\(text)</p>"
    }

    private static func head(of view: TranscriptView, showsTask: Bool) -> HTML {
        let task: HTML? = showsTask ? "<span class=\"faint\">\(view.id.task)</span> " : nil
        let headline = TranscriptContent.cut(VisibleText.oneLine(view.headline ?? ""), to: 160).kept
        return """
            \(badge(of: view)) \(task)<span class="sample">\(view.id.sample)</span> <span class="faint">trial \(view.id.trial)</span> \
            <span class="why-line">\(headline)</span>
            """
    }

    private static func badge(of view: TranscriptView) -> HTML {
        if let cause = view.cause { return "<span class=\"badge bad\">errored: \(cause)</span>" }
        guard view.outcome == "scored" else { return "<span class=\"badge odd\">\(view.outcome)</span>" }
        let value = view.scores.first?.values.min { $0.key < $1.key }?.value
        return "<span class=\"badge plain\">score \(value.map { NumberText.short($0) } ?? "–")</span>"
    }

    private static func instead(of view: TranscriptView, in directory: String?) -> HTML {
        let run = directory ?? "RUN"
        return """
            <p>This transcript is too long for the page. <code>gage show \(run) \(view.id.description)</code> prints it.</p>
            """
    }
}
