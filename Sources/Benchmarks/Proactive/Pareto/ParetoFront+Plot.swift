import Statistics

extension ParetoFront {
    /// The plot as a stand-alone SVG: all points, their intervals, and the front joined by a line.
    public var svg: String {
        var costs = [0.0]
        var successes: [Double] = []
        for point in points {
            costs += [point.cost, point.costInterval?.lower, point.costInterval?.upper].compactMap { $0 }
            successes += [point.success, point.successInterval?.lower, point.successInterval?.upper].compactMap { $0 }
        }
        var surface = PlotSurface(
            title: "Success against interruption",
            x: PlotAxis("mean interruption cost (less is better)", around: costs),
            y: PlotAxis("\(measure.label) (more is better)", around: successes, bounds: 0...100))
        for point in points {
            if let ends = point.costInterval {
                surface.line([(ends.lower, point.success), (ends.upper, point.success)], class: "spread")
            }
            if let ends = point.successInterval {
                surface.line([(point.cost, ends.lower), (point.cost, ends.upper)], class: "spread")
            }
        }
        surface.line(front.map { (points[$0].cost, points[$0].success) }, class: "front-line")
        let onFront = Set(front)
        for (place, point) in points.enumerated() {
            surface.mark(
                (point.cost, point.success), shape: Self.shape(of: point.kind),
                class: onFront.contains(place) ? "front" : Self.style(of: point.kind), tip: Self.tip(point))
        }
        for group in coinciding { surface.label(Self.label(of: group), at: (group[0].cost, group[0].success)) }
        var legend = ParetoPoint.Kind.allCases.filter { kind in points.contains { $0.kind == kind } }.map { kind in
            (shape: Self.shape(of: kind), class: Self.style(of: kind), text: Self.name(of: kind))
        }
        legend.append((shape: .circle, class: "front", text: "filled: no other is better"))
        surface.legend(legend)
        return surface.svg
    }

    /// Points that would be drawn over each other, so that they share a label.
    private var coinciding: [[ParetoPoint]] {
        var groups: [[ParetoPoint]] = []
        for point in points {
            let place = groups.firstIndex { group in
                abs(group[0].cost - point.cost) < 1e-9 && abs(group[0].success - point.success) < 1e-9
            }
            if let place { groups[place].append(point) } else { groups.append([point]) }
        }
        return groups
    }

    private static func label(of group: [ParetoPoint]) -> String {
        let sweep = group.compactMap(\.alpha).sorted()
        var names = group.filter { $0.alpha == nil }.map(\.name)
        if let first = sweep.first, let last = sweep.last {
            names.append(first == last ? "α \(shown(first))" : "α \(shown(first))–\(shown(last))")
        }
        let kept = names.prefix(3).joined(separator: ", ")
        return names.count > 3 ? "\(kept), +\(names.count - 3)" : kept
    }

    /// As few decimals as tell the number.
    private static func shown(_ value: Double) -> String {
        var text = FixedText.text(value, decimals: 3)
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }

    private static func tip(_ point: ParetoPoint) -> String {
        "\(point.name): cost \(FixedText.text(point.cost, decimals: 3)), "
            + "\(FixedText.text(point.success, decimals: 1)) %"
    }

    private static func shape(of kind: ParetoPoint.Kind) -> MarkShape {
        switch kind {
        case .policy: .square
        case .baseline: .diamond
        case .sweep: .circle
        }
    }

    private static func style(of kind: ParetoPoint.Kind) -> String {
        switch kind {
        case .policy: "third"
        case .baseline: "second"
        case .sweep: "inner"
        }
    }

    private static func name(of kind: ParetoPoint.Kind) -> String {
        switch kind {
        case .policy: "policy"
        case .baseline: "baseline"
        case .sweep: "trained for α"
        }
    }
}
