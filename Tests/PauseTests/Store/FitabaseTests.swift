import Glibc
import JSON
import Testing

@testable import Pause

@Suite("Imported minute tables")
struct FitabaseTests {
    /// A directory with two days of two people, removed by the caller.
    private func directory() throws -> String {
        var template = Array("/tmp/fitabase-XXXXXX".utf8CString)
        _ = try #require(mkdtemp(&template))
        let path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for (table, column, value) in [
            ("minuteSteps", "Steps", "7"), ("minuteCalories", "Calories", "1.23456"), ("minuteMETs", "METs", "12"),
            ("minuteIntensities", "Intensity", "1"),
        ] {
            var text = "Id,ActivityMinute,\(column)\n"
            for id in ["1503960366", "2022484408"] {
                for minute in 0..<2880 {
                    let hour = minute % 1440 / 60
                    let shown = hour % 12 == 0 ? 12 : hour % 12
                    text += "\(id),4/\(12 + minute / 1440)/2016 \(shown):\(padded(minute % 60, to: 2)):00 "
                    text += "\(hour < 12 ? "AM" : "PM"),\(id == "1503960366" ? value : "0")\n"
                }
            }
            let file = try #require(fopen("\(path)/\(table)Narrow_merged.csv", "w"))
            fputs(text, file)
            fclose(file)
        }
        return path
    }

    private func remove(_ path: String) {
        for table in ["minuteSteps", "minuteCalories", "minuteMETs", "minuteIntensities"] {
            unlink("\(path)/\(table)Narrow_merged.csv")
        }
        rmdir(path)
    }

    private func days() throws -> ClosedRange<CalendarDay> {
        try #require(CalendarDay("2016-04-12"))...(try #require(CalendarDay("2016-04-13")))
    }

    @Test("A store is built from an export, moved in time, and loaded again with the same tables")
    func build() async throws {
        let path = try directory()
        defer { remove(path) }
        let imported = try await FitabaseExport(directory: path, userID: "1503960366").tables(of: try days())
        #expect(imported.tables.steps.allSatisfy { $0 == 7 })
        #expect(imported.tables.calories.allSatisfy { $0 == 123 })
        let store = try PauseStore.build(StoreSettings(seed: 4, imported: imported))
        #expect(store.meta.userID == "1503960366" && store.meta.dataFormat == .csv)
        #expect(store.meta.originalDateRange == (try days()))
        #expect(store.meta.shiftDays == (try days()).lowerBound.distance(to: store.meta.dateRange.lowerBound))
        #expect(store.tables.firstDay == store.meta.dateRange.lowerBound)
        #expect(store.tables.steps.filter { $0 == 7 }.count >= 2 * 1440 - 130)
        #expect(store.tables.dailySleep.count == 2 && store.tables.dailyHeartRates.count == 2)
        let loaded = try PauseStore.load(meta: store.meta.json, profile: store.profile.json, imported: imported)
        #expect(loaded.tables.digest == store.tables.digest)
        #expect(throws: (any Error).self) {
            try PauseStore.load(meta: store.meta.json, profile: store.profile.json)
        }
    }

    @Test("An unknown person is refused with the ids that there are, a missing file by its name")
    func refusals() async throws {
        let path = try directory()
        defer { remove(path) }
        let unknown = await #expect(throws: (any Error).self) {
            try await FitabaseExport(directory: path, userID: "7").tables(of: try days())
        }
        #expect("\(unknown.map { "\($0)" } ?? "")".contains("1503960366, 2022484408"))
        let missing = await #expect(throws: (any Error).self) {
            try await FitabaseExport(directory: "/nonexistent", userID: "7").tables(of: try days())
        }
        #expect("\(missing.map { "\($0)" } ?? "")".contains("minuteStepsNarrow.csv"))
    }

    @Test(
        "Times are read as Fitabase writes them",
        arguments: [
            ("4/12/2016 12:00:00 AM", "2016-04-12T00:00:00"), ("4/12/2016 12:05:00 PM", "2016-04-12T12:05:00"),
            ("11/2/2016 1:59:00 PM", "2016-11-02T13:59:00"), ("2016-04-12 07:30:00", "2016-04-12T07:30:00"),
        ])
    func times(_ text: String, _ expected: String) {
        #expect(FitabaseTime.moment(text)?.description == expected)
    }

    @Test(
        "Other times are refused",
        arguments: ["13/40/2016 1:00:00 AM", "4/12/2016 13:00:00 PM", "now", "4/12/2016 0:00:00 AM"])
    func badTimes(_ text: String) {
        #expect(FitabaseTime.moment(text) == nil)
    }
}
