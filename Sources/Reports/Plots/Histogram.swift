import JSON

/// How values are spread, as bars, with the middle half marked below.
struct Histogram {
    let id: String
    let title: String
    /// `{count, mean, min, …, bins}` as ``Distribution`` writes it.
    let distribution: JSONValue
    /// A value in words.
    let label: (Double) -> String
    /// Whether the values are counts of things, so that a bar of width 1 is one value.
    var isWhole = false

    private var counts: [Int] { (distribution.at("bins.counts")?.arrayValue ?? []).compactMap(\.intValue) }
    private func figure(_ name: String) -> Double { distribution[name]?.doubleValue ?? 0 }

    /// What moves a value to the middle of its bar.
    private var shift: Double { isWhole && distribution.at("bins.width")?.doubleValue == 1 ? 0.5 : 0 }

    /// What the drawing says, in a sentence.
    var caption: String {
        let above = distribution.at("bins.above")?.intValue ?? 0
        let spread =
            figure("min") == figure("max")
            ? "all are \(label(figure("p50")))"
            : "median \(label(figure("p50"))), middle half \(label(figure("p25"))) to \(label(figure("p75"))), "
                + "range \(label(figure("min"))) to \(label(figure("max")))"
        return above > 0 ? "\(spread); \(NumberText.count(above)) beyond the drawing" : spread
    }

    /// The drawing with its words; nil where there is nothing to draw.
    var figure: HTML? {
        guard let lower = distribution.at("bins.lower")?.doubleValue,
            let width = distribution.at("bins.width")?.doubleValue, !counts.isEmpty
        else { return nil }
        let top = Double(counts.max() ?? 1)
        let area = PlotArea(x: lower...(lower + width * Double(counts.count)), y: 0...top)
        let bars = counts.enumerated().compactMap { place, count -> HTML? in
            guard count > 0 else { return nil }
            let from = area.x(lower + Double(place) * width)
            let to = area.x(lower + Double(place + 1) * width)
            let gap = to - from > 4 ? 1.0 : 0.25
            let width = max(0.5, min(to - from - gap, 48))
            let upper = min(area.y(Double(count)), area.maxY - 1)
            return """
                <rect class="bar" x="\(PlotArea.at((from + to - width) / 2))" y="\(PlotArea.at(upper))" \
                width="\(PlotArea.at(width))" height="\(PlotArea.at(area.maxY - upper))"/>
                """
        }
        let yMarks = NiceNumbers.marks(from: 0, to: top, about: 3).filter { $0 == $0.rounded() }
        let shapes: HTML = """
            \(area.yAxis(yMarks) { NumberText.count(Int($0)) })\(bars)\(box(area))\
            \(area.xAxis(xMarks(area).map { $0 + shift }) { label($0 - shift) })
            """
        let drawing = PlotArea.drawing(id: id, title: title, description: caption, shapes)
        return """
            <figure class="chart"><figcaption><strong>\(title)</strong></figcaption>\(drawing)\
            <p class="caption">\(caption)</p></figure>
            """
    }

    private func xMarks(_ area: PlotArea) -> [Double] {
        let marks = NiceNumbers.marks(from: area.xRange.lowerBound, to: area.xRange.upperBound - 2 * shift, about: 4)
        return shift > 0 ? marks.filter { $0 == $0.rounded() } : marks
    }

    /// The middle half as a line on the axis, the median as a dot.
    private func box(_ area: PlotArea) -> HTML? {
        guard figure("min") < figure("max") else { return nil }
        let y = PlotArea.at(area.maxY)
        return """
            <line class="interval" x1="\(PlotArea.at(area.x(figure("p25") + shift)))" x2="\(PlotArea.at(area.x(figure("p75") + shift)))" \
            y1="\(y)" y2="\(y)"/><circle class="dot" cx="\(PlotArea.at(area.x(figure("p50") + shift)))" cy="\(y)" r="4"/>
            """
    }
}
