public import Evaluation
public import JSON

/// Writes `report.html`: one self-contained file without scripts, for a person.
public struct ReportPage: Sendable {
    /// What a page shows.
    public struct Content: Sendable {
        /// `summary.json`'s value.
        public var summary: JSONValue
        /// The configuration that held, as text, secrets redacted.
        public var configuration: String
        /// Episodes without full marks, in the order in which they are shown.
        public var failures: [TranscriptView] = []
        /// How many such episodes there are in all.
        public var failureCount = 0
        /// Tables of the benchmarks' summaries.
        public var tables: [SummaryTable] = []
        /// Plots of the benchmarks' summaries, as SVG by their files' names.
        public var plots: [String: [UInt8]] = [:]

        /// Begins with a summary and a configuration.
        public init(summary: JSONValue, configuration: String) {
            self.summary = summary
            self.configuration = configuration
        }
    }

    let content: Content
    var summary: JSONValue { content.summary }

    /// Prepares a page.
    public init(_ content: Content) { self.content = content }

    /// A part of the page.
    struct Section {
        var id: String
        var title: String
        /// What it is called among the links on top.
        var link: String
        var body: HTML
    }

    /// The page.
    public func html() -> String {
        let sections = [
            scores, amended, outcomes, failures, groups, reliability, spread, spending, time, details, run,
        ].compactMap { $0 }
        let links = sections.map { "<li><a href=\"#\($0.id)\">\($0.link)</a></li>" as HTML }
        let parts = sections.map { section -> HTML in
            """
            <section id="\(section.id)" aria-labelledby="\(section.id)-h"><h2 id="\(section.id)-h">\(section.title)</h2>\
            \(section.body)</section>

            """
        }
        let content: HTML = """
            <a class="skip" href="#\(sections.first?.id ?? "main")">Skip to the scores</a>
            \(header)
            <nav aria-label="Sections"><ul>\(links)</ul></nav>
            <main id="main">
            \(parts)</main>
            <footer><p>Made by gage \(summary.at("run.gage_version")?.stringValue ?? "") from the run's journal. Intervals \
            are 95 %; their method stands beside each metric in summary.json.</p></footer>
            """
        return StandalonePage(
            title: "\(title) · gage", sheets: [ReportStyle.sheet, TranscriptStyle.sheet], hasImages: true, body: content
        ).html
    }

    private var title: String { summary.at("run.config_name")?.stringValue ?? "Evaluation" }

    private var header: HTML {
        let run = summary["run"] ?? [:]
        let status = run["status"]?.stringValue ?? "unknown"
        let kind = status == "completed" ? "good" : "odd"
        var facts = [run["run_id"]?.stringValue ?? "", run["started_at"]?.stringValue.map(Self.moment) ?? ""]
        facts.append(run.at("timings.wall_runtime_s")?.doubleValue.map(NumberText.duration) ?? "")
        facts += models
        let meta = facts.filter { !$0.isEmpty }.map { "<li>\($0)</li>" as HTML }
        let text: HTML? = run["description"]?.stringValue.flatMap {
            $0.isEmpty ? nil : "<p class=\"lead\">\($0)</p>"
        }
        let reason: HTML? = run["status_reason"]?.stringValue.map { "<p class=\"note odd\">\($0)</p>" }
        return """
            <header><p class="kicker">Evaluation report</p><h1>\(title)</h1>\(text)\
            <ul class="meta"><li><span class="badge \(kind)">\(status.replacing("_", with: " "))</span></li>\(meta)</ul>\
            \(reason)</header>
            """
    }

    /// The agents' models: what the run is about.
    private var models: [String] {
        let entries = summary["usage_by_model"]?.arrayValue ?? []
        var seen: Set<String> = []
        let names = entries.filter { $0["speaker"] == "agent" }.compactMap { $0["model"]?.stringValue }
            .filter { !$0.isEmpty && seen.insert($0).inserted }
        return names.count > 3 ? ["\(names.count) models"] : names
    }

    /// `2026-03-01T12:30:45Z` as `2026-03-01 12:30 UTC`.
    private static func moment(_ text: String) -> String {
        let parts = text.split(separator: "T")
        guard parts.count == 2, parts[1].utf8.count >= 5 else { return text }
        return "\(parts[0]) \(parts[1].prefix(5)) UTC"
    }
}
