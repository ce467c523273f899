import Evaluation
import JSON
import Testing

@testable import Pause

@Suite("P11-P14: permissions, discovery and membership")
struct GateTests {
    @Test("P11: raw data need the permission, then the day's source; the window's end belongs to it")
    func rawData() throws {
        var platform = try Platform()
        let window: JSONObject = ["date": .string(platform.day(0)), "start": "08:00", "end": "08:05"]
        #expect(platform.assistant("fitbit-get_intraday_steps", window).errorCode == "PERMISSION_DENIED")
        platform.user("set_raw_data_permission", ["allow": true])
        #expect(platform.assistant("oura-get_intraday_steps", window).errorCode == "DATA_NOT_AVAILABLE")
        #expect(platform.assistant("garmin_connect-get_intraday_steps", window).errorCode == "DATA_NOT_AVAILABLE")
        let value = platform.assistant("fitbit-get_intraday_steps", window).value
        #expect(value["source"] == "fitbit")
        #expect(
            value["data"]?.arrayValue?.map { $0["time"]?.stringValue } == [
                "08:00:00", "08:01:00", "08:02:00", "08:03:00", "08:04:00", "08:05:00",
            ])
        let day = platform.assistant("fitbit-get_intraday_mets", ["date": .string(platform.day(0))]).value
        #expect(day["data"]?.arrayValue?.count == 1440)
        platform.user("update_source", ["source_name": "fitbit", "allow": false])
        #expect(platform.assistant("fitbit-get_intraday_steps", window).errorCode == "DATA_NOT_AVAILABLE")
        #expect(platform.world.terminationReason == nil)
    }

    @Test("P11: minutes sum to what the platform says of the day")
    func minutes() throws {
        var platform = try Platform()
        platform.grant(.rawData)
        let date = JSONValue.string(platform.day(0))
        let summary = platform.assistant("get_daily_summary", ["date": date]).value
        for (metric, part) in [("steps", "steps"), ("calories", "calories"), ("mets", "mets")] {
            let data = platform.assistant("fitbit-get_intraday_\(metric)", ["date": date]).value["data"]
            let sum = (data?.arrayValue ?? []).compactMap { $0["value"]?.doubleValue }.reduce(0, +)
            #expect(abs(sum - (summary[part]?["total"]?.doubleValue ?? 0)) < 0.01)
        }
        let levels = platform.assistant("fitbit-get_intraday_intensities", ["date": date]).value["data"]?.arrayValue
        let azm = (levels ?? []).filter { $0["value"]?.intValue ?? 0 >= 2 }.count
        #expect(summary["activity"]?["azm_total"]?.intValue == azm)
    }

    @Test("P11: a device's own grid shows when its data are read, but not in the original")
    func grid() throws {
        for (compatibility, rows) in [(PauseCompatibility.none, 288), (.source, 1440)] {
            var platform = try Platform(PauseWorldOptions(compatibility: compatibility))
            platform.grant(.rawData)
            platform.user("update_source", ["source_name": "oura", "allow": true])
            let date = JSONValue.string(platform.day(25))
            let data = platform.assistant("oura-get_intraday_steps", ["date": date]).value["data"]?.arrayValue ?? []
            #expect(data.count == rows)
            let total = platform.assistant("get_daily_summary", ["date": date]).value["steps"]?["total"]?.intValue
            #expect(data.compactMap { $0["value"]?.intValue }.reduce(0, +) == total)
        }
    }

    @Test("P11: what a device does not measure is not available")
    func unmeasured() throws {
        var platform = try Platform()
        platform.grant(.rawData)
        let date: JSONObject = ["date": .string(platform.day(0))]
        #expect(platform.assistant("fitbit-get_intraday_stress", date).errorCode == "DATA_NOT_AVAILABLE")
        #expect(platform.assistant("fitbit-get_intraday_spo2", date).value["data"]?.arrayValue?.isEmpty == false)
        let rates = platform.assistant("fitbit-get_intraday_heart_rate", date).value["data"]?.arrayValue ?? []
        #expect(rates.count > 1100 && rates.allSatisfy { (30...220).contains($0["value"]?.intValue ?? 0) })
    }

    @Test("P12: source and medical tools are offered once discovered, and only then")
    func discovery() throws {
        var platform = try Platform()
        let first = platform.world.tools(for: .agent).map(\.name)
        #expect(!first.contains { $0.contains("-") })
        #expect(platform.assistant("get_source_features", ["source_name": "fitbit"]).errorCode == "PERMISSION_DENIED")
        platform.grant(.rawData, .medAssistant)
        #expect(
            platform.assistant("get_source_features", ["source_name": "polar_flow"]).errorCode == "SOURCE_NOT_FOUND")
        #expect(platform.world.tools(for: .agent).count == first.count)
        let features = platform.assistant("get_source_features", ["source_name": "fitbit"]).value
        #expect(features["source"] == "fitbit")
        #expect(features["tools"]?[0]?["function"]?["name"] == "fitbit-get_intraday_intensities")
        platform.assistant("get_source_features", ["source_name": "fitbit"])
        platform.makeMember()
        platform.assistant("get_med_features")
        let added = platform.world.tools(for: .agent).map(\.name).dropFirst(first.count)
        #expect(added.count == 9 + 6)
        #expect(added.contains("fitbit-get_activity_plan") && added.contains("med-create_appointment"))
    }

    @Test("P12: discovered tools are allowed in a branch that does not list them")
    func discoveryInBranch() throws {
        var platform = try Platform(PauseWorldOptions(branchAllowlist: ["get_source_features"]))
        platform.grant(.rawData)
        #expect(platform.world.tools(for: .agent).map(\.name) == ["get_source_features"])
        platform.assistant("get_source_features", ["source_name": "fitbit"])
        #expect(platform.assistant("fitbit.get_activity_plan").exception == nil)
        let outcome = platform.assistant("oura-get_activity_plan")
        #expect(outcome.exception?.kind == .permission)
        #expect(platform.world.terminationReason == "assistant_tool_error:get_activity_plan")
    }

    @Test(
        "P13: membership comes before the permission",
        arguments: [
            "get_med_features", "med-get_user_profile", "med-get_provider_list", "med-get_resources",
            "med-update_user_profile",
        ])
    func medical(_ tool: String) throws {
        let arguments: JSONObject = tool == "med-get_resources" ? ["resource_type": "care_plans"] : [:]
        var platform = try Platform()
        #expect(platform.assistant(tool, arguments).errorCode == "SUBSCRIPTION_REQUIRED")
        platform.grant(.medAssistant)
        #expect(platform.assistant(tool, arguments).errorCode == "SUBSCRIPTION_REQUIRED")
        platform.makeMember()
        let outcome = platform.assistant(tool, arguments)
        #expect(outcome.errorCode == nil && outcome.exception == nil)
        platform.user("set_med_assistant_permission", ["allow": false])
        #expect(platform.assistant(tool, arguments).errorCode == "PERMISSION_DENIED")
    }

    @Test("P13: recommendations are for members")
    func recommendations() throws {
        var platform = try Platform()
        let arguments: JSONObject = [
            "recent_sports_records": [
                ["sport_type": "running", "duration_minutes": 40, "calories": 300, "azm": 30],
                ["sport_type": "running", "duration_minutes": 40, "calories": 401, "azm": 41],
            ], "preference": "cardio", "intensity": "high",
        ]
        #expect(platform.assistant("recommend_sports", arguments).errorCode == "SUBSCRIPTION_REQUIRED")
        platform.makeMember()
        let advice = platform.assistant("recommend_sports", arguments).value["recommendations"]?[0]
        #expect(advice?["sport_type"] == "running")
        #expect(advice?["expected_duration_minutes"] == 40)
        #expect(advice?["estimated_calories"] == 455)
        #expect(advice?["estimated_azm"] == 46)
        let none = arguments.merging(["recent_sports_records": []])
        #expect(platform.assistant("recommend_sports", none).errorCode == "NO_RECENT_RECORDS")
        let food = platform.assistant("recommend_health_food", ["preference": "high_protein"]).value
        #expect(food["recommendations"]?[0]?["trait"]?["metric"] == "protein_g")
        var original = try Platform(PauseWorldOptions(compatibility: .source))
        original.makeMember()
        #expect(original.assistant("recommend_sports", none).exception != nil)
        #expect(original.assistant("recommend_health_food", ["preference": "low_fat"]).exception?.kind == .unknownTool)
    }

    @Test("P14: notes are denied, then allowed")
    func notes() throws {
        var platform = try Platform()
        let range = platform.range(0, 29)
        #expect(platform.assistant("add_note", ["note": "tea"]).errorCode == "PERMISSION_DENIED")
        #expect(platform.assistant("list_notes", range).errorCode == "PERMISSION_DENIED")
        #expect(platform.assistant("delete_note", ["note_id": "note_1"]).errorCode == "PERMISSION_DENIED")
        platform.user("set_user_notes_permission", ["allow": true])
        let note = platform.assistant("add_note", ["note": "tea"]).value["note"]
        #expect(note?["time"]?.stringValue == platform.world.store.profile.now.description)
        #expect(platform.assistant("list_notes", range).value["notes"]?.arrayValue?.count == 1)
        #expect(platform.assistant("list_notes", platform.range(0, 3)).value["notes"] == [])
        let id = note?["note_id"] ?? .null
        #expect(platform.assistant("delete_note", ["note_id": id]).value["deleted"] == true)
        #expect(platform.assistant("delete_note", ["note_id": id]).exception?.kind == .value)
    }

    @Test("Every decision of a gate is kept with its reason")
    func trace() throws {
        var platform = try Platform()
        platform.assistant("get_daily_summary", ["date": .string(platform.day(0))])
        platform.assistant("get_daily_summary", ["date": .string(platform.day(3))])
        platform.assistant("get_range_summary", platform.range(0, 29))
        platform.assistant("list_notes", platform.range(0, 1))
        platform.assistant("get_med_features")
        let trace = platform.world.gateTrace
        #expect(trace.map(\.gate) == [.dayVisibility, .dayVisibility, .dayVisibility, .userNotes, .vip])
        #expect(trace.map(\.granted) == [true, false, true, false, false])
        #expect(trace[2].reason == "18 of 30 days have visible data")
        #expect(trace[3].json["tool"] == "list_notes")
        #expect(trace.allSatisfy { !$0.reason.isEmpty })
    }

    @Test("Raw data of sources that the user has not named are denied")
    func readableSources() throws {
        var platform = try Platform()
        platform.grant(.rawData)
        platform.world.store.profile.authorization.readableSources = ["oura"]
        let date: JSONObject = ["date": .string(platform.day(0))]
        #expect(platform.assistant("fitbit-get_intraday_steps", date).errorCode == "PERMISSION_DENIED")
        #expect(platform.assistant("get_source_features", ["source_name": "fitbit"]).errorCode == "PERMISSION_DENIED")
        #expect(platform.assistant("get_source_features", ["source_name": "oura"]).errorCode == nil)
        #expect(platform.world.gateTrace.last?.gate == .readableSources)
    }
}
