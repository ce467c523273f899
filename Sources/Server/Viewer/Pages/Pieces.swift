import Reports
import Storage

/// Small things that several pages show.
enum Pieces {
    /// A short word on a coloured ground.
    static func badge(_ word: String, _ kind: String) -> HTML { "<span class=\"badge \(kind)\">\(word)</span>" }

    /// How an episode ended, as a badge.
    static func outcome(_ item: EpisodeItem) -> HTML {
        switch item.outcome {
        case "errored": badge(item.cause.map { "errored: \($0)" } ?? "errored", "odd")
        case "unscorable": badge("unscorable", "plain")
        default: item.failed ? badge("failed", "bad") : badge("passed", "good")
        }
    }

    /// How a run stands.
    static func status(_ card: RunCard) -> HTML {
        if card.status == .running {
            return card.isLive ? badge("running", "live") : badge("died", "bad")
        }
        let kind =
            switch card.status {
            case .completed: "good"
            case .failed: "bad"
            default: "odd"
            }
        return badge(card.status.rawValue, kind)
    }

    /// A moment as a person reads it, and as a program does.
    static func moment(_ seconds: Double) -> HTML {
        let text = TimeText.utc(seconds)
        let shown = text.prefix(16).replacing("T", with: " ")
        return "<time datetime=\"\(text)\">\(shown) UTC</time>"
    }

    /// A number, or a dash where there is none.
    static func number(_ value: Double?) -> String { value.map(NumberText.short) ?? "–" }
    static func count(_ value: Int?) -> String { value.map(NumberText.count) ?? "–" }
    static func tokens(_ sum: Int) -> String { sum > 0 ? NumberText.compact(Double(sum)) : "–" }
    static func dollars(_ value: Double?) -> String { value.map { $0 == 0 ? "$0" : NumberText.dollars($0) } ?? "–" }
    static func seconds(_ value: Double?) -> String { value.map(NumberText.duration) ?? "–" }

    /// A cell with its column's name, which is shown where the table becomes a list of cards.
    static func cell(_ name: String, _ content: HTML, kind: String = "") -> HTML {
        "<td data-label=\"\(name)\" class=\"\(kind)\(content.text == "–" ? " none" : "")\">\(content)</td>"
    }

    /// A heading of a column that orders the table.
    static func heading(_ title: String, link: String, isActive: Bool, isDescending: Bool, isNumber: Bool) -> HTML {
        let sort: HTML? = isActive ? " aria-sort=\"\(isDescending ? "descending" : "ascending")\"" : nil
        let arrow: HTML? = isActive ? "<span aria-hidden=\"true\">\(isDescending ? " ↓" : " ↑")</span>" : nil
        return
            "<th scope=\"col\" class=\"\(isNumber ? "number" : "")\"\(sort)><a href=\"\(link)\">\(title)\(arrow)</a></th>"
    }

    /// How many of something, with its word.
    static func counted(_ count: Int, _ one: String, _ many: String) -> String {
        "\(NumberText.count(count)) \(count == 1 ? one : many)"
    }

    /// A bar of the shares of outcomes, with a text for those who do not see it.
    static func bar(passed: Int, failed: Int, errored: Int, unscorable: Int, planned: Int?) -> HTML {
        let total = max(1, planned ?? 0, passed + failed + errored + unscorable)
        var start = 0
        let parts = [(passed, "good"), (failed, "bad"), (errored, "odd"), (unscorable, "plain")]
        let shapes = parts.map { count, kind -> HTML in
            defer { start += count }
            guard count > 0 else { return "" }
            let (x, width) = (thousandths(start, of: total), thousandths(count, of: total))
            return "<rect class=\"\(kind)\" x=\"\(x)\" y=\"0\" width=\"\(max(2, width))\" height=\"10\"/>"
        }
        let text =
            "\(passed) passed, \(failed) failed, \(errored) errored, \(unscorable) unscorable"
            + (planned.map { " of \($0) planned" } ?? "")
        return """
            <svg class="outcomes" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="\(text)">\
            <rect class="ground" x="0" y="0" width="1000" height="10"/>\(shapes)</svg>
            """
    }

    private static func thousandths(_ part: Int, of whole: Int) -> Int {
        Int((Double(part) / Double(whole) * 1_000).rounded())
    }
}
