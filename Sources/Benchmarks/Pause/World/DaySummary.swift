import JSON

/// What the platform says about one day.
struct DaySummary {
    let day: CalendarDay
    let totals: DayTotals
    let hours: [DayTotals]
    let heartRate: DailyHeartRate?
    let reached: [(goal: String, isReached: Bool)]

    /// Adds up a day; nil for one that the tables do not cover.
    init?(of day: CalendarDay, in store: PauseStore) {
        guard let minutes = store.tables.minutes(of: day) else { return nil }
        self.day = day
        let totals = DayTotals(minutes: minutes, in: store.tables)
        self.totals = totals
        hours = (0..<24).map { hour in
            let first = minutes.lowerBound + hour * 60
            return DayTotals(minutes: first..<first + 60, in: store.tables)
        }
        heartRate = store.tables.heartRate(of: day)
        let goals = store.profile.json["user_profile"]?["daily_goal"]
        func goal(_ key: String, otherwise: Double) -> Double { goals?[key]?.doubleValue ?? otherwise }
        reached = [
            ("steps", Double(totals.steps) >= goal("steps", otherwise: 10_000)),
            ("mets", Double(totals.mets) >= goal("mets", otherwise: 1000)),
            ("calories_burn", totals.calories >= goal("calories_burn", otherwise: 2300)),
            ("AZM", Double(totals.azm) >= goal("AZM", otherwise: 30)),
        ]
    }

    /// The share of the day in each intensity, in percent to a tenth.
    var percentages: [Double] {
        let all = Double(max(totals.minutesByIntensity.reduce(0, +), 1))
        return totals.minutesByIntensity.map { roundedLikePython(Double($0) / all * 100, 1) }
    }

    /// The vendor's scores, which depend on nothing but the day of the month.
    var scores: (activity: Int, heart: Int, overall: Int) {
        let number = day.parts.day
        let activity = 80 + number % 10
        let heart = 90 + number % 9
        return (activity, heart, (activity + heart) / 2)
    }

    func json(source: String, device: String?) -> JSONObject {
        [
            "source": .string(source), "device": .string(device ?? "\(source)_device"),
            "date": .string(day.description),
            "steps": block(total: .init(totals.steps)) { Double($0.steps) },
            "calories": block(total: JSONValue(totals.calories)) { $0.calories },
            "mets": block(total: JSONValue(Double(totals.mets))) { Double($0.mets) },
            "activity": activity, "heart_rate": heartRate?.json ?? DailyHeartRate.unknownJSON,
            "goal": .object(JSONObject(entries: reached.map { (key: $0.goal, value: .bool($0.isReached)) })),
            "system_score": [
                "activity_score": .init(scores.activity), "hr_score": .init(scores.heart),
                "overall": .init(scores.overall),
            ],
        ]
    }

    /// What is said of a day without visible data.
    static func empty(_ day: CalendarDay) -> JSONValue {
        let nothing: JSONValue = ["total": 0, "daytime_total": 0, "max_hour": .null]
        return [
            "source": "unknown", "device": "unknown", "date": .string(day.description), "steps": nothing,
            "calories": nothing, "mets": nothing, "activity": [:], "heart_rate": .null, "goal": [:],
            "system_score": [:],
        ]
    }

    private var activity: JSONValue {
        let names = ["sedentary", "lightly_active", "fairly_active", "very_active"]
        var object = JSONObject()
        for (name, (minutes, percent)) in zip(names, zip(totals.minutesByIntensity, percentages)) {
            object["\(name)_minutes"] = .init(minutes)
            object["\(name)_percent"] = JSONValue(percent)
        }
        object["azm_total"] = .init(totals.azm)
        return .object(object)
    }

    private func block(total: JSONValue, _ value: (DayTotals) -> Double) -> JSONValue {
        let values = hours.map(value)
        // Of several hours with the highest value the first counts.
        let best = values.indices.max { (values[$0], $1) < (values[$1], $0) } ?? 0
        return [
            "total": total,
            "daytime_total": JSONValue(roundedLikePython(values[8..<20].reduce(0, +), 2)),
            "max_hour": [
                "time": .string(clockText(best * 60)), "value": JSONValue(roundedLikePython(values[best], 2)),
            ],
        ]
    }
}

extension DailyHeartRate {
    /// The object `heart_rate` of a summary.
    var json: JSONValue {
        [
            "resting_hr": .init(resting), "avg_hr": .init(average), "max_hr": .init(maximum),
            "min_hr": .init(minimum),
            "customHeartRateZones": .array(
                zip(Self.zones, zoneMinutes).map { zone, minutes in
                    [
                        "name": .string(zone.name), "min": .init(zone.bounds.lowerBound),
                        "max": .init(zone.bounds.upperBound), "minutes": .init(minutes),
                    ]
                }),
        ]
    }

    /// The object of a day that the heart rate table does not cover.
    static let unknownJSON: JSONValue = [
        "resting_hr": .null, "avg_hr": .null, "max_hr": .null, "min_hr": .null, "customHeartRateZones": [],
    ]
}
