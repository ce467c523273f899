/// How hard a workout is, as its record says.
public enum SportIntensity: String, Sendable, Hashable, CaseIterable {
    /// Light.
    case light
    /// Moderate.
    case moderate
    /// Vigorous.
    case vigorous

    /// The intensities of its minutes and how likely each is.
    var minuteMix: [(level: Int, weight: Double)] {
        switch self {
        case .light: [(1, 0.85), (0, 0.15)]
        case .moderate: [(2, 0.70), (1, 0.20), (3, 0.10)]
        case .vigorous: [(3, 0.85), (2, 0.15)]
        }
    }
}

/// What a minute of a workout measures, by the minute's intensity.
struct MinuteLevel {
    let steps: ClosedRange<Double>
    let mets: ClosedRange<Double>
    let calories: ClosedRange<Double>

    /// By intensity 0 to 3.
    static let all = [
        MinuteLevel(steps: 0...25, mets: 10...15, calories: 0.9...1.6),
        MinuteLevel(steps: 40...60, mets: 20...40, calories: 3...5),
        MinuteLevel(steps: 60...80, mets: 40...80, calories: 6...10),
        MinuteLevel(steps: 80...100, mets: 80...120, calories: 9...14),
    ]
}
