/// Pieces that several sections are made of.
extension ReportPage {
    /// A column of a table.
    struct Column {
        var title: String
        var isNumber = false
        var isDrawing = false

        static func text(_ title: String) -> Column { Column(title: title) }
        static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
        /// A drawing that repeats numbers of its row; narrow pages leave it out.
        static let drawing = Column(title: "", isDrawing: true)

        var attributes: HTML { isNumber ? " class=\"number\"" : isDrawing ? " class=\"drawing\"" : "" }
    }

    /// A table that scrolls within itself where it is wider than the page; the first cell of a row is its name.
    static func table(_ label: String, _ columns: [Column], _ rows: [[HTML]]) -> HTML {
        let head = columns.map { column -> HTML in
            // A column of drawings has no name: it says nothing that its neighbours do not say.
            column.isDrawing
                ? "<td\(column.attributes)></td>" : "<th scope=\"col\"\(column.attributes)>\(column.title)</th>"
        }
        let body = rows.map { cells -> HTML in
            let parts = cells.enumerated().map { place, cell -> HTML in
                if place == 0 { return "<th scope=\"row\">\(cell)</th>" }
                return "<td\(place < columns.count ? columns[place].attributes : "")>\(cell)</td>"
            }
            return "<tr>\(parts)</tr>\n"
        }
        return """
            <div class="scroll" role="region" tabindex="0" aria-label="\(label)"><table><thead><tr>\(head)</tr></thead>
            <tbody>
            \(body)</tbody></table></div>
            """
    }

    /// A text as a cell.
    static func cell(_ text: String) -> HTML { "\(text)" }

    /// A name in snake case as a cell, which a narrow page may break between its words.
    static func name(_ text: String) -> HTML {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false).map { part -> HTML in "\(part)" }
        return HTML(markup: parts.map(\.text).joined(separator: "_<wbr>"))
    }

    /// Figures with their names, side by side.
    static func figures(_ entries: [(name: String, value: String)]) -> HTML {
        let items = entries.map { "<div><dt>\($0.name)</dt><dd>\($0.value)</dd></div>" as HTML }
        return "<dl class=\"figures\">\(items)</dl>"
    }

    /// What stands where there is nothing to show.
    static func empty(_ text: String) -> HTML { "<p class=\"empty\">\(text)</p>" }

    /// Charts side by side.
    static func charts(_ figures: [HTML]) -> HTML { "<div class=\"charts\">\(figures)</div>" }

    /// The most rows of a table on the page; all are in `summary.json`.
    static let rowLimit = 200

    /// Says that a table is cut.
    static func more(than shown: Int, of all: Int) -> HTML? {
        all > shown ? "<p class=\"faint\">\(NumberText.count(all - shown)) more rows are in summary.json.</p>" : nil
    }
}
