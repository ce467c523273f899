import Evaluation
import JSON

/// The requests to a language model that writes or checks tasks of a branch.
struct BranchPrompts {
    let branch: PauseBranch
    let store: PauseStore

    /// Asks for one task.
    func generation(examples: [TaskDraft]) -> String {
        [
            """
            You write tasks for a benchmark of health assistants. An assistant with the tools below will talk with a \
            simulated user; your task tells that user what to want. Write exactly one task.
            """,
            rules, facts, tools,
            "## Examples of the form (other users)\n"
                + examples.map { $0.json.text(.pretty) }.joined(separator: "\n"),
            """
            ## Answer
            Answer with one JSON object and nothing else: {"label": "<short_name_with_underscores>", \
            "task_instruction": "<fewer than 200 words, second person, starting with You are NAME.>", \
            "targets": ["<at most 5 sentences, each of which can be checked on its own>"]}
            """,
        ].joined(separator: "\n\n")
    }

    /// Asks whether a task is good, and for a better version when it is not.
    func validation(of draft: TaskDraft) -> String {
        [
            """
            You check tasks for a benchmark of health assistants. Decide whether the task below follows every rule, can \
            be solved with the tools for this user, and whether its targets ask for what the instruction asks for, no \
            more and no less.
            """,
            rules, facts, tools, "## Task\n" + draft.json.text(.pretty),
            """
            ## Answer
            Answer with one JSON object and nothing else: {"reason": "<one or two sentences>", "task_valid": true or \
            false, "alignment": true or false}. When one of them is false, add corrected "task_instruction" and \
            "targets" that keep as much of the task as possible.
            """,
        ].joined(separator: "\n\n")
    }

    /// What every user of a branch is told besides the task.
    static func standingUserRules(of branch: PauseBranch) -> String {
        var rules = [
            "Speak as this person, in the first person, and give away only what you are asked or what the task says.",
            "Do not tell the assistant which tools to use or how to go about it.",
        ]
        switch branch {
        case .wearableDataAdvanced, .lifestyleRecordAdvanced:
            rules.append(
                "Grant permissions, connect sources, top up your wallet and authorize payments when the assistant asks "
                    + "for it, and never before.")
        case .wearableDataCasual, .lifestyleRecordCasual:
            rules.append("You agree to changes that the task asks for without being asked twice.")
        case .shopping: break
        }
        return "Rules for you:\n" + rules.map { "- " + $0 }.joined(separator: "\n")
    }

    private var rules: String {
        let common = """
            ## Rules
            - Everything that the task refers to is in the facts about the user. Nothing is invented.
            - Days are given so that there is one reading of them: dates, or ranges that end today. Words such as \
            "recently" alone are too vague.
            - The instruction names no tool, no permission and no inner working of the platform.
            - The wish fits the person: habits, goals and health risks.
            """
        let own: String
        switch branch {
        case .wearableDataCasual:
            own = """
                - Only accessible dates are used, and nothing about missing data or raw sensor data is asked.
                - An everyday question: extremes of a range, the peak of a day, two days compared, heart rate or sleep \
                against the next day, hours side by side, workouts against whole days, a plotted trend, a goal \
                adjusted, intense minutes summed.
                """
        case .wearableDataAdvanced:
            own = """
                - At least one of: minute data of a recorded workout together with a recommendation; a comparison over \
                a range in which days may be blank, without saying so; notes or reminders read or written; care plans \
                or appointments read or changed.
                - What the source assignment says is never given away.
                """
        case .lifestyleRecordCasual:
            own = """
                - Two or three of: meals or workouts reviewed and compared; behaviour held against daily goals; the \
                profile looked at or updated; meals or sessions created or deleted; a simple plot.
                - A new meal has a time, foods and amounts with units; a new session has start, end and type.
                """
        case .lifestyleRecordAdvanced:
            own = """
                - Two or three of: meals or workouts reviewed over more than one range of time; a plot; notes or \
                reminders read or written; care plans or appointments read or changed; a goal carried over to the \
                connected sources.
                """
        case .shopping: own = ""
        }
        return common + "\n" + own
    }

    private var facts: String {
        let profile = store.profile
        var facts: JSONObject = [
            "user_profile": profile.json["user_profile"] ?? .null,
            "persona": profile.json["narrative_summary"] ?? .null, "now": .string("\(profile.now)"),
            "weekday": .string(profile.now.day.weekdayName),
        ]
        switch branch {
        case .wearableDataCasual:
            facts["accessible_dates"] = .array(profile.visibleDays.map { .string("\($0)") })
            facts["sports"] = recentSports(days: 10)
        case .wearableDataAdvanced:
            facts["source_assignment"] = profile.json["source_assignment"] ?? .null
            facts["system_settings"] = profile.json["system_settings"] ?? .null
            facts["sports"] = recentSports(days: 10)
            addContext(to: &facts)
        case .lifestyleRecordCasual:
            facts["meals"] = recentMeals
            facts["sports"] = recentSports(days: 7)
        case .lifestyleRecordAdvanced:
            facts["meals"] = recentMeals
            facts["sports"] = recentSports(days: 10)
            facts["system_settings"] = profile.json["system_settings"] ?? .null
            addContext(to: &facts)
        case .shopping: break
        }
        return "## Facts about the user\n" + JSONValue.object(facts).text()
    }

    private func addContext(to facts: inout JSONObject) {
        for list in [RecordList.notes, .reminders, .carePlans, .appointments, .healthProviders] {
            facts[list.rawValue] = .array(store.profile.records(list).map { .object($0) })
        }
    }

    private func recentSports(days: Int) -> JSONValue {
        let first = store.profile.now.day.advanced(by: -days)
        return .array(
            store.profile.records(.sports).filter { sport in
                (DayTime(lenient: sport["start_time"]?.stringValue ?? "")?.day).map { $0 >= first } ?? false
            }.map { sport in
                .object(
                    JSONObject(
                        entries: sport.filter { ["sport_name", "start_time", "end_time"].contains($0.key) }))
            })
    }

    private var recentMeals: JSONValue {
        let first = store.profile.now.day.advanced(by: -7)
        return .array(
            store.profile.records(.meals).filter { meal in
                (DayTime(lenient: meal["time"]?.stringValue ?? "")?.day).map { $0 >= first } ?? false
            }.map { .object($0) })
    }

    private var tools: String {
        let allowed = Set(branch.toolAllowlist)
        var tools = PauseTools.assistantTools().filter { allowed.contains($0.name) }
        if branch.difficulty == .hard {
            tools += PauseTools.definitions(.source) + PauseTools.definitions(.medical)
        }
        return "## Tools of the assistant\n"
            + tools.map { "- \($0.name): \($0.description ?? "")" }.joined(separator: "\n")
    }
}
