import JSON

/// pass^k and pass@k over k, with the interval of pass^k.
struct ReliabilityPlot {
    let id: String
    let title: String
    /// `[{k, pass_hat_k, pass_at_k, interval}]`.
    let curve: [JSONValue]

    private var points: [(k: Double, all: Double, any: Double, lower: Double, upper: Double)] {
        curve.compactMap { point in
            guard let k = point["k"]?.doubleValue, let all = point["pass_hat_k"]?.doubleValue,
                let any = point["pass_at_k"]?.doubleValue
            else { return nil }
            let ends = (point["interval"]?.arrayValue ?? []).compactMap(\.doubleValue)
            return (k, all, any, ends.first ?? all, ends.last ?? all)
        }
    }

    /// What the drawing says, in a sentence.
    var caption: String {
        guard let first = points.first, let last = points.last else { return "" }
        return "One trial succeeds with \(NumberText.percent(first.all)); all of \(Int(last.k)) with "
            + "\(NumberText.percent(last.all)), at least one of \(Int(last.k)) with \(NumberText.percent(last.any))."
    }

    /// The drawing with its words.
    var figure: HTML {
        let points = points
        let area = PlotArea(x: 1...Double(max(2, points.count)), y: 0...1)
        let band =
            points.map { (area.x($0.k), area.y($0.upper)) } + points.reversed().map { (area.x($0.k), area.y($0.lower)) }
        let dots =
            points.count > 24
            ? []
            : points.map { point -> HTML in
                """
                <circle class="dot hollow" cx="\(PlotArea.at(area.x(point.k)))" cy="\(PlotArea.at(area.y(point.any)))" r="3"/>\
                <circle class="dot" cx="\(PlotArea.at(area.x(point.k)))" cy="\(PlotArea.at(area.y(point.all)))" r="3.5"/>
                """
            }
        let step = max(1, (points.count + 7) / 8)
        let marks = points.map(\.k).filter { (Int($0) - 1) % step == 0 }
        let shapes: HTML = """
            \(area.yAxis([0, 0.25, 0.5, 0.75, 1]) { NumberText.fixed($0, digits: 2) })\
            <path class="band" d="\(PlotArea.path(band)) Z"/>\
            <path class="line faint" d="\(PlotArea.path(points.map { (area.x($0.k), area.y($0.any)) }))"/>\
            <path class="line" d="\(PlotArea.path(points.map { (area.x($0.k), area.y($0.all)) }))"/>\(dots)\
            \(area.xAxis(marks) { "\(Int($0))" })
            """
        let drawing = PlotArea.drawing(id: id, title: "pass^k and pass@k of \(title)", description: caption, shapes)
        return """
            <figure class="chart"><figcaption><strong>\(title)</strong> <span class="key"><i class="solid"></i>pass^k \
            <i class="open"></i>pass@k</span></figcaption>\(drawing)<p class="caption">\(caption)</p></figure>
            """
    }
}
