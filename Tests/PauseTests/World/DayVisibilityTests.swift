import JSON
import Testing

@testable import Pause

@Suite("P10, P15, P16: what a day shows")
struct DayVisibilityTests {
    @Test("P10: a day whose source is disconnected is empty with an unknown source, and comes back")
    func disconnect() throws {
        var platform = try Platform()
        let day: JSONObject = ["date": .string(platform.day(0))]
        let before = platform.assistant("get_daily_summary", day).value
        #expect(before["source"] == "fitbit")
        #expect(before["device"] == "fitbit_versa_3")
        #expect(before["steps"]?["total"]?.intValue ?? 0 > 0)
        platform.user("update_source", ["source_name": "fitbit", "allow": false])
        let blank = platform.assistant("get_daily_summary", day).value
        #expect(blank["source"] == "unknown")
        #expect(blank["steps"]?["total"] == 0)
        #expect(blank["heart_rate"] == .null)
        #expect(platform.assistant("get_sport_records", platform.range(0, 29)).value == [])
        #expect(
            platform.assistant("get_hourly_steps", ["date": .string(platform.day(0)), "start": 0, "end": 24])
                .value["hours"] == [])
        platform.user("update_source", ["source_name": "fitbit", "allow": true])
        #expect(platform.assistant("get_daily_summary", day).value == before)
    }

    @Test("P10: days without visible data are dropped from a range")
    func range() throws {
        var platform = try Platform()
        let summary = platform.assistant("get_range_summary", platform.range(0, 29)).value
        // Twenty days of fitbit, two of which were not worn; oura is not connected.
        #expect(summary["days_count"] == 18)
        #expect(summary["goal"]?["steps"]?.arrayValue?.count == 18)
        platform.user("update_source", ["source_name": "oura", "allow": true])
        #expect(platform.assistant("get_range_summary", platform.range(0, 29)).value["days_count"] == 28)
        let empty = platform.assistant("get_range_summary", platform.range(3, 4)).value
        #expect(empty["days_count"] == 0)
        #expect(empty["steps"]?["max_day"] == .null)
    }

    @Test("P10: a range summary adds up its days")
    func sums() throws {
        var platform = try Platform()
        let days = [5, 6, 7]
        let totals = days.map { platform.assistant("get_daily_summary", ["date": .string(platform.day($0))]).value }
        let summary = platform.assistant("get_range_summary", platform.range(5, 7)).value
        let steps = totals.compactMap { $0["steps"]?["total"]?.intValue }
        #expect(summary["steps"]?["total_sum"]?.intValue == steps.reduce(0, +))
        #expect(
            summary["steps"]?["daily_avg"]?.doubleValue
                == roundedLikePython(Double(steps.reduce(0, +)) / 3, 2))
        let best = try #require(steps.max())
        #expect(summary["steps"]?["max_day"]?["value"]?.intValue == best)
        let calories = totals.compactMap { $0["calories"]?["total"]?.doubleValue }.reduce(0, +)
        #expect(abs((summary["calories"]?["total_sum"]?.doubleValue ?? 0) - calories) < 0.006)
        let azm = totals.compactMap { $0["activity"]?["azm_total"]?.intValue }.reduce(0, +)
        #expect(summary["activity"]?["azm_total_sum"]?.intValue == azm)
    }

    @Test("A daily summary has exactly the documented shape")
    func shape() throws {
        var platform = try Platform()
        let value = platform.assistant("get_daily_summary", ["date": .string(platform.day(0))]).value
        #expect(
            value.objectValue?.keys == [
                "source", "device", "date", "steps", "calories", "mets", "activity", "heart_rate", "goal",
                "system_score",
            ])
        #expect(value["steps"]?.objectValue?.keys == ["total", "daytime_total", "max_hour"])
        #expect(
            Set(value["activity"]?.objectValue?.keys ?? [])
                == [
                    "sedentary_minutes", "sedentary_percent", "lightly_active_minutes", "lightly_active_percent",
                    "fairly_active_minutes", "fairly_active_percent", "very_active_minutes", "very_active_percent",
                    "azm_total",
                ])
        #expect(
            value["heart_rate"]?.objectValue?.keys == [
                "resting_hr", "avg_hr", "max_hr", "min_hr", "customHeartRateZones",
            ])
        #expect(value["heart_rate"]?["customHeartRateZones"]?[0]?["max"] == 90)
        #expect(value["goal"]?.objectValue?.keys == ["steps", "mets", "calories_burn", "AZM"])
        let number = try #require(CalendarDay(platform.day(0))).parts.day
        #expect(value["system_score"]?["activity_score"]?.intValue == 80 + number % 10)
        #expect(value["system_score"]?["hr_score"]?.intValue == 90 + number % 9)
        let minutes = ["sedentary", "lightly_active", "fairly_active", "very_active"]
            .compactMap { value["activity"]?["\($0)_minutes"]?.intValue }
        #expect(minutes.reduce(0, +) == 1440)
    }

    @Test("P15: hours are half-open, and windows that make no sense end the trajectory")
    func hours() throws {
        var platform = try Platform()
        let date = JSONValue.string(platform.day(0))
        let value = platform.assistant("get_hourly_steps", ["date": date, "start": 0, "end": 2]).value
        #expect(value["metric"] == "steps")
        #expect(value["hours"]?.arrayValue?.map { $0["hour"] } == [0, 1])
        #expect(value["hours"]?[1]?["time"] == "01:00")
        let all = platform.assistant("get_hourly_activity", ["date": date, "start": 0, "end": 24]).value
        #expect(all["hours"]?.arrayValue?.count == 24)
        #expect(platform.world.terminationReason == nil)
        for (start, end) in [(2, 2), (5, 3), (0, 25), (24, 24), (-1, 3)] {
            var copy = platform
            let outcome = copy.assistant("get_hourly_mets", ["date": date, "start": .init(start), "end": .init(end)])
            #expect(outcome.exception?.kind == .value)
            #expect(copy.world.terminationReason == "assistant_tool_error:get_hourly_mets")
        }
    }

    @Test("P15: the hours of a day sum to the day")
    func hourSums() throws {
        var platform = try Platform()
        let date = JSONValue.string(platform.day(1))
        let day = platform.assistant("get_daily_summary", ["date": date]).value
        for metric in ["steps", "calories", "mets"] {
            let hours = platform.assistant("get_hourly_\(metric)", ["date": date, "start": 0, "end": 24]).value
            let sum = (hours["hours"]?.arrayValue ?? []).compactMap { $0["value"]?.doubleValue }.reduce(0, +)
            #expect(abs(sum - (day[metric]?["total"]?.doubleValue ?? 0)) < 0.01)
        }
    }

    @Test("P16: a worn night is shown, a hidden one is empty, and the original never finds any")
    func sleep() throws {
        var platform = try Platform()
        let night = platform.assistant("get_daily_sleep_summary", ["date": .string(platform.day(0))]).value
        let minutes = try #require(night["total_sleep_minutes"]?.intValue)
        #expect((300...560).contains(minutes))
        #expect(night["total_sleep_hours"]?.doubleValue == roundedLikePython(Double(minutes) / 60, 3))
        let parts = ["light", "deep", "rem"].compactMap { night["total_\($0)_minutes"]?.intValue }
        #expect(parts.reduce(0, +) == minutes)
        #expect(night["segments"]?.arrayValue?.count == night["segment_count"]?.intValue)
        let hidden = platform.assistant("get_daily_sleep_summary", ["date": .string(platform.day(3))]).value
        #expect(hidden["total_sleep_minutes"] == 0)
        var original = try Platform(PauseWorldOptions(compatibility: .source))
        #expect(
            original.assistant("get_daily_sleep_summary", ["date": .string(original.day(0))])
                .value["total_sleep_minutes"] == 0)
    }

    @Test("A date that is none ends the trajectory; one outside the store is only empty")
    func dates() throws {
        var platform = try Platform()
        #expect(platform.assistant("get_daily_summary", ["date": "1999-01-01"]).value["source"] == "unknown")
        #expect(platform.world.terminationReason == nil)
        #expect(platform.assistant("get_daily_summary", ["date": "yesterday"]).exception?.kind == .value)
        #expect(platform.world.terminationReason == "assistant_tool_error:get_daily_summary")
    }

    @Test("Heart rate and vitals of a day follow its device")
    func vitals() throws {
        var platform = try Platform()
        let day: JSONObject = ["date": .string(platform.day(0))]
        #expect(platform.assistant("get_daily_heart_rate", day).value["heart_rate"]?["resting_hr"]?.intValue != nil)
        let fitbit = platform.assistant("get_daily_vitals", day).value
        #expect(fitbit["spo2"]?["avg_percent"]?.doubleValue ?? 0 > 90)
        #expect(fitbit["stress"] == .null && fitbit["hrv"] == .null)
        #expect(platform.assistant("get_daily_vitals", day).value == fitbit)
        platform.user("update_source", ["source_name": "oura", "allow": true])
        let ring: JSONObject = ["date": .string(platform.day(25))]
        #expect(platform.assistant("get_daily_vitals", ring).value["hrv"]?["rmssd_ms"]?.intValue ?? 0 > 10)
        #expect(platform.assistant("get_daily_heart_rate", ring).value["heart_rate"] == .null)
    }
}
