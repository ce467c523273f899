import JSON

extension TemplateScene {
    /// The user's name.
    var name: String { start.json["user_profile"]?["basic_info"]?["name"]?.stringValue ?? "the user" }

    /// The day on which the user talks to the assistant.
    var today: CalendarDay { start.now.day }

    /// A daily goal of the user.
    func goal(_ key: String) throws -> Int {
        guard let value = start.json["user_profile"]?["daily_goal"]?[key]?.doubleValue else {
            throw TemplateFailure("the user has no goal for \(key)")
        }
        return Int(value)
    }

    /// Consecutive days whose data can be seen, ending before today, of a length within the bounds.
    mutating func visibleRun(_ lengths: ClosedRange<Int>) throws -> ClosedRange<CalendarDay> {
        let visible = Set(start.visibleDays)
        var runs: [ClosedRange<CalendarDay>] = []
        for first in visible.sorted() {
            for length in lengths {
                let last = first.advanced(by: length - 1)
                guard last < today, (first...last).allSatisfy({ visible.contains($0) }) else { break }
                runs.append(first...last)
            }
        }
        guard let run = stream.pick(runs) else { throw TemplateFailure("no \(lengths) visible days in a row") }
        return run
    }

    /// A day before today whose data can be seen, and whose following day too.
    mutating func visiblePair() throws -> (CalendarDay, CalendarDay) {
        let run = try visibleRun(2...2)
        return (run.lowerBound, run.upperBound)
    }

    /// The sport records, with their days, on days that satisfy a condition.
    func sports(where isWanted: (CalendarDay) -> Bool) -> [(day: CalendarDay, record: JSONObject)] {
        start.records(.sports).compactMap { record in
            guard let day = DayTime(lenient: record["start_time"]?.stringValue ?? "")?.day, isWanted(day) else {
                return nil
            }
            return (day, record)
        }
    }

    /// A workout on a visible day on which it is the only one.
    mutating func onlyWorkout() throws -> (day: CalendarDay, record: JSONObject) {
        let visible = Set(start.visibleDays)
        let workouts = sports { visible.contains($0) }
        let counts = Dictionary(grouping: workouts, by: \.day).mapValues(\.count)
        let single = workouts.filter { counts[$0.day] == 1 }
        guard let workout = stream.pick(single) else { throw TemplateFailure("no visible day with one workout") }
        return workout
    }

    /// The last full days before today.
    func lastDays(_ count: Int) -> ClosedRange<CalendarDay> { today.advanced(by: -count)...today.advanced(by: -1) }

    // MARK: Looks

    /// A day's summary.
    @discardableResult
    mutating func summary(of day: CalendarDay) throws -> JSONValue {
        try look("get_daily_summary", ["date": .string("\(day)")])
    }

    /// The summary of a range.
    @discardableResult
    mutating func summary(of days: ClosedRange<CalendarDay>) throws -> JSONValue {
        try look("get_range_summary", Self.bounds(days))
    }

    /// The meals of a range: day, kind, kilocalories, id.
    mutating func meals(of days: ClosedRange<CalendarDay>) throws -> [TemplateMeal] {
        let result = try look("get_meal_records", Self.bounds(days))
        guard let list = result.arrayValue ?? result["meals"]?.arrayValue ?? result["records"]?.arrayValue else {
            throw TemplateFailure("get_meal_records gave no list")
        }
        let meals = list.compactMap { TemplateMeal(json: $0) }
        guard !meals.isEmpty, meals.count == list.count else { throw TemplateFailure("no meals in the range") }
        return meals
    }

    static func bounds(_ days: ClosedRange<CalendarDay>) -> JSONObject {
        ["start_date": .string("\(days.lowerBound)"), "end_date": .string("\(days.upperBound)")]
    }
}

/// A meal as a tool lists it.
struct TemplateMeal {
    let id: String
    let time: DayTime
    let kind: String
    let calories: Double

    init?(json: JSONValue) {
        guard let id = json["record_id"]?.stringValue, let time = DayTime(lenient: json["time"]?.stringValue ?? ""),
            let kind = json["meal_type"]?.stringValue, let calories = json["total_calories"]?.doubleValue
        else { return nil }
        self.id = id
        self.time = time
        self.kind = kind
        self.calories = calories
    }
}

extension JSONValue {
    /// The number that a path leads to.
    ///
    /// Throws ``TemplateFailure`` when there is none: the tool had no data.
    func number(_ path: String) throws -> Double {
        guard let number = at(path)?.doubleValue else { throw TemplateFailure("no number at \(path)") }
        return number
    }

    /// The text that a path leads to.
    ///
    /// Throws ``TemplateFailure`` when there is none: the tool had no data.
    func words(_ path: String) throws -> String {
        guard let text = at(path)?.stringValue else { throw TemplateFailure("no text at \(path)") }
        return text
    }

    /// The list that a path leads to.
    ///
    /// Throws ``TemplateFailure`` when there is none: the tool had no data.
    func list(_ path: String) throws -> [JSONValue] {
        guard let list = at(path)?.arrayValue else { throw TemplateFailure("no list at \(path)") }
        return list
    }
}

extension CalendarDay {
    /// The day as people write it: `4 March 2025`.
    var words: String {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        let (year, month, day) = parts
        return "\(day) \(months[month - 1]) \(year)"
    }
}

extension ClosedRange<CalendarDay> {
    /// The range as people write it: `from 4 March 2025 to 9 March 2025`.
    var words: String { "from \(lowerBound.words) to \(upperBound.words)" }

    /// The days, in order.
    var days: [CalendarDay] { Array(lowerBound...upperBound) }
}
