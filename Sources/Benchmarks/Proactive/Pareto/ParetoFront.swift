public import Evaluation
public import JSON

/// Points with those that no other point dominates.
public struct ParetoFront: Sendable {
    /// All points, by cost, then by success, then by name.
    public let points: [ParetoPoint]
    /// The places of the points that no other dominates.
    public let front: [Int]
    /// What was measured.
    public let measure: SuccessMeasure

    /// Finds the front.
    public init(_ points: [ParetoPoint], measure: SuccessMeasure = .taskSuccess) {
        let sorted = points.sorted { ($0.cost, -$0.success, $0.name) < ($1.cost, -$1.success, $1.name) }
        self.points = sorted
        self.measure = measure
        front = sorted.indices.filter { place in !sorted.contains { $0.dominates(sorted[place]) } }
    }

    /// The points and the front as `pareto.json` holds them.
    public var json: JSONValue {
        let onFront = Set(front)
        return [
            "x": "avg_interrupt_cost", "y": .string(measure.rawValue),
            "points": .array(
                points.enumerated().map { place, point in
                    var object = point.json
                    object["on_front"] = .bool(onFront.contains(place))
                    return .object(object)
                }),
            "front": .array(front.map { .string(points[$0].name) }),
        ]
    }

    /// The points as a table with a heading.
    public var csv: String {
        let onFront = Set(front)
        var text = "name,kind,alpha,avg_interrupt_cost,success,clarify_rate,on_front\n"
        for (place, point) in points.enumerated() {
            let cells = [
                Self.quoted(point.name), point.kind.rawValue, point.alpha.map { JSONValue($0).text() } ?? "",
                JSONValue(point.cost).text(), JSONValue(point.success).text(),
                point.clarifyRate.map { JSONValue($0).text() } ?? "", onFront.contains(place) ? "1" : "0",
            ]
            text += cells.joined(separator: ",") + "\n"
        }
        return text
    }

    /// The files `pareto.json`, `pareto.csv` and `pareto.svg`.
    public var files: [String: [UInt8]] {
        [
            "pareto.json": ProactiveFiles.bytes(of: json), "pareto.csv": Array(csv.utf8),
            "pareto.svg": Array(svg.utf8),
        ]
    }

    /// Writes ``files`` into a directory.
    ///
    /// Throws ``EvaluationError`` when the disk does not allow it.
    public func write(to directory: String) throws(EvaluationError) {
        try ProactiveFiles.write(files, to: directory)
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
