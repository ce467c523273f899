/// Draws how loss and accuracy went during training.
struct TrainingCurvePlot: Sendable {
    private struct Series {
        var style: String
        var text: String
        var points: [(x: Double, y: Double)]
    }

    private let points: [TrainingPoint]
    private let unit: String

    /// `unit` says what steps are: `epoch` or `optimizer step`.
    init(_ points: [TrainingPoint], unit: String) {
        self.points = points
        self.unit = unit
    }

    /// The drawing; losses and accuracies share the vertical axis, both being of the order of one.
    var svg: String {
        let series = [
            Series(style: "first", text: "loss, training", points: points.map { ($0.step, $0.loss) }),
            Series(style: "second", text: "loss, held out", points: along(\.heldOutLoss)),
            Series(style: "third", text: "accuracy, held out", points: along(\.heldOutAccuracy)),
            // A language model's trainer measures its accuracy on what it trains on, step by step.
            Series(
                style: "third", text: "accuracy, training",
                points: along(\.heldOutAccuracy).isEmpty ? along(\.accuracy) : []),
        ].filter { !$0.points.isEmpty }
        var values: [Double] = [0, 1]
        for line in series { values += line.points.map(\.y) }
        var surface = PlotSurface(
            title: "Training", x: PlotAxis(unit, around: points.map(\.step) + [0], padding: 0),
            y: PlotAxis("loss and accuracy", around: values, padding: 0))
        for line in series { surface.line(line.points, class: line.style) }
        surface.legend(series.map { (MarkShape.dash, $0.style, $0.text) })
        return surface.svg
    }

    private func along(_ value: KeyPath<TrainingPoint, Double?>) -> [(x: Double, y: Double)] {
        points.compactMap { point in point[keyPath: value].map { (point.step, $0) } }
    }
}
