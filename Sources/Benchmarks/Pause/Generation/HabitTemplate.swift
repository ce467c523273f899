/// How a user trains: how often, how long, how hard, what, and when.
public struct HabitTemplate: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Training days in a natural week.
    public var daysPerWeek: ClosedRange<Int>
    /// Minutes of one workout.
    public var minutes: ClosedRange<Int>
    /// How hard workouts are.
    public var intensities: [Weighted<SportIntensity>]
    /// Names of the sports.
    public var sports: [Weighted<String>]
    /// The times of day.
    public var patterns: [Weighted<DayPattern>]

    /// A choice and how often it is taken.
    public struct Weighted<Choice: Sendable & Hashable>: Sendable, Hashable {
        /// The choice.
        public var choice: Choice
        /// Its weight; those of a list sum to 1.
        public var weight: Double
    }

    /// The windows of a training day, one workout in each.
    public struct DayPattern: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Minutes of the day, the end excluded.
        public var windows: [Range<Int>]

        static let evening = DayPattern(name: "evening_single", windows: [1080..<1260])
        static let morning = DayPattern(name: "morning_single", windows: [360..<540])
        static let both = DayPattern(name: "morning_evening", windows: [360..<540, 1080..<1260])
        static let split = DayPattern(name: "evening_double_split", windows: [1080..<1170, 1170..<1260])
    }

    /// The six templates.
    public static let all: [HabitTemplate] = [
        .init(
            "runner_focus", days: 4...6, minutes: 35...65, [(.moderate, 0.65), (.vigorous, 0.35)],
            [("running", 0.75), ("interval_run", 0.25)],
            [(.evening, 0.55), (.morning, 0.10), (.both, 0.25), (.split, 0.10)]),
        .init(
            "casual_jogger", days: 2...4, minutes: 25...45, [(.light, 0.55), (.moderate, 0.45)],
            [("jogging", 0.7), ("easy_run", 0.3)], [(.evening, 0.6), (.morning, 0.4)]),
        .init(
            "morning_discipline", days: 3...5, minutes: 30...55, [(.moderate, 0.7), (.vigorous, 0.3)],
            [("running", 0.6), ("tempo_run", 0.4)], [(.morning, 0.75), (.both, 0.25)]),
        .init(
            "busy_professional", days: 2...3, minutes: 30...50, [(.moderate, 0.6), (.vigorous, 0.4)],
            [("running", 0.5), ("interval_run", 0.5)], [(.evening, 0.85), (.split, 0.15)]),
        .init(
            "fitness_enthusiast", days: 5...6, minutes: 30...60, [(.moderate, 0.5), (.vigorous, 0.5)],
            [("running", 0.4), ("interval_run", 0.3), ("cardio_mix", 0.3)],
            [(.both, 0.5), (.evening, 0.3), (.split, 0.2)]),
        .init(
            "recovery_oriented", days: 3...5, minutes: 20...40, [(.light, 0.7), (.moderate, 0.3)],
            [("easy_run", 0.4), ("walk_jog", 0.4), ("recovery_cardio", 0.2)], [(.morning, 0.5), (.evening, 0.5)]),
    ]

    private init(
        _ name: String, days: ClosedRange<Int>, minutes: ClosedRange<Int>, _ intensities: [(SportIntensity, Double)],
        _ sports: [(String, Double)], _ patterns: [(DayPattern, Double)]
    ) {
        self.name = name
        daysPerWeek = days
        self.minutes = minutes
        self.intensities = intensities.map { Weighted(choice: $0.0, weight: $0.1) }
        self.sports = sports.map { Weighted(choice: $0.0, weight: $0.1) }
        self.patterns = patterns.map { Weighted(choice: $0.0, weight: $0.1) }
    }
}

extension PauseStream {
    /// One of the choices, each as likely as its weight says; nil of none.
    mutating func pick<Choice>(_ choices: [HabitTemplate.Weighted<Choice>]) -> Choice? {
        choices.isEmpty ? nil : choices[position(weights: choices.map(\.weight))].choice
    }
}
