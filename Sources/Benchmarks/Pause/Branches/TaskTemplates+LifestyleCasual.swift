import JSON

extension TaskTemplates {
    static let lifestyleCasual = [
        TaskTemplate("largest_breakfast_and_new_meal") { scene in
            let days = scene.lastDays(7)
            let breakfasts = try scene.meals(of: days).filter { $0.kind == "breakfast" }
            let best = try TemplateMeal.largest(of: breakfasts)
            scene.target("Name the day of the breakfast with the most kilocalories \(days.words), and how many.")
            scene.answer("day of the largest breakfast", .string("\(best.time.day)"))
            scene.answer("its kilocalories", number: best.calories, tolerance: 1, unit: "kcal")
            let (yogurt, berries) = (scene.stream.integer(in: 10...25) * 10, scene.stream.integer(in: 4...12) * 10)
            scene.target("Record a meal of today at 10:00 with \(yogurt) g of yogurt and \(berries) g of blueberries.")
            try scene.act(
                "create_meal_record",
                Self.meal(at: scene.today, "10:00", [("yogurt", yogurt), ("blueberries", berries)]))
            return """
                You are \(scene.name). You want to know which of your breakfasts \(days.words) had the most kilocalories: \
                the day, and how many they were. And you forgot to log what you had today at 10:00: \(yogurt) g of \
                yogurt and \(berries) g of blueberries. You want that on record as one meal.
                """
        },
        TaskTemplate("snack_days_and_session") { scene in
            let days = scene.lastDays(7)
            let snacks = try scene.meals(of: days).filter { $0.kind == "snack" }
            scene.target("Count the days with a snack \(days.words).")
            scene.answer("days with a snack", JSONValue(Set(snacks.map(\.time.day)).count), unit: "days")
            let hour = scene.stream.integer(in: 9...15)
            scene.target("Record a meditation session today from \(hour):00 to \(hour):30.")
            try scene.act(
                "create_session_record",
                [
                    "start_time": .string("\(scene.today)T\(padded(hour, to: 2)):00:00"),
                    "end_time": .string("\(scene.today)T\(padded(hour, to: 2)):30:00"), "session_type": "meditation",
                ])
            return """
                You are \(scene.name). You want to keep an eye on your snacks: on how many days \(days.words) did you \
                have one? Against the craving you meditated today from \(hour):00 to \(hour):30, and you want that on \
                record as a session of type "meditation", without any remark.
                """
        },
        TaskTemplate("intake_against_burn") { scene in
            let day = try scene.visibleRun(1...1).lowerBound
            let eaten = try scene.intake(of: day...day)[0].calories
            let burned = try scene.summary(of: day).number("calories.total")
            try scene.look("get_user_profile", [:])
            let goal = try scene.goal("calories_intake")
            scene.target("Report kilocalories eaten and burned on \(day.words).")
            scene.answer("kilocalories eaten", number: eaten, tolerance: 1, unit: "kcal")
            scene.answer("kilocalories burned", number: burned, tolerance: 1, unit: "kcal")
            scene.target(
                "Lower the intake goal by 100 if more was eaten than burned, else leave it; report what holds.")
            let new = eaten > burned ? goal - 100 : goal
            if eaten > burned { try scene.act("update_profile", ["daily_goal": ["calories_intake": JSONValue(new)]]) }
            scene.answer("intake goal", JSONValue(new), unit: "kcal")
            return """
                You are \(scene.name). You want to know whether you ate more than you burned on \(day.words): both \
                figures in kilocalories. If you ate more, your daily goal for calories intake is to be lowered by 100, \
                otherwise it stays. You want to hear the goal that holds in the end.
                """
        },
        TaskTemplate("intake_goal_days") { scene in
            let days = scene.lastDays(scene.stream.integer(in: 4...7))
            try scene.look("get_user_profile", [:])
            let goal = Double(try scene.goal("calories_intake"))
            let intake = try scene.intake(of: days)
            guard !intake.contains(where: { $0.calories == goal }) else { throw TemplateFailure("on the goal") }
            scene.target("Count the days \(days.words) on which more was eaten than the intake goal allows.")
            scene.answer("days above the goal", JSONValue(intake.count { $0.calories > goal }), unit: "days")
            let highest = try DayAmount.largest(of: intake)
            scene.target("Name the day with the highest intake and its kilocalories.")
            scene.answer("day with the highest intake", .string("\(highest.day)"))
            scene.answer("kilocalories on it", number: highest.calories, tolerance: 1, unit: "kcal")
            return """
                You are \(scene.name). You set yourself a daily goal for calories intake. You want to know on how many \
                days \(days.words) you ate more than that, and which of these days had the highest intake, with its \
                kilocalories.
                """
        },
        TaskTemplate("meal_deleted") { scene in
            let days = scene.lastDays(5)
            let day = scene.stream.pick(days.days) ?? days.lowerBound
            let dinners = try scene.meals(of: day...day).filter { $0.kind == "dinner" }
            guard let dinner = dinners.first, dinners.count == 1 else { throw TemplateFailure("no single dinner") }
            scene.target("Report the kilocalories of the dinner on \(day.words).")
            scene.answer("kilocalories of the dinner", number: dinner.calories, tolerance: 1, unit: "kcal")
            scene.target("Delete the dinner of \(day.words).")
            try scene.act("delete_record", ["record_id": .string(dinner.id)])
            return """
                You are \(scene.name). The dinner on record for \(day.words) was your neighbour's and not yours. You want \
                to hear how many kilocalories it had, and then it is to be deleted.
                """
        },
        TaskTemplate("intake_plotted") { scene in
            let days = scene.lastDays(scene.stream.integer(in: 4...7))
            let intake = try scene.intake(of: days)
            scene.target("Plot the intake of each day \(days.words).")
            try scene.act(
                "plot_time_series",
                [
                    "start_time": .string("\(days.lowerBound)T00:00:00"), "granularity": "day",
                    "time_series": .array(intake.map { JSONValue($0.calories) }), "unit": "kcal",
                ], free: ["start_time", "unit"])
            scene.target("Report the average intake per day.")
            let mean = intake.reduce(0) { $0 + $1.calories } / Double(intake.count)
            scene.answer("average intake per day", number: mean, tolerance: 1, unit: "kcal")
            return """
                You are \(scene.name). You want your intake \(days.words) drawn as a chart, one point for each day with \
                the kilocalories of all its meals, exactly as they are on record. You also want to hear the average per \
                day.
                """
        },
        TaskTemplate("meal_analysed_and_preference") { scene in
            let days = scene.lastDays(5)
            let day = scene.stream.pick(days.days) ?? days.lowerBound
            let lunches = try scene.meals(of: day...day).filter { $0.kind == "lunch" }
            guard let lunch = lunches.first, lunches.count == 1 else { throw TemplateFailure("no single lunch") }
            let analysis = try scene.look("analysis_meal", ["record_id": .string(lunch.id)])
            try scene.look("get_user_profile", [:])
            var foods = scene.start.json["user_profile"]?["preferences"]?["food"]?.arrayValue ?? []
            let missing = ["high_fiber", "low_sodium", "low_sugar", "organic"].filter { !foods.contains(.string($0)) }
            guard let tag = scene.stream.pick(missing) else { throw TemplateFailure("every preference is there") }
            foods.append(.string(tag))
            scene.target("Report grams of sugar and of fibre in the lunch of \(day.words).")
            scene.answer("sugar", number: try analysis.number("nutrition.sugar_g"), tolerance: 0.1, unit: "g")
            scene.answer("fibre", number: try analysis.number("nutrition.fiber_g"), tolerance: 0.1, unit: "g")
            scene.target("Add \(tag) to the food preferences and keep the others.")
            try scene.act("update_profile", ["preferences": ["food": .array(foods)]])
            return """
                You are \(scene.name). You want to know how many grams of sugar and of fibre your lunch on \(day.words) \
                had. And your food preferences are to have "\(tag)" at their end from now on; the ones that are there \
                stay.
                """
        },
        TaskTemplate("workouts_and_intake_goal") { scene in
            let days = try scene.visibleRun(6...8)
            let result = try scene.look("get_sport_records", TemplateScene.bounds(days))
            let records = result.arrayValue ?? result["sports"]?.arrayValue ?? result["records"]?.arrayValue ?? []
            guard !records.isEmpty else { throw TemplateFailure("no workouts") }
            var calories = 0.0
            for record in records { calories += try record.number("statistics.calories") }
            scene.target("Count the workouts \(days.words) and sum their kilocalories.")
            scene.answer("workouts", JSONValue(records.count))
            scene.answer("kilocalories of the workouts", number: calories, tolerance: 1, unit: "kcal")
            try scene.look("get_user_profile", [:])
            let goal = try scene.goal("calories_intake") + 100
            scene.target("Raise the intake goal by 100 and report it.")
            try scene.act("update_profile", ["daily_goal": ["calories_intake": JSONValue(goal)]])
            scene.answer("intake goal", JSONValue(goal), unit: "kcal")
            return """
                You are \(scene.name). You train and want to eat accordingly. Ask how many workouts \(days.words) are on \
                record and how many kilocalories they burned together. Your daily goal for calories intake is to go up \
                by 100, and you want to hear its new value.
                """
        },
        TaskTemplate("burn_and_intake_averages") { scene in
            let days = try scene.visibleRun(3...6)
            let burned = try scene.summary(of: days).number("calories.daily_avg")
            let intake = try scene.intake(of: days)
            let mean = intake.reduce(0) { $0 + $1.calories } / Double(intake.count)
            scene.target("Report the average kilocalories burned per day \(days.words).")
            scene.answer("burned per day on average", number: burned, tolerance: 1, unit: "kcal")
            scene.target("Report the average kilocalories eaten per day \(days.words).")
            scene.answer("eaten per day on average", number: mean, tolerance: 1, unit: "kcal")
            return """
                You are \(scene.name). You want to see both sides of the scales \(days.words): how many kilocalories you \
                burned per day on average, and how many you ate per day on average.
                """
        },
    ]

    /// The arguments for a new meal of some grams of each food.
    static func meal(at day: CalendarDay, _ time: String, _ items: [(name: String, grams: Int)]) -> JSONObject {
        [
            "timestamp": .string("\(day)T\(time):00"),
            "items": .array(
                items.map { ["name": .string($0.name), "amount": ["value": JSONValue($0.grams), "unit": "g"]] }),
        ]
    }
}

extension TemplateMeal {
    /// The meal with the most kilocalories.
    ///
    /// Throws ``TemplateFailure`` when there is none or more than one.
    static func largest(of meals: [TemplateMeal]) throws -> TemplateMeal {
        guard let best = meals.max(by: { $0.calories < $1.calories }),
            meals.count(where: { abs($0.calories - best.calories) < 1 }) == 1
        else { throw TemplateFailure("no single largest meal") }
        return best
    }
}

/// An amount of a day.
enum DayAmount {
    /// The day with the largest amount.
    ///
    /// Throws ``TemplateFailure`` when there is none or more than one.
    static func largest(
        of days: [(day: CalendarDay, calories: Double)]
    ) throws -> (day: CalendarDay, calories: Double) {
        guard let best = days.max(by: { $0.calories < $1.calories }),
            days.count(where: { abs($0.calories - best.calories) < 1 }) == 1
        else { throw TemplateFailure("no single largest day") }
        return best
    }
}
