import Reports

/// Moments as other programs' formats have them.
enum TimeStamp {
    /// A moment in seconds since 1970 as `2026-03-01T12:30:45`.
    static func utc(_ seconds: Double) -> String { String(TimeText.utc(seconds).dropLast()) }

    /// The same with its distance from Greenwich: `2026-03-01T12:30:45+00:00`.
    static func offset(_ seconds: Double) -> String { utc(seconds) + "+00:00" }
}
