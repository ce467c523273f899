import JSON

/// What the platform says about several days, of which only those with visible data count.
struct RangeSummary {
    let range: ClosedRange<CalendarDay>
    let days: [DaySummary]

    var json: JSONObject {
        [
            "start_date": .string(range.lowerBound.description), "end_date": .string(range.upperBound.description),
            "days_count": .init(days.count),
            "steps": metric({ .init($0.totals.steps) }, sum: { .init(Int($0)) }) { Double($0.totals.steps) },
            "calories": metric(
                { JSONValue($0.totals.calories) }, sum: { JSONValue(roundedLikePython($0, 2)) }
            ) { $0.totals.calories },
            "mets": metric({ JSONValue(Double($0.totals.mets)) }, sum: { JSONValue($0) }) { Double($0.totals.mets) },
            "activity": activity, "goal": goals, "system_score": scores,
        ]
    }

    private func metric(
        _ shown: (DaySummary) -> JSONValue, sum: (Double) -> JSONValue, _ value: (DaySummary) -> Double
    ) -> JSONValue {
        guard !days.isEmpty else {
            return ["total_sum": 0, "daily_avg": 0.0, "max_day": .null, "min_day": .null]
        }
        let values = days.map(value)
        let total = values.reduce(0, +)
        // Of several days with the same value the first counts.
        let best = values.indices.max { (values[$0], $1) < (values[$1], $0) } ?? 0
        let worst = values.indices.min { (values[$0], $0) < (values[$1], $1) } ?? 0
        func entry(_ index: Int) -> JSONValue {
            ["date": .string(days[index].day.description), "value": shown(days[index])]
        }
        return [
            "total_sum": sum(total), "daily_avg": JSONValue(roundedLikePython(total / Double(days.count), 2)),
            "max_day": entry(best), "min_day": entry(worst),
        ]
    }

    private var activity: JSONValue {
        let names = ["sedentary", "lightly_active", "fairly_active", "very_active"]
        var object = JSONObject()
        for (index, name) in names.enumerated() {
            let sum = days.reduce(0) { $0 + $1.percentages[index] }
            object["\(name)_percent_avg"] = JSONValue(
                days.isEmpty ? 0 : roundedLikePython(sum / Double(days.count), 1))
        }
        object["azm_total_sum"] = .init(days.reduce(0) { $0 + $1.totals.azm })
        return .object(object)
    }

    private var goals: JSONValue {
        .object(
            JSONObject(
                entries: ["steps", "mets", "calories_burn", "AZM"].enumerated().map { index, goal in
                    (key: goal, value: .array(days.map { .bool($0.reached[index].isReached) }))
                }))
    }

    private var scores: JSONValue {
        func average(_ score: (DaySummary) -> Int) -> JSONValue {
            guard !days.isEmpty else { return 0 }
            let mean = Double(days.reduce(0) { $0 + score($1) }) / Double(days.count)
            return .init(Int(mean.rounded(.toNearestOrEven)))
        }
        return [
            "activity_score_avg": average { $0.scores.activity }, "hr_score_avg": average { $0.scores.heart },
            "overall_avg": average { $0.scores.overall },
        ]
    }
}
