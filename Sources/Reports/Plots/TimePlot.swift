/// Something that changes over time: filled where it is a count of things, as a line where it is a limit of them.
struct TimePlot {
    /// One thing that is drawn.
    struct Series {
        /// Its name.
        var name: String
        /// The value from each moment on.
        var points: [(time: Double, value: Double)]
        /// Whether the ground below it is filled.
        var isFilled: Bool
    }

    let id: String
    let title: String
    let caption: String
    let series: [Series]
    /// Moments worth a mark, each with a word.
    var events: [(time: Double, word: String)] = []

    /// The drawing with its words; nil where there is nothing to draw.
    var figure: HTML? {
        let all = series.flatMap(\.points)
        guard let last = all.map(\.time).max(), let highest = all.map(\.value).max(), all.count > 1 else { return nil }
        let area = PlotArea(x: 0...last, y: 0...max(1, highest * 1.05))
        let lines = series.map { line($0, area) }
        let marks = events.prefix(80).map { event -> HTML in
            let x = PlotArea.at(area.x(event.time))
            return """
                <line class="event" x1="\(x)" x2="\(x)" y1="\(PlotArea.at(area.maxY - 7))" y2="\(PlotArea.at(area.maxY))">\
                <title>\(event.word) at \(NumberText.duration(event.time))</title></line>
                """
        }
        let yMarks = NiceNumbers.marks(from: 0, to: max(1, highest), about: 3).filter { $0 == $0.rounded() }
        let xMarks = NiceNumbers.marks(from: 0, to: last, about: 3)
        let shapes: HTML = """
            \(area.yAxis(yMarks) { NumberText.count(Int($0)) })\(lines)\(Array(marks))\
            \(area.xAxis(xMarks) { $0 == 0 ? "0" : NumberText.duration($0) })
            """
        let key: HTML? =
            series.count < 2
            ? nil
            : "<span class=\"key\">\(series.map { "<i class=\"\($0.isFilled ? "block" : "solid")\"></i>\($0.name) " as HTML })</span>"
        return """
            <figure class="chart"><figcaption><strong>\(title)</strong> \(key)</figcaption>\
            \(PlotArea.drawing(id: id, title: title, description: caption, shapes))<p class="caption">\(caption)</p></figure>
            """
    }

    /// Steps: a value holds until the next one.
    private func line(_ series: Series, _ area: PlotArea) -> HTML {
        var path: [(x: Double, y: Double)] = []
        for (place, point) in series.points.enumerated() {
            if place > 0 { path.append((area.x(point.time), path[path.count - 1].y)) }
            path.append((area.x(point.time), area.y(point.value)))
        }
        guard let first = path.first, let last = path.last else { return "" }
        guard series.isFilled else { return "<path class=\"line\" d=\"\(PlotArea.path(path))\"/>" }
        let closed = [(x: first.x, y: area.maxY)] + path + [(x: last.x, y: area.maxY)]
        return "<path class=\"area\" d=\"\(PlotArea.path(closed)) Z\"/>"
    }
}
