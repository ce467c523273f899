import Reports

/// The common parts of a study's plots: rows with a label, a scale below, colours of the page's style sheet.
struct PlotFrame: Sendable {
    /// A value axis.
    struct Axis: Sendable {
        var lower: Double
        var upper: Double
        var ticks: [Double]
        /// How a tick is written.
        var text: @Sendable (Double) -> String

        /// Shares from 0 to 100 %.
        static let shares = Axis(lower: 0, upper: 1, ticks: [0, 0.25, 0.5, 0.75, 1]) {
            NumberText.fixed(100 * $0, digits: 0) + " %"
        }

        /// Counts from 0, or around 0.
        static func counts(to most: Double, isTwoSided: Bool = false) -> Axis {
            let step = Self.step(for: most)
            let top = max(step, (most / step).rounded(.up) * step)
            let from = isTwoSided ? -top : 0
            var ticks: [Double] = []
            var tick = from
            while tick <= top + step / 2 {
                ticks.append(tick)
                tick += step
            }
            return Axis(lower: from, upper: top, ticks: ticks) { NumberText.fixed($0.magnitude, digits: 0) }
        }

        private static func step(for most: Double) -> Double {
            var step = 1.0
            while most / step > 5 { step *= step.truncatingRemainder(dividingBy: 4) == 2 ? 2.5 : 2 }
            return step.rounded()
        }
    }

    let rows: [String]
    let axis: Axis
    let description: String

    static let rowHeight = 30.0
    static let labelWidth = 150.0
    static let plotWidth = 460.0
    static let rightWidth = 120.0

    /// The whole drawing; `draw` gives the shapes of a row, `note` the text at its right end.
    func svg(draw: (Int, _ y: Double) -> String, note: (Int) -> String) -> String {
        let height = Double(rows.count) * Self.rowHeight + 34
        let width = Self.labelWidth + Self.plotWidth + Self.rightWidth
        let bottom = Double(rows.count) * Self.rowHeight + 6
        var shapes = ""
        for tick in axis.ticks {
            shapes += Self.line(x(tick), 4, x(tick), bottom, "stroke=\"var(--line)\"")
            shapes += Self.text(x(tick), bottom + 16, axis.text(tick), "text-anchor=\"middle\" fill=\"var(--faint)\"")
        }
        for (place, row) in rows.enumerated() {
            let y = Double(place) * Self.rowHeight + Self.rowHeight / 2 + 4
            shapes += Self.text(Self.labelWidth - 10, y + 4, row, "text-anchor=\"end\" fill=\"var(--ink)\"")
            shapes += draw(place, y)
            shapes += Self.text(
                Self.labelWidth + Self.plotWidth + 10, y + 4, note(place), "fill=\"var(--faint)\"")
        }
        // On a phone it scrolls within itself, as tables do: shrunk to the page its texts could not be read.
        return "<div class=\"scroll\"><svg viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\" role=\"img\" "
            + "aria-label=\"\(Self.escaped(description))\" "
            + "style=\"width: 100%; min-width: 40rem; max-width: 46rem; height: auto; font-size: 12px\">\(shapes)</svg></div>"
    }

    /// Where a value stands.
    func x(_ value: Double) -> Double {
        let share = axis.upper > axis.lower ? (value - axis.lower) / (axis.upper - axis.lower) : 0
        return Self.labelWidth + min(max(share, 0), 1) * Self.plotWidth
    }

    static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> String {
        "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" \(style)/>"
    }

    static func bar(_ x1: Double, _ x2: Double, _ y: Double, height: Double, _ style: String) -> String {
        let (left, right) = (min(x1, x2), max(x1, x2))
        return "<rect x=\"\(number(left))\" y=\"\(number(y - height / 2))\" width=\"\(number(right - left))\" "
            + "height=\"\(number(height))\" \(style)/>"
    }

    static func dot(_ x: Double, _ y: Double, _ style: String) -> String {
        "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"5\" \(style)/>"
    }

    private static func text(_ x: Double, _ y: Double, _ text: String, _ style: String) -> String {
        "<text x=\"\(number(x))\" y=\"\(number(y))\" \(style)>\(escaped(text))</text>"
    }

    private static func number(_ value: Double) -> String { NumberText.fixed(value, digits: 1) }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
