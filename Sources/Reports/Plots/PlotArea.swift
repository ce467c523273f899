/// A drawing with two axes: where a value stands, and the marks along the edges.
///
/// All drawings have the width of a phone's page, so that their words keep the size of the text around them everywhere.
struct PlotArea {
    static let width = 320.0
    static let height = 176.0
    private static let left = 40.0
    private static let right = 10.0
    private static let top = 10.0
    private static let bottom = 26.0

    let xRange: ClosedRange<Double>
    let yRange: ClosedRange<Double>

    /// Where the drawing's inside begins and ends.
    var minX: Double { Self.left }
    var maxX: Double { Self.width - Self.right }
    var minY: Double { Self.top }
    var maxY: Double { Self.height - Self.bottom }

    init(x: ClosedRange<Double>, y: ClosedRange<Double>) {
        xRange = x.lowerBound < x.upperBound ? x : x.lowerBound...(x.lowerBound + 1)
        yRange = y.lowerBound < y.upperBound ? y : y.lowerBound...(y.lowerBound + 1)
    }

    func x(_ value: Double) -> Double {
        let share = (value - xRange.lowerBound) / (xRange.upperBound - xRange.lowerBound)
        return minX + min(max(share, 0), 1) * (maxX - minX)
    }

    func y(_ value: Double) -> Double {
        let share = (value - yRange.lowerBound) / (yRange.upperBound - yRange.lowerBound)
        return maxY - min(max(share, 0), 1) * (maxY - minY)
    }

    /// A coordinate as text, with a tenth of a pixel.
    static func at(_ value: Double) -> String { NumberText.fixed(value, digits: 1) }

    /// Lines across and words on the left.
    func yAxis(_ marks: [Double], _ label: (Double) -> String) -> HTML {
        let lines = marks.map { mark -> HTML in
            let place = Self.at(y(mark))
            return """
                <line class="grid" x1="\(Self.at(minX))" x2="\(Self.at(maxX))" y1="\(place)" y2="\(place)"/>\
                <text class="tick end" x="\(Self.at(minX - 6))" y="\(Self.at(y(mark) + 3.5))">\(label(mark))</text>
                """
        }
        return "\(lines)"
    }

    /// Words below.
    func xAxis(_ marks: [Double], _ label: (Double) -> String) -> HTML {
        let words = marks.map { mark -> HTML in
            let place = x(mark)
            // The words at the ends stay inside of the drawing.
            let side = place > maxX - 14 ? "end" : place < minX + 6 ? "start" : "middle"
            return """
                <text class="tick \(side)" x="\(Self.at(place))" y="\(Self.at(maxY + 16))">\(label(mark))</text>
                """
        }
        let base = Self.at(maxY)
        return
            "<line class=\"axis\" x1=\"\(Self.at(minX))\" x2=\"\(Self.at(maxX))\" y1=\"\(base)\" y2=\"\(base)\"/>\(words)"
    }

    /// The drawing with its name and its description for those who do not see it.
    static func drawing(id: String, title: String, description: String, _ shapes: HTML) -> HTML {
        """
        <svg class="plot" viewBox="0 0 \(Int(width)) \(Int(height))" role="img" aria-labelledby="\(id)-t \(id)-d">\
        <title id="\(id)-t">\(title)</title><desc id="\(id)-d">\(description)</desc>\(shapes)</svg>
        """
    }

    /// A path through points, in the drawing's coordinates.
    static func path(_ points: [(x: Double, y: Double)]) -> String {
        points.enumerated().map { "\($0.offset == 0 ? "M" : "L")\(at($0.element.x)) \(at($0.element.y))" }
            .joined(separator: " ")
    }
}
