extension Duration {
    /// Whole milliseconds, rounded up, at least 0 and at most what a C `int` holds.
    var millisecondsRoundedUp: Int {
        let (seconds, attoseconds) = components
        guard seconds < Int64(Int32.max) / 1000 else { return Int(Int32.max) }
        let rest = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int(max(0, seconds * 1000 + rest))
    }
}
