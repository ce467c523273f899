/// A number and its interval on a line from 0 to 1: small, to stand beside the number.
enum IntervalPlot {
    private static let width = 180.0
    private static let margin = 6.0

    /// The drawing; nil where the number is no share, or nobody knows how sure it is.
    ///
    /// It says nothing that the numbers beside it do not say, so it is hidden from those who do not see it.
    static func svg(value: Double, lower: Double?, upper: Double?) -> HTML? {
        guard let lower, let upper, [value, lower, upper].allSatisfy({ $0.isFinite && $0 >= 0 && $0 <= 1 }) else {
            return nil
        }
        func x(_ share: Double) -> String { PlotArea.at(margin + share * (width - 2 * margin)) }
        let marks = [0, 0.25, 0.5, 0.75, 1].map { share -> HTML in
            "<line class=\"grid\" x1=\"\(x(share))\" x2=\"\(x(share))\" y1=\"5\" y2=\"15\"/>"
        }
        let interval: HTML = "<line class=\"interval\" x1=\"\(x(lower))\" x2=\"\(x(upper))\" y1=\"10\" y2=\"10\"/>"
        return """
            <svg class="interval-plot" viewBox="0 0 \(Int(width)) 20" aria-hidden="true" focusable="false">\(marks)\
            <line class="axis" x1="\(x(0))" x2="\(x(1))" y1="10" y2="10"/>\(interval)\
            <circle class="dot" cx="\(x(value))" cy="10" r="4.5"/></svg>
            """
    }
}
