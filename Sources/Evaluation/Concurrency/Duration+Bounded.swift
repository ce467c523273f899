extension Duration {
    /// Seconds that came from outside, between none and thirty years: more would overflow what clocks count in.
    public static func bounded(seconds: Double) -> Duration {
        // What is not a number is not greater than anything.
        .seconds(seconds > 0 ? min(seconds, longestSeconds) : 0)
    }

    /// Whole seconds that came from outside, between none and thirty years.
    public static func bounded(seconds: Int) -> Duration { bounded(seconds: Double(seconds)) }

    /// Thirty years and some, in seconds: the longest that anybody can be made to wait.
    public static let longestSeconds = 1e9
}
