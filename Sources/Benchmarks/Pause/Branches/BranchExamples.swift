/// Examples of the form of a task, for language models that write tasks.
enum BranchExamples {
    static func of(_ branch: PauseBranch) -> [TaskDraft] {
        switch branch {
        case .wearableDataCasual: wearableCasual
        case .wearableDataAdvanced: wearableAdvanced
        case .lifestyleRecordCasual: lifestyleCasual
        case .lifestyleRecordAdvanced: lifestyleAdvanced
        case .shopping: []
        }
    }

    private static let wearableCasual = [
        TaskDraft(
            instruction: """
                You are Ruben. You suspect that your Sundays are lazier than your Saturdays. For the weekend of 10 and 11 \
                May 2025 you want to know the steps and active zone minutes of both days, and which hour of each day had \
                the most steps.
                """,
            label: "weekend_days_compared",
            targets: [
                "Report steps and active zone minutes of 10 and 11 May 2025.",
                "Name the hour with the most steps on each of the two days.",
            ]),
        TaskDraft(
            instruction: """
                You are Carla. You slept badly in the night of 3 June 2025 and wonder whether the day after it suffered. \
                Ask how long you slept in that night, and how many steps and kilocalories 4 June 2025 had, and whether \
                you reached your step goal then.
                """,
            label: "night_and_next_day",
            targets: [
                "Report how long the night of 3 June 2025 was.", "Report steps and kilocalories of 4 June 2025.",
                "Say whether the step goal was reached on 4 June 2025.",
            ]),
        TaskDraft(
            instruction: """
                You are Bo. You want to see your week from 1 to 7 March 2025 as a chart of kilocalories per day, and to \
                hear which day was the highest.
                """,
            label: "week_of_calories_plotted",
            targets: [
                "Plot kilocalories per day from 1 to 7 March 2025.", "Name the day with the most kilocalories.",
            ]),
        TaskDraft(
            instruction: """
                You are Mira. If your average steps from 12 to 18 August 2025 were above your step goal, you want the \
                goal raised by 500. Otherwise it stays. You want to hear the average and the goal that holds now.
                """,
            label: "step_goal_follows_average",
            targets: [
                "Report the average steps per day from 12 to 18 August 2025.",
                "Raise the step goal by 500 if the average was above it, and report the goal that holds now.",
            ]),
    ]

    private static let wearableAdvanced = [
        TaskDraft(
            instruction: """
                You are Ruben. You want to look closely at your run of 8 May 2025: how many of its minutes were really \
                hard, minute by minute, and which kind of training would fit next if you prefer endurance at a medium \
                level.
                """,
            label: "run_by_minutes_with_recommendation",
            targets: [
                "Use minute data within the run of 8 May 2025 to count its very intense minutes.",
                "Recommend an endurance workout of medium intensity from the recent sport records.",
            ]),
        TaskDraft(
            instruction: """
                You are Carla. In a note of 30 May 2025 you wrote down a rule for your steps. You want to know on how \
                many days from 26 May to 1 June 2025 you kept it.
                """,
            label: "note_rule_checked",
            targets: [
                "Find the note of 30 May 2025.",
                "Count the days from 26 May to 1 June 2025 on which its rule was kept.",
            ]),
        TaskDraft(
            instruction: """
                You are Bo. You want the total of your active zone minutes from 20 to 26 March 2025, all your devices \
                included, and a reminder titled "Move more" at 18:00 on Monday and Thursday.
                """,
            label: "all_sources_sum_and_reminder",
            targets: [
                "Report the total of active zone minutes from 20 to 26 March 2025 over all sources.",
                "Create the reminder Move more at 18:00 on Monday and Thursday.",
            ]),
    ]

    private static let lifestyleCasual = [
        TaskDraft(
            instruction: """
                You are Carla. You want to know which of your breakfasts from 2 to 8 June 2025 had the most kilocalories, \
                and you want to add what you ate today at 10:00: 150 g of yogurt and 80 g of blueberries.
                """,
            label: "largest_breakfast_and_new_meal",
            targets: [
                "Name the breakfast with the most kilocalories from 2 to 8 June 2025.",
                "Record a meal at 10:00 today with 150 g of yogurt and 80 g of blueberries.",
            ]),
        TaskDraft(
            instruction: """
                You are Mira. You want to compare what you ate with what you burned on 15 August 2025, and, if you ate \
                more, to lower your intake goal by 100.
                """,
            label: "intake_against_burn",
            targets: [
                "Report kilocalories eaten and burned on 15 August 2025.",
                "Lower the intake goal by 100 if more was eaten than burned.",
            ]),
        TaskDraft(
            instruction: """
                You are Ruben. You studied today from 14:00 to 16:00 and want that on record as a study session. You also \
                want a chart of your intake per day from 5 to 11 May 2025.
                """,
            label: "study_session_and_intake_chart",
            targets: [
                "Record a study session from 14:00 to 16:00 today.", "Plot intake per day from 5 to 11 May 2025.",
            ]),
    ]

    private static let lifestyleAdvanced = [
        TaskDraft(
            instruction: """
                You are Mira. Your doctor wrote a plan about sugar. You want to know its limit and on which days from 11 \
                to 17 August 2025 your meals stayed under it, and a note that says which day was best.
                """,
            label: "sugar_plan_checked_and_noted",
            targets: [
                "Find the limit in the care plan.", "Name the days from 11 to 17 August 2025 under the limit.",
                "Add a note with the best day.",
            ]),
        TaskDraft(
            instruction: """
                You are Bo. You want your active zone minutes goal to be 45 a day, and each of your connected sources to \
                aim for 315 a week.
                """,
            label: "goal_carried_to_sources",
            targets: [
                "Set the daily goal of active zone minutes to 45.",
                "Set the weekly goal of active zone minutes to 315 at every connected source.",
            ]),
        TaskDraft(
            instruction: """
                You are Carla. Your appointment on 8 June 2025 does not suit you. You want it cancelled, and instead of \
                it a reminder titled "Call the practice" at 12:00 every day.
                """,
            label: "appointment_cancelled_with_reminder",
            targets: [
                "Cancel the appointment on 8 June 2025.", "Create the reminder Call the practice at 12:00 every day.",
            ]),
    ]
}
