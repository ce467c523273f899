/// A number and its interval on a line from 0 to 1, as an inline SVG.
enum IntervalPlot {
    /// The plot, or nothing where the number is no share.
    static func svg(value: Double, lower: Double?, upper: Double?) -> String {
        let ends = [value, lower ?? value, upper ?? value]
        guard ends.allSatisfy({ $0.isFinite && $0 >= 0 && $0 <= 1 }) else { return "" }
        func x(_ share: Double) -> String { NumberText.fixed(4 + share * 192, digits: 1) }
        var shapes = "<line x1=\"4\" y1=\"10\" x2=\"196\" y2=\"10\" stroke=\"var(--line)\" stroke-width=\"2\"/>"
        if let lower, let upper {
            shapes += "<line x1=\"\(x(lower))\" y1=\"10\" x2=\"\(x(upper))\" y2=\"10\""
            shapes += " stroke=\"var(--mark)\" stroke-width=\"4\" stroke-opacity=\"0.45\" stroke-linecap=\"round\"/>"
        }
        shapes += "<circle cx=\"\(x(value))\" cy=\"10\" r=\"4.5\" fill=\"var(--mark)\"/>"
        return "<svg viewBox=\"0 0 200 20\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\(shapes)</svg>"
    }
}
