import Glibc

/// A value axis with round ticks.
struct PlotAxis: Sendable {
    let label: String
    let lower: Double
    let upper: Double
    let ticks: [Double]
    private let decimals: Int32

    /// An axis around values; `bounds` are never left, such as 0 and 100 of a percentage.
    init(_ label: String, around values: [Double], bounds: ClosedRange<Double>? = nil, padding: Double = 0.08) {
        let finite = values.filter(\.isFinite)
        let low = finite.min() ?? 0
        let high = finite.max() ?? 1
        // A single value still needs an axis of some length.
        let span = high > low ? high - low : max(0.1, low.magnitude * 0.2)
        let from = bounds.map { max($0.lowerBound, low - span * padding) } ?? low - span * padding
        let to = bounds.map { min($0.upperBound, high + span * padding) } ?? high + span * padding
        let step = Self.step(for: max(to - from, 1e-9))
        self.label = label
        lower = from
        upper = max(to, from + step)
        // A tick that is an end but for rounding is inside.
        let first = (from / step - 1e-9).rounded(.up)
        let last = (upper / step + 1e-9).rounded(.down)
        ticks = stride(from: first, through: last, by: 1).map { $0 * step }
        decimals = Int32(max(0, -Decimal.exponent(of: step)))
    }

    /// 1, 2 or 5 times a power of ten, for four to eight ticks.
    private static func step(for span: Double) -> Double {
        let rough = span / 7
        let power = pow(10, floor(log10(rough)))
        let factor = [1.0, 2, 5, 10].first { $0 * power >= rough * 0.999 } ?? 10
        return factor * power
    }

    func text(_ tick: Double) -> String { FixedText.text(tick == 0 ? 0 : tick, decimals: decimals) }

    /// Where a value stands, from 0 to 1.
    func share(_ value: Double) -> Double { min(max((value - lower) / (upper - lower), 0), 1) }

    private enum Decimal {
        /// The decimal exponent of a round step: -2 of 0.05.
        static func exponent(of step: Double) -> Int { Int(floor(log10(step) + 1e-9)) }
    }
}
