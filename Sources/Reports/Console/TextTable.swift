/// A table of text that fits a width.
///
/// The widest column that may shrink is cut with an ellipsis; where that is not enough, rows become little lists. Cells are
/// made harmless to terminals (``VisibleText``).
public struct TextTable: Sendable {
    /// Which side of its column a cell keeps to.
    public enum Alignment: Sendable {
        /// Text.
        case left
        /// Numbers.
        case right
    }

    /// A column's heading and habits.
    public struct Column: Sendable {
        /// What stands above it.
        public var title: String
        /// Which side its cells keep to.
        public var alignment: Alignment
        /// Whether it may be cut to make the table fit.
        public var canShrink: Bool

        /// A column.
        public init(_ title: String, _ alignment: Alignment = .left, canShrink: Bool = false) {
            self.title = title
            self.alignment = alignment
            self.canShrink = canShrink
        }
    }

    private let columns: [Column]
    private var rows: [[String]] = []

    /// Whether it has no rows.
    public var isEmpty: Bool { rows.isEmpty }

    /// A table without rows.
    public init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row; missing cells are empty, cells too many are left out.
    public mutating func add(_ cells: [String]) {
        rows.append(columns.indices.map { $0 < cells.count ? VisibleText.oneLine(cells[$0]) : "" })
    }

    /// The table's lines: headings, a rule, the rows.
    public func lines(on terminal: Terminal) -> [String] {
        var widths = columns.indices.map { index in
            rows.map { Self.width(of: $0[index]) }.reduce(Self.width(of: columns[index].title), max)
        }
        guard shrink(&widths, to: terminal.width) else { return listed(on: terminal) }
        let heading = line(columns.map(\.title), widths)
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        return [terminal.styled(heading, .bold), terminal.styled(rule, .dim)] + rows.map { line($0, widths) }
    }

    /// Whether the table fits then.
    private func shrink(_ widths: inout [Int], to limit: Int) -> Bool {
        var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - limit
        while excess > 0 {
            let candidates = columns.indices.filter { columns[$0].canShrink && widths[$0] > 8 }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return false }
            widths[widest] -= 1
            excess -= 1
        }
        return true
    }

    /// Every row as a list: its first cell, then the others with their columns' names.
    private func listed(on terminal: Terminal) -> [String] {
        rows.flatMap { row -> [String] in
            let rest = row.indices.dropFirst().filter { !row[$0].isEmpty }.map { index in
                columns[index].title.isEmpty ? "  \(row[index])" : "  \(columns[index].title): \(row[index])"
            }
            return [terminal.styled(Self.cut(row[0], to: terminal.width), .bold)]
                + rest.flatMap { TextWrap.lines($0, width: terminal.width) }
        }
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = cells.indices.map { index in
            let cell = Self.cut(cells[index], to: widths[index])
            let blank = String(repeating: " ", count: max(0, widths[index] - Self.width(of: cell)))
            return columns[index].alignment == .left ? cell + blank : blank + cell
        }
        var text = padded.joined(separator: "  ")
        while text.last == " " { text.removeLast() }
        return text
    }

    private static func width(of text: String) -> Int { DisplayWidth.of(text) }

    private static func cut(_ text: String, to width: Int) -> String {
        guard DisplayWidth.of(text) > width else { return text }
        var (kept, used) = ("", 0)
        for character in text {
            used += DisplayWidth.of(character)
            guard used < width else { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
