/// Draws a time series as one SVG document, which needs nothing but itself.
struct PlotDrawing {
    /// How far apart the values are.
    enum Granularity: String {
        case minute
        case hour
        case day

        var minutes: Int {
            switch self {
            case .minute: 1
            case .hour: 60
            case .day: 1440
            }
        }
    }

    /// The most points that are drawn; longer series are drawn by the highest and lowest of neighbours.
    private static let pointLimit = 2000
    private static let size = (width: 720.0, height: 320.0)
    private static let frame = (left: 64.0, right: 704.0, top: 36.0, bottom: 272.0)

    let start: DayTime
    let granularity: Granularity
    let values: [Double]
    let unit: String

    var svg: String {
        let (low, high) = bounds
        let points = drawnPoints.map { index, value in
            "\(number(x(of: index))),\(number(y(of: value, low, high)))"
        }.joined(separator: " ")
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 320" width="720" height="320" \
            font-family="sans-serif" font-size="11">
            <rect width="720" height="320" fill="#ffffff"/>
            <text x="64" y="22" font-size="13" fill="#1f2933">\(escaped(title))</text>
            \(grid(low, high))
            <line x1="64" y1="272" x2="704" y2="272" stroke="#9aa5b1"/>
            \(timeLabels)
            <polyline points="\(points)" fill="none" stroke="#2563eb" stroke-width="1.6" stroke-linejoin="round"/>
            \(markers(low, high))</svg>

            """
    }

    private var title: String {
        "\(values.count) values by the \(granularity.rawValue) from \(start), in \(String(unit.prefix(40)))"
    }

    /// The scale: from zero where the values allow it, with some room above.
    private var bounds: (low: Double, high: Double) {
        let lowest = values.min() ?? 0
        let highest = values.max() ?? 1
        let low = lowest >= 0 && lowest < highest * 0.6 ? 0 : lowest
        let spread = highest - low
        return (low, spread > 0 ? highest + spread * 0.05 : highest + max(1, highest.magnitude * 0.05))
    }

    private var drawnPoints: [(index: Int, value: Double)] {
        guard values.count > Self.pointLimit else { return values.enumerated().map { ($0, $1) } }
        let step = (values.count * 2 + Self.pointLimit - 1) / Self.pointLimit
        return stride(from: 0, to: values.count, by: step).flatMap { first in
            let chunk = first..<min(first + step, values.count)
            let lowest = chunk.min { values[$0] < values[$1] } ?? first
            let highest = chunk.max { values[$0] < values[$1] } ?? first
            return [lowest, highest].sorted().map { ($0, values[$0]) }
        }
    }

    private func x(of index: Int) -> Double {
        let span = Double(max(values.count - 1, 1))
        return Self.frame.left + (Self.frame.right - Self.frame.left) * Double(index) / span
    }

    private func y(of value: Double, _ low: Double, _ high: Double) -> Double {
        Self.frame.bottom - (Self.frame.bottom - Self.frame.top) * (value - low) / (high - low)
    }

    private func grid(_ low: Double, _ high: Double) -> String {
        (0...4).map { step in
            let value = low + (high - low) * Double(step) / 4
            let height = number(y(of: value, low, high))
            return """
                <line x1="64" y1="\(height)" x2="704" y2="\(height)" stroke="#e4e7eb"/>\
                <text x="58" y="\(height)" dy="4" text-anchor="end" fill="#52606d">\(label(value))</text>
                """
        }.joined(separator: "\n")
    }

    private var timeLabels: String {
        let count = min(values.count, 6)
        return (0..<count).map { step in
            let index = count > 1 ? step * (values.count - 1) / (count - 1) : 0
            let time = start.adding(minutes: index * granularity.minutes)
            let text =
                granularity == .day ? "\(time.day)" : "\(time.day)".dropFirst(5) + " " + clockText(time.minuteOfDay)
            return """
                <text x="\(number(x(of: index)))" y="290" text-anchor="middle" fill="#52606d">\(text)</text>
                """
        }.joined(separator: "\n")
    }

    /// Dots, where there are few enough to tell them apart.
    private func markers(_ low: Double, _ high: Double) -> String {
        guard values.count <= 60 else { return "" }
        return values.enumerated().map { index, value in
            """
            <circle cx="\(number(x(of: index)))" cy="\(number(y(of: value, low, high)))" r="2.6" fill="#2563eb">\
            <title>\(label(value))</title></circle>

            """
        }.joined()
    }

    private func number(_ value: Double) -> String { "\(roundedLikePython(value, 1))" }

    private func label(_ value: Double) -> String {
        let rounded = roundedLikePython(value, value.magnitude < 10 ? 2 : 0)
        return rounded == rounded.rounded() && rounded.magnitude < 1e15 ? "\(Int(rounded))" : "\(rounded)"
    }

    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case _ where scalar.value < 0x20: result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
