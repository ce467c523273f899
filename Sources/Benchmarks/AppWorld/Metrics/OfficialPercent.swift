import Engine

/// AppWorld's percentages, rounded twice as it rounds them: the share to four decimals, its hundredfold to one.
enum OfficialPercent {
    /// The percentage that a share comes to; 0 where there is nothing.
    static func of(share: Double?) -> Double {
        guard let share, share.isFinite else { return 0 }
        return rounded(100 * rounded(share, 4), 1)
    }

    /// The percentage of `passed` among `total`.
    static func of(_ passed: Int, among total: Int) -> Double {
        of(share: total == 0 ? nil : Double(passed) / Double(total))
    }

    private static func rounded(_ value: Double, _ decimals: Int32) -> Double {
        // What was written as a number is read as one.
        Double(FixedDecimals.text(value, decimals: decimals)) ?? value
    }
}
