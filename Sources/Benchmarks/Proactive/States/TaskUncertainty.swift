/// Estimates from its words how clear a request is.
///
/// A rule of thumb over length, questions, hedges and specific terms. The scale is that of
/// ``ProactiveState/taskUncertainty``: 0 is very unclear, 1 is clear.
public enum TaskUncertainty {
    private static let hedges = [
        "maybe", "perhaps", "could", "might", "uncertain", "not sure", "not clear", "unclear",
    ]
    private static let terms = [
        "def ", "function", "import ", "class ", "should output", "should return", "should raise", "test", "test case",
        "example", "parameter", "argument", "input", "output", "error", "exception", "traceback",
    ]

    /// The estimate for a request, from 0 to 1.
    ///
    /// Of a request with a dialogue below it, only what stands before the dialogue counts.
    public static func estimate(_ query: String) -> Double {
        let text = request(in: query)
        guard text.contains(where: { !$0.isWhitespace }) else { return 0.2 }
        let lower = text.lowercased()
        let length = text.unicodeScalars.count
        var hundredths = 50
        if length < 100 {
            hundredths -= 20
        } else if (200...1500).contains(length) {
            hundredths += 10
        } else if length > 3000 {
            hundredths -= 10
        }
        hundredths -= 10 * min(3, text.unicodeScalars.count { $0 == "?" })
        hundredths -= 15 * min(2, hedges.count { lower.contains($0) })
        let specific = terms.count { lower.contains($0) }
        hundredths += specific >= 3 ? 20 : specific >= 1 ? 10 : 0
        if lower.contains("error") || lower.contains("traceback") || lower.contains("exception") { hundredths += 10 }
        if lower.contains("test"), lower.contains("case") || lower.contains("example") { hundredths += 10 }
        if lower.contains("input"), lower.contains("output") { hundredths += 10 }
        return Double(max(0, min(100, hundredths))) / 100
    }

    /// What the user asked for at first: everything before the first line of the dialogue.
    public static func request(in query: String) -> String {
        var lines: [Substring] = []
        for line in query.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("[Assistant]:") || line.hasPrefix("[User]:") {
                while lines.last?.isEmpty == true { lines.removeLast() }
                break
            }
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }
}
