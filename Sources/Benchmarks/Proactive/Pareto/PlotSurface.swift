/// A drawing with two axes, as a stand-alone SVG that follows the reader's light or dark scheme.
struct PlotSurface: Sendable {
    let title: String
    let x: PlotAxis
    let y: PlotAxis
    private(set) var shapes: [String] = []
    /// What is taken: labels do not go there.
    private var boxes: [Box] = []
    /// Pieces of lines: labels go there only where there is no better place.
    private var strokes: [Box] = []

    static let width = 760.0
    static let height = 480.0
    static let left = 72.0
    static let right = 24.0
    static let top = 64.0
    static let bottom = 62.0

    init(title: String, x: PlotAxis, y: PlotAxis) {
        self.title = title
        self.x = x
        self.y = y
        grid()
    }

    /// A rectangle of the drawing.
    struct Box: Sendable {
        var left: Double
        var top: Double
        var right: Double
        var bottom: Double

        func meets(_ other: Box) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    func place(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
        (
            Self.left + x.share(point.x) * (Self.width - Self.left - Self.right),
            Self.height - Self.bottom - y.share(point.y) * (Self.height - Self.top - Self.bottom)
        )
    }

    /// Joins points by a line of a class.
    mutating func line(_ points: [(x: Double, y: Double)], class name: String) {
        guard points.count > 1 else { return }
        for (from, to) in zip(points.map(place), points.map(place).dropFirst()) { keepOff(from, to) }
        let path = points.map(place).map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
        shapes.append("<polyline class=\"\(name)\" points=\"\(path)\"/>")
    }

    private mutating func keepOff(_ from: (x: Double, y: Double), _ to: (x: Double, y: Double)) {
        let pieces = max(1, Int(max(abs(to.x - from.x), abs(to.y - from.y)) / 6))
        for piece in 0...pieces {
            let share = Double(piece) / Double(pieces)
            let (x, y) = (from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)
            strokes.append(Box(left: x - 1, top: y - 1, right: x + 1, bottom: y + 1))
        }
    }

    /// Draws a mark, and keeps labels off it.
    mutating func mark(_ point: (x: Double, y: Double), shape: MarkShape, class name: String, tip: String) {
        let (x, y) = place(point)
        shapes.append("<g class=\"\(name)\"><title>\(Self.escaped(tip))</title>\(shape.svg(x, y))</g>")
        boxes.append(Box(left: x - 7, top: y - 7, right: x + 7, bottom: y + 7))
    }

    /// Writes a label beside a point, where there is room.
    mutating func label(_ text: String, at point: (x: Double, y: Double)) {
        let (x, y) = place(point)
        let width = Double(text.count) * 6.5
        let candidates: [(x: Double, y: Double, anchor: String, left: Double)] = [
            (x + 11, y + 4, "start", x + 11), (x - 11, y + 4, "end", x - 11 - width),
            (x, y - 12, "middle", x - width / 2), (x, y + 21, "middle", x - width / 2),
            (x + 9, y - 10, "start", x + 9), (x + 9, y + 19, "start", x + 9),
            (x - 9, y - 10, "end", x - 9 - width), (x - 9, y + 19, "end", x - 9 - width),
            (x, y - 27, "middle", x - width / 2), (x, y + 36, "middle", x - width / 2),
        ]
        func box(_ place: (x: Double, y: Double, anchor: String, left: Double)) -> Box {
            Box(left: place.left, top: place.y - 11, right: place.left + width, bottom: place.y + 3)
        }
        let room = Box(left: Self.left, top: Self.top - 8, right: Self.width, bottom: Self.height - Self.bottom)
        let inside = candidates.filter { candidate in
            let own = box(candidate)
            return own.left >= room.left && own.right <= room.right && own.top >= room.top && own.bottom <= room.bottom
        }
        func burden(_ place: (x: Double, y: Double, anchor: String, left: Double)) -> Int {
            let own = box(place)
            return boxes.count { $0.meets(own) } * 100 + strokes.count { $0.meets(own) }
        }
        // Where nothing fits, such as a very long name, the text begins at the left border.
        let fallback = (x: Self.left, y: max(y - 12, Self.top + 4), anchor: "start", left: Self.left)
        let chosen = inside.min { burden($0) < burden($1) } ?? fallback
        boxes.append(box(chosen))
        write(text, chosen.x, chosen.y, "class=\"label\" text-anchor=\"\(chosen.anchor)\"")
    }

    /// Explains the marks, in a row below the title.
    mutating func legend(_ entries: [(shape: MarkShape, class: String, text: String)]) {
        var at = Self.left
        for entry in entries {
            shapes.append("<g class=\"\(entry.class)\">\(entry.shape.svg(at + 6, 46))</g>")
            write(entry.text, at + 18, 50, "class=\"label\"")
            at += 18 + Double(entry.text.count) * 6.7 + 22
        }
    }

    private mutating func grid() {
        let (from, to) = (Self.height - Self.bottom, Self.top)
        for tick in x.ticks {
            let at = place((tick, y.lower)).x
            shapes.append(Self.rule(at, from, at, to))
            write(x.text(tick), at, from + 18, "class=\"tick\" text-anchor=\"middle\"")
        }
        for tick in y.ticks {
            let at = place((x.lower, tick)).y
            shapes.append(Self.rule(Self.left, at, Self.width - Self.right, at))
            write(y.text(tick), Self.left - 10, at + 4, "class=\"tick\" text-anchor=\"end\"")
        }
        write(title, Self.left, 26, "class=\"title\"")
        write(
            x.label, (Self.left + Self.width - Self.right) / 2, Self.height - 16,
            "class=\"axis\" text-anchor=\"middle\"")
        let middle = (Self.top + Self.height - Self.bottom) / 2
        write(
            y.label, 20, middle,
            "class=\"axis\" text-anchor=\"middle\" transform=\"rotate(-90 20 \(Self.number(middle)))\"")
    }

    private mutating func write(_ text: String, _ x: Double, _ y: Double, _ style: String) {
        shapes.append(
            "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" \(style)>\(Self.escaped(text))</text>")
    }

    private static func rule(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
        "<line class=\"grid\" x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\"/>"
    }

    static func number(_ value: Double) -> String { FixedText.text(value, decimals: 1) }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    /// The whole drawing.
    var svg: String {
        let size = "0 0 \(Self.number(Self.width)) \(Self.number(Self.height))"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" class="gage-plot" viewBox="\(size)" \
            width="\(Self.number(Self.width))" height="\(Self.number(Self.height))" role="img" \
            aria-label="\(Self.escaped(title))">
            <style>\(Self.style)</style>
            <rect class="ground" width="100%" height="100%"/>
            \(shapes.joined(separator: "\n"))
            </svg>

            """
    }

    private static let style = """
        .gage-plot { --ground: #ffffff; --ink: #1d2327; --faint: #66707a; --line: #e3e6e8; --mark: #2456a6;
          --other: #94650a; --good: #1d7a4c; font: 12px system-ui, "Segoe UI", "Liberation Sans", sans-serif; }
        @media (prefers-color-scheme: dark) {
          .gage-plot { --ground: #1c2024; --ink: #e6e8ea; --faint: #9aa4ad; --line: #343a40; --mark: #8ab4f8;
            --other: #e3b354; --good: #6fcf9b; }
        }
        .gage-plot .ground { fill: var(--ground); }
        .gage-plot .grid { stroke: var(--line); stroke-width: 1; }
        .gage-plot text { fill: var(--ink); paint-order: stroke; stroke: var(--ground); stroke-width: 3px; }
        .gage-plot .tick { fill: var(--faint); }
        .gage-plot .axis { fill: var(--faint); font-size: 13px; }
        .gage-plot .title { font-size: 16px; font-weight: 600; }
        .gage-plot polyline { fill: none; stroke-width: 2; stroke-linejoin: round; stroke: var(--mark); }
        .gage-plot polyline.second { stroke: var(--other); }
        .gage-plot polyline.third { stroke: var(--good); stroke-dasharray: 5 4; }
        .gage-plot g.first { fill: var(--mark); stroke: var(--mark); }
        .gage-plot g.second { fill: var(--ground); stroke: var(--other); stroke-width: 2; }
        .gage-plot g.third { fill: var(--ground); stroke: var(--good); stroke-width: 2; }
        .gage-plot .front { fill: var(--mark); stroke: var(--ground); stroke-width: 1.5; }
        .gage-plot .inner { fill: var(--ground); stroke: var(--mark); stroke-width: 2; }
        .gage-plot polyline.front-line { stroke: var(--mark); stroke-opacity: .55; }
        .gage-plot polyline.spread { stroke: var(--faint); stroke-opacity: .35; stroke-width: 1.2; }
        """
}

/// What a mark looks like.
enum MarkShape: Sendable {
    case circle
    case diamond
    case square
    case dash

    func svg(_ x: Double, _ y: Double) -> String {
        let n = PlotSurface.number
        switch self {
        case .circle: return "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"5\"/>"
        case .square: return "<rect x=\"\(n(x - 4.5))\" y=\"\(n(y - 4.5))\" width=\"9.0\" height=\"9.0\"/>"
        case .diamond:
            return
                "<path d=\"M\(n(x)) \(n(y - 6.5))L\(n(x + 6.5)) \(n(y))L\(n(x)) \(n(y + 6.5))L\(n(x - 6.5)) \(n(y))Z\"/>"
        case .dash:
            return "<line x1=\"\(n(x - 7))\" y1=\"\(n(y))\" x2=\"\(n(x + 7))\" y2=\"\(n(y))\" stroke-width=\"3\"/>"
        }
    }
}
