import JSON
import Testing

@testable import Pause

@Suite("P17 and P54: records and plots")
struct RecordTests {
    @Test("P17: a session is made, listed and deleted")
    func sessions() throws {
        var platform = try Platform()
        let made = platform.assistant(
            "create_session_record",
            [
                "start_time": .string(platform.day(2) + "T09:00:00"),
                "end_time": .string(platform.day(2) + "T10:00:00"),
                "session_type": "study",
            ]
        ).value
        #expect(made.objectValue?.keys == ["record_id", "session_type", "start_time", "end_time", "user_note"])
        #expect(made["user_note"] == "")
        #expect(platform.assistant("get_session_records", platform.range(2, 2)).value == [made])
        #expect(platform.assistant("get_session_records", platform.range(3, 5)).value == [])
        let id: JSONObject = ["record_id": made["record_id"] ?? .null]
        #expect(platform.assistant("delete_record", id).value["type"] == "session")
        #expect(platform.assistant("get_session_records", platform.range(0, 29)).value == [])
    }

    @Test("P17: a meal is made, analysed and deleted; its kind follows from the hour")
    func meals() throws {
        var platform = try Platform()
        for (hour, type) in [
            ("04", "snack"), ("05", "breakfast"), ("11", "lunch_dinner"), ("20", "lunch_dinner"), ("21", "snack"),
        ] {
            let made = platform.assistant(
                "create_meal_record",
                [
                    "timestamp": .string(platform.day(2) + "T\(hour):10:00"),
                    "items": [
                        ["name": " Rice ", "amount": ["value": 150.4, "unit": "g"]],
                        ["name": "Milk", "amount": ["value": 200, "unit": "ml"]],
                    ],
                ]
            ).value
            #expect(made["meal_type"]?.stringValue == type)
            #expect(made["nutrition"] == nil)
            #expect(made["items"]?[0] == ["name": "Rice", "amount_g": 150])
            #expect(made["items"]?[1]?["amount"]?["unit"] == "ml")
            let id: JSONObject = ["record_id": made["record_id"] ?? .null]
            let analysis = platform.assistant("analysis_meal", id).value
            #expect(analysis["nutrition"]?.objectValue?.keys == ["calories", "sugar_g", "fiber_g", "fat_g"])
            #expect(analysis["nutrition"]?["calories"]?.doubleValue ?? 0 > 50)
            #expect(platform.assistant("delete_record", id).value["type"] == "meal")
        }
    }

    @Test("P17: a portion in grams scales the nutrition, within bounds")
    func portions() throws {
        func calories(_ grams: Int) throws -> Double {
            var platform = try Platform(PauseWorldOptions(seed: 5))
            let made = platform.assistant(
                "create_meal_record",
                [
                    "timestamp": .string(platform.day(2) + "T12:00:00"),
                    "items": [["name": "Stew", "amount": ["value": .init(grams), "unit": "grams"]]],
                ]
            ).value
            return platform.assistant("analysis_meal", ["record_id": made["record_id"] ?? .null])
                .value["nutrition"]?["calories"]?.doubleValue ?? 0
        }
        let smallest = try calories(1)
        #expect(try calories(2) == smallest)
        #expect(try calories(100_000) / smallest > 3.5)
    }

    @Test("P17: recorded meals are listed with their kilocalories, and analysed by id")
    func recordedMeals() throws {
        var platform = try Platform()
        let listed = platform.assistant("get_meal_records", platform.range(0, 0)).value.arrayValue ?? []
        #expect((3...4).contains(listed.count))
        #expect(listed[0].objectValue?.keys == ["record_id", "time", "meal_type", "items", "total_calories"])
        let analysis = platform.assistant("analysis_meal", ["record_id": listed[0]["record_id"] ?? .null]).value
        #expect(analysis["nutrition"]?["calories"] == listed[0]["total_calories"])
    }

    @Test("P17: sports cannot be deleted, nor what is not there")
    func sports() throws {
        var platform = try Platform()
        let sports = platform.assistant("get_sport_records", platform.range(0, 29)).value.arrayValue ?? []
        #expect(!sports.isEmpty && sports.allSatisfy { $0["record_id"] == nil })
        #expect(platform.assistant("delete_record", ["record_id": "sport_1"]).exception?.kind == .value)
        #expect(platform.world.terminationReason == "assistant_tool_error:delete_record")
    }

    @Test("The profile is changed in part, and a change of nothing ends the run")
    func profile() throws {
        var platform = try Platform()
        let before = platform.assistant("get_user_profile").value["user_profile"]
        let after = platform.assistant(
            "update_profile", ["daily_goal": ["steps": 9000, "other": 1], "health_risks": ["asthma"]]
        ).value["updated_profile"]
        #expect(after?["daily_goal"]?["steps"] == 9000)
        #expect(after?["daily_goal"]?["other"] == nil)
        #expect(after?["daily_goal"]?["mets"] == before?["daily_goal"]?["mets"])
        #expect(after?["health_risks"] == ["asthma"])
        #expect(after?["basic_info"] == before?["basic_info"])
        #expect(platform.assistant("update_profile", ["daily_goal": ["other": 1]]).exception?.kind == .value)
    }

    @Test("Reminders come back every day unless days are named")
    func reminders() throws {
        var platform = try Platform()
        let made = platform.assistant(
            "create_daily_reminder", ["title": "Walk", "time_of_day": "07:00", "repeat_days": []]
        ).value
        #expect(made["repeat_days"]?.arrayValue?.count == 7)
        platform.assistant(
            "create_daily_reminder", ["title": "Swim", "time_of_day": "08:00", "repeat_days": ["Tue"]])
        #expect(platform.assistant("list_daily_reminders").value.arrayValue?.count == 2)
        let id: JSONObject = ["reminder_id": made["reminder_id"] ?? .null]
        #expect(platform.assistant("delete_daily_reminder", id).value["deleted"] == true)
        #expect(platform.assistant("delete_daily_reminder", id).exception != nil)
    }

    @Test("Weekly goals of a source are read, changed, and begun where there are none")
    func goals() throws {
        var platform = try Platform()
        let set: JSONObject = ["goal_type": "AZM", "value": 210]
        #expect(platform.assistant("polar_flow-create_activity_plan", set).errorCode == "SOURCE_NOT_FOUND")
        #expect(
            platform.assistant("fitbit-create_activity_plan", ["goal_type": "naps", "value": 3]).errorCode
                == "INVALID_GOAL_TYPE")
        #expect(platform.assistant("fitbit-create_activity_plan", set).value["period"] == "weekly")
        let goals = platform.assistant("fitbit-get_activity_plan").value["goals"]
        #expect(goals?["AZM"] == 210)
    }

    @Test("P54: a plot is checked, named, counted and drawn")
    func plots() throws {
        var platform = try Platform()
        let arguments: JSONObject = [
            "start_time": "2025-06-10T00:00:00", "granularity": "day", "time_series": [8000, 9100.5, 7600],
            "unit": "steps & <more>",
        ]
        let value = platform.assistant("plot_time_series", arguments).value
        let plot = try #require(platform.world.plots.first)
        #expect(value["plot_id"]?.stringValue == plot.id && plot.id.count == 16)
        #expect(value["image_url"]?.stringValue == "plots/\(plot.id).svg")
        #expect(value["data_points"] == 3)
        #expect(value["unit"] == "steps & <more>")
        #expect(value["granularity"] == "day" && value["start_time"] == "2025-06-10T00:00:00")
        #expect(plot.svg.hasPrefix("<svg ") && plot.svg.hasSuffix("</svg>\n"))
        #expect(plot.svg.contains("<polyline") && plot.svg.contains("steps &amp; &lt;more&gt;"))
        #expect(plot.svg.contains("2025-06-12"))
        let bare = arguments.merging(["unit": .null])
        #expect(platform.assistant("plot_time_series", bare).value["unit"] == "unknown")
        #expect(platform.world.plots.count == 2 && platform.world.plots[1].id != plot.id)
    }

    @Test(
        "P54: what cannot be drawn ends the run",
        arguments: [
            ("granularity", "week"), ("time_series", []), ("time_series", ["x"]), ("start_time", "2025-06-10"),
            ("time_series", [.number("NaN")]),
        ] as [(String, JSONValue)])
    func badPlots(_ key: String, _ value: JSONValue) throws {
        var platform = try Platform()
        var arguments: JSONObject = [
            "start_time": "2025-06-10T00:00:00", "granularity": "hour", "time_series": [1, 2],
        ]
        arguments[key] = value
        #expect(platform.assistant("plot_time_series", arguments).exception != nil)
        #expect(platform.world.plots.isEmpty)
    }

    @Test("P54: one value, equal values and very many values are drawn too", arguments: [1, 2, 61, 43_200])
    func manyPoints(_ count: Int) throws {
        let start = try #require(DayTime("2025-06-10T00:00:00"))
        for constant in [true, false] {
            let values = (0..<count).map { constant ? 5 : Double(($0 * 37) % 101) - 50 }
            let svg = PlotDrawing(start: start, granularity: .minute, values: values, unit: "bpm").svg
            #expect(!svg.contains("nan") && !svg.contains("inf"))
            #expect(svg.utf8.count < 60_000)
        }
    }
}
