import JSON

extension TaskTemplates {
    static let wearableCasual = [
        TaskTemplate("range_extremes") { scene in
            let days = try scene.visibleRun(5...10)
            let range = try scene.summary(of: days)
            scene.target("Name the day with the most steps \(days.words) and its step count.")
            scene.answer("day with the most steps", .string(try range.words("steps.max_day.date")))
            scene.answer(
                "steps on that day", number: try range.number("steps.max_day.value"), tolerance: 0.5, unit: "steps")
            scene.target("Name the day with the fewest steps \(days.words) and its step count.")
            scene.answer("day with the fewest steps", .string(try range.words("steps.min_day.date")))
            scene.answer(
                "steps on that day", number: try range.number("steps.min_day.value"), tolerance: 0.5, unit: "steps")
            return """
                You are \(scene.name). Some days you walk a lot and on others you hardly move, and you want to know how \
                far apart they are. For the time \(days.words) you want to hear which day had the most steps and which \
                had the fewest, with the step count of each.
                """
        },
        TaskTemplate("daily_peak") { scene in
            let day = try scene.visibleRun(1...1).lowerBound
            let summary = try scene.summary(of: day)
            scene.target("Name the hour with the most steps on \(day.words) and its step count.")
            scene.answer("hour with the most steps", .string(try summary.words("steps.max_hour.time")))
            scene.answer(
                "steps in that hour", number: try summary.number("steps.max_hour.value"), tolerance: 0.5, unit: "steps")
            scene.target("Report the total of kilocalories burned on \(day.words).")
            scene.answer("kilocalories", number: try summary.number("calories.total"), tolerance: 1, unit: "kcal")
            return """
                You are \(scene.name). You are planning your walks and want to know when you were most on your feet on \
                \(day.words): the hour that had the most steps (as the clock time at which it begins), how many steps \
                those were, and how many kilocalories you burned on the whole day.
                """
        },
        TaskTemplate("two_days_compared") { scene in
            let run = try scene.visibleRun(2...8)
            guard run.lowerBound != run.upperBound else { throw TemplateFailure("one day only") }
            let first = try scene.summary(of: run.lowerBound)
            let second = try scene.summary(of: run.upperBound)
            let steps = (try first.number("steps.total"), try second.number("steps.total"))
            guard steps.0 != steps.1 else { throw TemplateFailure("equal days") }
            scene.target("Report the steps of \(run.lowerBound.words) and \(run.upperBound.words).")
            scene.answer("steps on \(run.lowerBound)", number: steps.0, tolerance: 0.5, unit: "steps")
            scene.answer("steps on \(run.upperBound)", number: steps.1, tolerance: 0.5, unit: "steps")
            scene.target("Report the active zone minutes of both days.")
            scene.answer(
                "active zone minutes on \(run.lowerBound)", number: try first.number("activity.azm_total"),
                tolerance: 0.5, unit: "minutes")
            scene.answer(
                "active zone minutes on \(run.upperBound)", number: try second.number("activity.azm_total"),
                tolerance: 0.5, unit: "minutes")
            return """
                You are \(scene.name). Two days felt very different to you: \(run.lowerBound.words) and \
                \(run.upperBound.words). You want the step counts and the active zone minutes of both, to see which of \
                them brought you closer to your goals.
                """
        },
        TaskTemplate("heart_rate_and_next_day") { scene in
            let (first, next) = try scene.visiblePair()
            let heart = try scene.summary(of: first)
            let activity = try scene.summary(of: next)
            scene.target("Report resting and maximum heart rate of \(first.words).")
            scene.answer(
                "resting heart rate", number: try heart.number("heart_rate.resting_hr"), tolerance: 0.5, unit: "bpm")
            scene.answer(
                "maximum heart rate", number: try heart.number("heart_rate.max_hr"), tolerance: 0.5, unit: "bpm")
            try scene.look("get_user_profile", [:])
            scene.target("Report the steps of \(next.words) and the daily step goal.")
            scene.answer("steps", number: try activity.number("steps.total"), tolerance: 0.5, unit: "steps")
            scene.answer("step goal", JSONValue(try scene.goal("steps")), unit: "steps")
            return """
                You are \(scene.name). You wonder whether a day that is hard on your heart makes the following one \
                slower. Ask for your resting and your maximum heart rate on \(first.words), and then for the steps of \
                \(next.words) and, to compare, for your daily step goal.
                """
        },
        TaskTemplate("night_and_next_day") { scene in
            let (first, next) = try scene.visiblePair()
            let sleep = try scene.look("get_daily_sleep_summary", ["date": .string("\(first)")])
            let minutes = try sleep.number("total_sleep_minutes")
            guard minutes > 0 else { throw TemplateFailure("no night") }
            let activity = try scene.summary(of: next)
            scene.target("Report how many minutes of sleep the night that began on \(first.words) had.")
            scene.answer("sleep", number: minutes, tolerance: 1, unit: "minutes")
            scene.target("Report the active zone minutes of \(next.words).")
            scene.answer(
                "active zone minutes", number: try activity.number("activity.azm_total"), tolerance: 0.5,
                unit: "minutes")
            return """
                You are \(scene.name). You think that your sleep decides how active you are. You want to know how many \
                minutes you slept in the night that began on \(first.words), and how many active zone minutes you then \
                had on \(next.words).
                """
        },
        TaskTemplate("hours_side_by_side") { scene in
            let day = try scene.visibleRun(1...1).lowerBound
            let window: JSONObject = ["date": .string("\(day)"), "start": 8, "end": 20]
            let steps = try HourSeries(scene.look("get_hourly_steps", window)).peak()
            let mets = try HourSeries(scene.look("get_hourly_mets", window)).peak()
            scene.target("Name the hour between 8:00 and 20:00 on \(day.words) with the most steps.")
            scene.answer("hour with the most steps", .string(steps.time))
            scene.answer("steps in it", number: steps.value, tolerance: 0.5, unit: "steps")
            scene.target("Name the hour between 8:00 and 20:00 on \(day.words) with the most METs.")
            scene.answer("hour with the most METs", .string(mets.time))
            return """
                You are \(scene.name). You want to find out whether your busiest hours are also your hardest ones. Look \
                at \(day.words) between 8:00 and 20:00, hour by hour: which hour had the most steps and how many were \
                they, and which hour had the most METs? You want the hours as clock times.
                """
        },
        TaskTemplate("workout_within_its_day") { scene in
            let workout = try scene.onlyWorkout()
            let bounds = TemplateScene.bounds(workout.day...workout.day)
            try scene.look("get_sport_records", bounds)
            let day = try scene.summary(of: workout.day)
            let record = JSONValue.object(workout.record)
            scene.target("Report kilocalories and active zone minutes of the workout on \(workout.day.words).")
            scene.answer(
                "kilocalories of the workout", number: try record.number("statistics.calories"), tolerance: 1,
                unit: "kcal")
            scene.answer(
                "active zone minutes of the workout", number: try record.number("statistics.azm"), tolerance: 0.5,
                unit: "minutes")
            scene.target("Report the active zone minutes of the whole of \(workout.day.words).")
            scene.answer(
                "active zone minutes of the day", number: try day.number("activity.azm_total"), tolerance: 0.5,
                unit: "minutes")
            return """
                You are \(scene.name). You worked out on \(workout.day.words) and want to see how much of the day's \
                effort that was: the kilocalories and active zone minutes of the workout, and next to them the active \
                zone minutes of the whole day.
                """
        },
        TaskTemplate("step_trend_plotted") { scene in
            let days = try scene.visibleRun(5...7)
            var series: [JSONValue] = []
            for day in days.days { series.append(JSONValue(Int(try scene.summary(of: day).number("steps.total")))) }
            scene.target("Plot the steps of each day \(days.words).")
            try scene.act(
                "plot_time_series",
                [
                    "start_time": .string("\(days.lowerBound)T00:00:00"), "granularity": "day",
                    "time_series": .array(series), "unit": "steps",
                ], free: ["start_time", "unit"])
            scene.target("Report the sum of steps \(days.words).")
            let sum = series.reduce(0) { $0 + ($1.doubleValue ?? 0) }
            scene.answer("steps altogether", number: sum, tolerance: 0.5, unit: "steps")
            return """
                You are \(scene.name). You like pictures better than tables. You want your steps \(days.words) plotted \
                with one point for each day, beginning with the first of them, and you want to know how many steps that \
                were altogether.
                """
        },
        TaskTemplate("step_goal_adjusted") { scene in
            let days = try scene.visibleRun(5...10)
            let range = try scene.summary(of: days)
            let reached = try range.list("goal.steps").count { $0.boolValue == true }
            try scene.look("get_user_profile", [:])
            let old = try scene.goal("steps")
            let isRaised = reached * 2 > days.days.count
            let goal = isRaised ? old + 500 : old
            scene.target("Count on how many days \(days.words) the step goal was reached.")
            scene.answer("days on which the step goal was reached", JSONValue(reached), unit: "days")
            scene.target("Raise the step goal by 500 if it was reached on more than half of the days, else leave it.")
            if isRaised { try scene.act("update_profile", ["daily_goal": ["steps": JSONValue(goal)]]) }
            scene.answer("step goal", JSONValue(goal), unit: "steps")
            return """
                You are \(scene.name). You want your step goal to follow what you really do. Ask on how many days \
                \(days.words) you reached it. If it was on more than half of them, you want the goal raised by 500 \
                steps, otherwise it stays as it is. In the end you want to hear the goal that holds.
                """
        },
        TaskTemplate("very_active_minutes_summed") { scene in
            let days = try scene.visibleRun(3...6)
            var best = (day: days.lowerBound, minutes: -1.0)
            var sum = 0.0
            for day in days.days {
                let minutes = try scene.summary(of: day).number("activity.very_active_minutes")
                sum += minutes
                if minutes == best.minutes { throw TemplateFailure("two best days") }
                if minutes > best.minutes { best = (day, minutes) }
            }
            scene.target("Report the sum of very active minutes \(days.words).")
            scene.answer("very active minutes", number: sum, tolerance: 0.5, unit: "minutes")
            scene.target("Name the day with the most very active minutes.")
            scene.answer("day with the most of them", .string("\(best.day)"))
            return """
                You are \(scene.name). Only the really hard minutes count for your fitness, you think. You want to know \
                how many very active minutes you had \(days.words) all in all, and on which day the most of them.
                """
        },
    ]
}

/// An hour-by-hour result.
struct HourSeries {
    private let hours: [(time: String, value: Double)]

    init(_ result: JSONValue) throws {
        hours = try result.list("hours").map { (try $0.words("time"), try $0.number("value")) }
    }

    /// The hour with the largest value.
    ///
    /// Throws ``TemplateFailure`` when there is none or more than one.
    func peak() throws -> (time: String, value: Double) {
        guard let best = hours.max(by: { $0.value < $1.value }), hours.count(where: { $0.value == best.value }) == 1
        else { throw TemplateFailure("no single best hour") }
        return best
    }
}
