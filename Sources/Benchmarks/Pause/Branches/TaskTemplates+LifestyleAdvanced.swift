import JSON

extension TaskTemplates {
    static let lifestyleAdvanced = [
        TaskTemplate("goal_carried_to_sources") { scene in
            let sources = scene.start.marketplaces.filter(\.isConnected).map(\.source)
            guard !sources.isEmpty else { throw TemplateFailure("no connected source") }
            let minutes = scene.stream.integer(in: 5...14) * 5
            guard minutes != (try scene.goal("AZM")) else { throw TemplateFailure("the goal is there already") }
            try scene.look("get_system_settings", [:])
            scene.target("Set the daily goal of active zone minutes to \(minutes).")
            try scene.act("update_profile", ["daily_goal": ["AZM": JSONValue(minutes)]])
            scene.target("Set the weekly goal of active zone minutes to \(minutes * 7) at every connected source.")
            for source in sources {
                try scene.openSource(source)
                try scene.act(
                    "\(source)-create_activity_plan", ["goal_type": "AZM", "value": JSONValue(minutes * 7)])
            }
            return """
                You are \(scene.name). From now on you want \(minutes) active zone minutes a day as your goal on the \
                platform. The apps that are connected to it are to follow: each of them gets a weekly goal of \
                \(minutes * 7) active zone minutes.
                """
        },
        TaskTemplate("two_ranges_and_note") { scene in
            let recent = scene.lastDays(3)
            let before = scene.today.advanced(by: -7)...scene.today.advanced(by: -4)
            let late = try scene.intake(of: recent).map(\.calories)
            let early = try scene.intake(of: before).map(\.calories)
            scene.target("Report the average intake per day \(recent.words) and \(before.words).")
            scene.answer("average of the last three days", number: late.reduce(0, +) / 3, tolerance: 1, unit: "kcal")
            scene.answer("average of the four days before", number: early.reduce(0, +) / 4, tolerance: 1, unit: "kcal")
            scene.target("Save a note with both averages.")
            try scene.grant(.userNotes)
            try scene.act(
                "add_note", ["note": "Average intake of the last three days and of the four before."], free: ["note"])
            return """
                You are \(scene.name). You changed how you eat and want to know whether it shows: the average kilocalories \
                that you ate per day \(recent.words), and the same \(before.words). You want one note saved that holds \
                both figures.
                """
        },
        TaskTemplate("snacks_and_reminder") { scene in
            let days = scene.lastDays(scene.stream.integer(in: 5...7))
            let snacks = try scene.meals(of: days).filter { $0.kind == "snack" }
            let (time, weekdays) = scene.reminderTime()
            scene.target("Report how many snacks are on record \(days.words) and their kilocalories together.")
            scene.answer("snacks", JSONValue(snacks.count))
            scene.answer(
                "kilocalories of the snacks", number: snacks.reduce(0) { $0 + $1.calories }, tolerance: 1, unit: "kcal")
            scene.target(
                "Create the reminder 'Fruit instead of sweets' at \(time) on \(weekdays.joined(separator: ", ")).")
            try scene.act(
                "create_daily_reminder",
                [
                    "title": "Fruit instead of sweets", "time_of_day": .string(time),
                    "repeat_days": .array(weekdays.map { .string($0) }),
                ])
            return """
                You are \(scene.name). You want to know how many snacks you logged \(days.words) and how many kilocalories \
                they had together. And you want a reminder titled "Fruit instead of sweets" at \(time) on \
                \(weekdays.joined(separator: ", ")).
                """
        },
        TaskTemplate("reminder_replaced") { scene in
            let list = try scene.look("list_daily_reminders", [:])
            let reminders = list.arrayValue ?? list["reminders"]?.arrayValue ?? []
            guard let old = reminders.first, reminders.count == 1 else { throw TemplateFailure("no single reminder") }
            scene.target("Tell the time of the reminder '\(try old.words("title"))'.")
            scene.answer("time of the old reminder", .string(try old.words("time_of_day")))
            scene.target("Delete it, and create 'Log every meal' at 21:00 on every day.")
            try scene.act("delete_daily_reminder", ["reminder_id": .string(try old.words("reminder_id"))])
            let week: [JSONValue] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
            try scene.act(
                "create_daily_reminder",
                ["title": "Log every meal", "time_of_day": "21:00", "repeat_days": .array(week)],
                free: ["repeat_days"])
            let day = scene.lastDays(1)
            scene.target("Report the intake of \(day.lowerBound.words).")
            scene.answer("intake", number: try scene.intake(of: day)[0].calories, tolerance: 1, unit: "kcal")
            return """
                You are \(scene.name). You have a reminder about food: "\(try old.words("title"))". You want to hear at \
                what time it comes, then it is to be deleted, and in its place you want one titled "Log every meal" at \
                21:00 on every day of the week. And how many kilocalories did you eat on \(day.lowerBound.words)?
                """
        },
        TaskTemplate("food_plan_held_against_days") { scene in
            let days = scene.lastDays(scene.stream.integer(in: 4...7))
            let found = try scene.carePlans().compactMap { plan in
                plan["note_text"]?.stringValue.flatMap { DayRule.ofFood($0) }.map { (plan: plan, rule: $0) }
            }
            guard let (plan, rule) = found.first, found.count == 1 else { throw TemplateFailure("no single rule") }
            let day = try CalendarDay(plan.words("created_at").prefix(10))?.words ?? ""
            scene.target("Find the care plan of \(day) and its limit.")
            scene.answer("limit", JSONValue(Int(rule.bound)), unit: "kcal")
            scene.target("Count the days \(days.words) within the limit.")
            scene.answer("days", JSONValue(try rule.keptDays(scene.values(of: rule, on: days))), unit: "days")
            return """
                You are \(scene.name). Among your care plans there is one of \(day) about how much energy you take in. \
                You want to hear its limit, and on how many days \(days.words) your meals stayed within it. You would \
                become a VIP for a month for that.
                """
        },
        TaskTemplate("food_note_held_against_days") { scene in
            let days = scene.lastDays(scene.stream.integer(in: 4...7))
            let found = try scene.recentNotes().compactMap { note in
                note["content"]?.stringValue.flatMap { DayRule.ofFood($0) }.map { (note: note, rule: $0) }
            }
            guard let (note, rule) = found.first, found.count == 1 else { throw TemplateFailure("no single rule") }
            let day = try CalendarDay(note.words("time").prefix(10))?.words ?? ""
            scene.target("Find the note of \(day) and its limit.")
            scene.answer("limit", JSONValue(Int(rule.bound)), unit: "kcal")
            scene.target("Count the days \(days.words) within the limit.")
            scene.answer("days", JSONValue(try rule.keptDays(scene.values(of: rule, on: days))), unit: "days")
            return """
                You are \(scene.name). On \(day) you noted a limit for what you eat in a day. You want to hear it again, \
                and on how many days \(days.words) you stayed within it.
                """
        },
        TaskTemplate("appointment_cancelled_after_meals") { scene in
            let days = scene.lastDays(5)
            let breakfasts = try scene.meals(of: days).filter { $0.kind == "breakfast" }
            let best = try TemplateMeal.largest(of: breakfasts)
            scene.target("Name the day of the largest breakfast \(days.words).")
            scene.answer("day of the largest breakfast", .string("\(best.time.day)"))
            let appointment = try scene.appointment()
            let date = CalendarDay(try appointment.words("date"))?.words ?? ""
            scene.target("Cancel the appointment of \(date).")
            try scene.act(
                "med-cancel_appointment", ["appointment_id": .string(try appointment.words("appointment_id"))])
            return """
                You are \(scene.name). You want to know on which day \(days.words) your breakfast had the most \
                kilocalories. And the appointment that you have on \(date) is to be cancelled, because you will be \
                travelling. A VIP membership for a month is fine if it is needed.
                """
        },
        TaskTemplate("workout_minutes_plotted") { scene in
            let workout = try scene.workoutWithSource()
            scene.target("Read the minute intensities of the workout on \(workout.day.words) from its source.")
            let minutes = try scene.intensities(of: workout)
            let record = JSONValue.object(workout.record)
            scene.target("Plot them minute by minute.")
            let start = try record.words("start_time")
            try scene.act(
                "plot_time_series",
                [
                    "start_time": .string(start), "granularity": "minute",
                    "time_series": .array(minutes.map { $0["value"] ?? 0 }), "unit": "intensity",
                ], free: ["start_time", "unit", "time_series"])
            let day = workout.day...workout.day
            scene.target("Report what was eaten on \(workout.day.words).")
            scene.answer("intake", number: try scene.intake(of: day)[0].calories, tolerance: 1, unit: "kcal")
            return """
                You are \(scene.name). You want a picture of how hard your workout on \(workout.day.words) \
                \(try scene.hours(of: workout.record)) was: the intensity of each of its minutes as a chart. And you want \
                to know how many kilocalories you ate on that day.
                """
        },
        TaskTemplate("old_note_deleted") { scene in
            let notes = try scene.recentNotes()
            guard let note = scene.stream.pick(notes) else { throw TemplateFailure("no note") }
            let day = try CalendarDay(note.words("time").prefix(10))
            guard let day, notes.count(where: { ($0["time"]?.stringValue ?? "").hasPrefix("\(day)") }) == 1 else {
                throw TemplateFailure("several notes on one day")
            }
            scene.target("Delete the note of \(day.words).")
            try scene.act("delete_note", ["note_id": .string(try note.words("note_id"))])
            let days = scene.lastDays(4)
            let highest = try DayAmount.largest(of: scene.intake(of: days))
            scene.target("Name the day with the highest intake \(days.words).")
            scene.answer("day with the highest intake", .string("\(highest.day)"))
            scene.answer("kilocalories on it", number: highest.calories, tolerance: 1, unit: "kcal")
            return """
                You are \(scene.name). What you noted on \(day.words) no longer holds, and you want that note deleted. \
                You also want to know on which day \(days.words) you ate the most, and how many kilocalories that was.
                """
        },
    ]
}
