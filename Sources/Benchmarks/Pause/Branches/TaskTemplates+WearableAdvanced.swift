import JSON

extension TaskTemplates {
    static let wearableAdvanced = [
        TaskTemplate("workout_by_minutes_with_recommendation") { scene in
            let workout = try scene.workoutWithSource()
            scene.target(
                "Count the minutes of the highest intensity in the workout of \(workout.day.words) from minute data.")
            let minutes = try scene.intensities(of: workout)
            scene.answer(
                "minutes of the highest intensity", JSONValue(minutes.count { $0["value"] == 3 }), unit: "minutes")
            scene.target("Recommend a workout for endurance at medium intensity with the recommendation tool.")
            try scene.becomeMember()
            let record = JSONValue.object(workout.record)
            let advice = try scene.act(
                "recommend_sports",
                [
                    "recent_sports_records": [
                        [
                            "sport_type": .string(try record.words("sport_name")),
                            "duration_minutes": JSONValue(minutes.count),
                            "calories": JSONValue(try record.number("statistics.calories")),
                            "azm": JSONValue(try record.number("statistics.azm")),
                        ]
                    ], "preference": "endurance", "intensity": "medium",
                ], free: ["recent_sports_records"])
            scene.answer("recommended sport", .string(try advice.words("recommendations[0].sport_type")))
            return """
                You are \(scene.name). You trained on \(workout.day.words) \(try scene.hours(of: workout.record)) and want \
                to know, minute by minute, for how many of these minutes your watch recorded its highest intensity \
                level. Starting from this workout you then want the platform's recommendation for an endurance session \
                of medium intensity. You are willing to become a VIP for a month if that is needed.
                """
        },
        TaskTemplate("range_over_all_sources") { scene in
            let days = scene.lastDays(scene.stream.integer(in: 6...12))
            guard !scene.disconnectedSources(of: days).isEmpty else { throw TemplateFailure("all is connected") }
            try scene.summary(of: days)
            try scene.connectSources(of: days)
            let range = try scene.summary(of: days)
            scene.target("Report the sum of steps \(days.words) over all days that were recorded.")
            scene.answer("steps altogether", number: try range.number("steps.total_sum"), tolerance: 0.5, unit: "steps")
            scene.target("Name the day with the most steps.")
            scene.answer("day with the most steps", .string(try range.words("steps.max_day.date")))
            scene.target("Report the active zone minutes altogether.")
            scene.answer(
                "active zone minutes", number: try range.number("activity.azm_total_sum"), tolerance: 0.5,
                unit: "minutes")
            return """
                You are \(scene.name). For a bet with a colleague you need your own figures \(days.words): all your steps \
                taken together, the day with the most of them, and all active zone minutes. You use more than one \
                device, and what any of them recorded counts.
                """
        },
        TaskTemplate("note_rule_held_against_days") { scene in
            let days = try scene.visibleRun(4...7)
            let found = try scene.recentNotes().compactMap { note in
                note["content"]?.stringValue.flatMap { DayRule.of($0) }.map { (note: note, rule: $0) }
            }
            guard let (note, rule) = found.first, found.count == 1 else { throw TemplateFailure("no single rule") }
            let day = try CalendarDay(note.words("time").prefix(10))?.words ?? ""
            scene.target("Find the note of \(day) and the rule in it.")
            scene.answer("bound in the note", JSONValue(Int(rule.bound)))
            scene.target("Count on how many days \(days.words) the rule was kept.")
            scene.answer("days", JSONValue(try rule.keptDays(scene.values(of: rule, on: days))), unit: "days")
            return """
                You are \(scene.name). On \(day) you wrote down a rule about \(rule.subject) for yourself, and you have \
                forgotten the figure. You want to hear what it was, and on how many days \(days.words) you kept to it.
                """
        },
        TaskTemplate("best_day_noted") { scene in
            let days = try scene.visibleRun(5...8)
            let range = try scene.summary(of: days)
            let best = try range.words("steps.max_day.date")
            scene.target("Name the day with the most steps \(days.words) and its step count.")
            scene.answer("day with the most steps", .string(best))
            scene.answer("steps on it", number: try range.number("steps.max_day.value"), tolerance: 0.5, unit: "steps")
            scene.target("Save a note that names this day.")
            try scene.grant(.userNotes)
            try scene.act("add_note", ["note": .string("My best day for steps was \(best).")], free: ["note"])
            return """
                You are \(scene.name). You want to remember your best day. Ask which day \(days.words) had the most \
                steps and how many they were, and have one short note saved that names this day.
                """
        },
        TaskTemplate("goal_days_and_reminder") { scene in
            let days = try scene.visibleRun(5...8)
            let reached = try scene.summary(of: days).list("goal.AZM").count { $0.boolValue == true }
            let (time, weekdays) = scene.reminderTime()
            scene.target("Count on how many days \(days.words) the goal of active zone minutes was reached.")
            scene.answer("days on which the goal was reached", JSONValue(reached), unit: "days")
            scene.target(
                "Create the reminder 'Move for half an hour' at \(time) on \(weekdays.joined(separator: ", ")).")
            try scene.act(
                "create_daily_reminder",
                [
                    "title": "Move for half an hour", "time_of_day": .string(time),
                    "repeat_days": .array(weekdays.map { .string($0) }),
                ])
            return """
                You are \(scene.name). You want to know on how many days \(days.words) you reached your goal of active \
                zone minutes. Whatever comes out, you want a reminder titled "Move for half an hour" at \(time) on \
                \(weekdays.joined(separator: ", ")).
                """
        },
        TaskTemplate("reminder_cancelled_after_look") { scene in
            let days = try scene.visibleRun(3...6)
            let average = try scene.summary(of: days).number("steps.daily_avg")
            let list = try scene.look("list_daily_reminders", [:])
            let reminders = list.arrayValue ?? list["reminders"]?.arrayValue ?? []
            guard let reminder = reminders.first, reminders.count == 1 else {
                throw TemplateFailure("no single reminder")
            }
            scene.target("Report the average steps per day \(days.words).")
            scene.answer("average steps per day", number: average, tolerance: 1, unit: "steps")
            scene.target("Delete the reminder '\(try reminder.words("title"))'.")
            try scene.act("delete_daily_reminder", ["reminder_id": .string(try reminder.words("reminder_id"))])
            return """
                You are \(scene.name). Your reminder "\(try reminder.words("title"))" has begun to annoy you and you want \
                it gone. Before that you want to hear how many steps a day you made on average \(days.words).
                """
        },
        TaskTemplate("care_plan_held_against_days") { scene in
            let days = try scene.visibleRun(4...7)
            let found = try scene.carePlans().compactMap { plan in
                plan["note_text"]?.stringValue.flatMap { DayRule.of($0) }.map { (plan: plan, rule: $0) }
            }
            guard let (plan, rule) = found.first, found.count == 1 else { throw TemplateFailure("no single rule") }
            let day = try CalendarDay(plan.words("created_at").prefix(10))?.words ?? ""
            scene.target("Find the care plan of \(day) and its figure.")
            scene.answer("figure in the care plan", JSONValue(Int(rule.bound)))
            scene.target("Count on how many days \(days.words) it was followed.")
            scene.answer("days", JSONValue(try rule.keptDays(scene.values(of: rule, on: days))), unit: "days")
            return """
                You are \(scene.name). Your doctor wrote a plan about \(rule.subject) for you on \(day). You want to hear \
                the figure in it, and on how many days \(days.words) you were on the right side of it. A VIP membership \
                for a month is fine if that is what it takes.
                """
        },
        TaskTemplate("appointment_cancelled") { scene in
            let days = try scene.visibleRun(3...6)
            let appointment = try scene.appointment()
            let minutes = try scene.summary(of: days).number("activity.azm_total_sum")
            scene.target("Report the active zone minutes \(days.words) altogether.")
            scene.answer("active zone minutes", number: minutes, tolerance: 0.5, unit: "minutes")
            scene.target("Cancel the appointment of \(try appointment.words("date")).")
            try scene.act(
                "med-cancel_appointment", ["appointment_id": .string(try appointment.words("appointment_id"))])
            let date = CalendarDay(try appointment.words("date"))?.words ?? ""
            return """
                You are \(scene.name). You want to know how many active zone minutes you had \(days.words) altogether. \
                You feel fine and want your appointment on \(date) cancelled. If that takes a VIP membership for a \
                month, you agree to it.
                """
        },
        TaskTemplate("appointment_moved") { scene in
            let appointment = try scene.appointment()
            let later = scene.today.advanced(by: scene.stream.integer(in: 5...9))
            let time = scene.stream.pick(["09:30", "14:00", "16:30"]) ?? "14:00"
            scene.target("Cancel the appointment of \(try appointment.words("date")).")
            try scene.act(
                "med-cancel_appointment", ["appointment_id": .string(try appointment.words("appointment_id"))])
            scene.target("Book the same provider for \(later.words) at \(time), 60 minutes, and have it paid.")
            try scene.act(
                "med-create_appointment",
                [
                    "provider_id": .string(try appointment.words("provider_id")), "date": .string("\(later)"),
                    "time": .string(time), "duration": 60, "reason": .string(try appointment.words("reason")),
                ], free: ["reason"])
            try scene.pay(5)
            let date = CalendarDay(try appointment.words("date"))?.words ?? ""
            return """
                You are \(scene.name). Your appointment on \(date) clashes with work. You want it cancelled and a new one \
                with the same provider and for the same reason on \(later.words) at \(time), lasting 60 minutes, booked \
                and paid for. A VIP membership for a month is fine with you.
                """
        },
        TaskTemplate("weekly_plan_at_source") { scene in
            let days = try scene.visibleRun(4...7)
            guard let source = scene.start.marketplaces.first(where: \.isConnected)?.source else {
                throw TemplateFailure("no connected source")
            }
            let average = try scene.summary(of: days).number("steps.daily_avg")
            let weekly = scene.stream.integer(in: 50...70) * 1000
            let title = source.split(separator: "_").joined(separator: " ")
            scene.target("Report the average steps per day \(days.words).")
            scene.answer("average steps per day", number: average, tolerance: 1, unit: "steps")
            scene.target("Set the weekly step goal at \(title) to \(weekly).")
            try scene.openSource(source)
            try scene.act(
                "\(source)-create_activity_plan", ["goal_type": "steps", "value": JSONValue(weekly)])
            return """
                You are \(scene.name). You want the weekly step goal that \(title) keeps for you to be \(weekly), and \
                for comparison you want to hear your average steps per day \(days.words).
                """
        },
    ]
}
