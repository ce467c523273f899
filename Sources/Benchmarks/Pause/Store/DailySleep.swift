public import JSON

/// The night that begins on a day: what was slept between 08:00 of the day and 08:00 of the next.
public struct DailySleep: Sendable, Hashable {
    /// A stretch of sleep.
    public struct Segment: Sendable, Hashable {
        /// When it begins.
        public var start: DayTime
        /// When it ends.
        public var end: DayTime
        /// Minutes of light sleep.
        public var light: Int
        /// Minutes of deep sleep.
        public var deep: Int
        /// Minutes of REM sleep.
        public var rem: Int

        /// Minutes from its beginning to its end.
        public var minutes: Int { (end.seconds - start.seconds) / 60 }

        /// Describes a stretch of sleep.
        public init(start: DayTime, end: DayTime, light: Int, deep: Int, rem: Int) {
            self.start = start
            self.end = end
            self.light = light
            self.deep = deep
            self.rem = rem
        }

        /// The entry of the list of segments.
        public var json: JSONValue {
            [
                "start_time": .string(start.description), "end_time": .string(end.description),
                "duration_minutes": .init(minutes), "light_minutes": .init(light), "deep_minutes": .init(deep),
                "rem_minutes": .init(rem),
            ]
        }
    }

    /// The day on which the night begins.
    public var day: CalendarDay
    /// The stretches, in order.
    public var segments: [Segment]

    /// Describes a night.
    public init(day: CalendarDay, segments: [Segment]) {
        self.day = day
        self.segments = segments
    }

    /// Minutes asleep.
    public var totalMinutes: Int { segments.reduce(0) { $0 + $1.minutes } }
    /// Minutes of light sleep.
    public var lightMinutes: Int { segments.reduce(0) { $0 + $1.light } }
    /// Minutes of deep sleep.
    public var deepMinutes: Int { segments.reduce(0) { $0 + $1.deep } }
    /// Minutes of REM sleep.
    public var remMinutes: Int { segments.reduce(0) { $0 + $1.rem } }
}
