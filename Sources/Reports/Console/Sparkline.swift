import JSON

/// A histogram of a few characters: `▂▁█▅ 1 … 15, median 3`.
struct Sparkline {
    private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    /// The most characters of the histogram itself.
    private static let width = 24

    /// The histogram and its words.
    let line: String

    /// Draws a distribution as `summary.json` has it; nil where there is nothing to draw.
    init?(_ distribution: JSONValue?, label: (Double) -> String) {
        guard let counts = distribution?.at("bins.counts")?.arrayValue?.compactMap(\.intValue), counts.count > 1,
            let least = distribution?["min"]?.doubleValue, let most = distribution?["max"]?.doubleValue,
            let middle = distribution?["p50"]?.doubleValue
        else { return nil }
        let heights = Self.joined(counts)
        let top = heights.max() ?? 1
        let bars = heights.map { height -> Character in
            guard height > 0, top > 0 else { return " " }
            return Self.blocks[min(Self.blocks.count - 1, height * Self.blocks.count / (top + 1))]
        }
        line = "\(String(bars))  \(label(least)) … \(label(most)), median \(label(middle))"
    }

    /// Neighbours joined, until they are few enough.
    private static func joined(_ counts: [Int]) -> [Int] {
        let step = (counts.count + width - 1) / width
        return stride(from: 0, to: counts.count, by: step).map { start in
            counts[start..<min(start + step, counts.count)].reduce(0, +)
        }
    }
}
