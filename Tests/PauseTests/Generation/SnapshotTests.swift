import JSON
import Testing

@testable import Pause

@Suite("P1-P3: stores from one integer, and back from their snapshot")
struct SnapshotTests {
    @Test("P1: the same seed gives the same bytes, another seed others")
    func reproducible() throws {
        let first = try PauseStore.build(StoreSettings(seed: 46))
        let again = try PauseStore.build(StoreSettings(seed: 46))
        let other = try PauseStore.build(StoreSettings(seed: 47))
        #expect(
            JSONValue.object(first.profile.json).digest(.compact)
                == JSONValue.object(again.profile.json).digest(.compact))
        #expect(first.meta == again.meta)
        #expect(first.tables.digest == again.tables.digest)
        #expect(first.tables.digest != other.tables.digest)
        #expect(JSONValue.object(first.profile.json).digest() != JSONValue.object(other.profile.json).digest())
    }

    @Test("P1: the bytes of a seed stay what they are, unless the generator gets a new version")
    func pinned() throws {
        let store = try PauseStore.build(StoreSettings(seed: 46))
        #expect(StoreMeta.currentGenerator == 1)
        #expect(store.tables.digest == "d2c09ed14181ea0e8d3b88bb47969644ad49d508a850ce6caae0ec7693a4a7ae")
        #expect(
            JSONValue.object(store.profile.json).digest()
                == "7e4dc51fe304b2daa18d12ec5340a2934fbeac2df3b95fe045f769de0706b9ff")
    }

    @Test("P2: six tables, 1,440 rows a day, intensities 0 to 3, METs of a day 14,000 to 30,000")
    func tables() throws {
        let store = try PauseStore.build(StoreSettings(seed: 46))
        let tables = store.tables
        for count in [tables.steps.count, tables.calories.count, tables.mets.count, tables.intensities.count] {
            #expect(count == 30 * 1440)
        }
        #expect(tables.dailyHeartRates.count == 30)
        #expect(tables.dailySleep.count == 30)
        #expect(tables.intensities.allSatisfy { $0 <= 3 })
        for store in SampleStores.all {
            for day in store.meta.days {
                let totals = try #require(DayTotals(of: day, in: store.tables))
                #expect((14_000...30_000).contains(totals.mets), "\(store.meta.seed) \(day)")
                #expect(totals.minutesByIntensity.reduce(0, +) == 1440)
            }
        }
    }

    @Test("P2: the tables are exported with the documented columns")
    func dump() throws {
        let store = try PauseStore.build(StoreSettings(seed: 46, days: 2))
        let files = WearableTableFile.all(of: store.tables)
        #expect(
            files.map(\.name) == [
                "minute_steps", "minute_calories", "minute_mets", "minute_intensities", "daily_heartrate",
                "daily_sleep",
            ])
        #expect(files[0].csv.hasPrefix("ActivityMinute,Steps\n"))
        #expect(files[1].csv.hasPrefix("ActivityMinute,Calories\n"))
        #expect(files[0].csv.split(separator: "\n").count == 2 * 1440 + 1)
        #expect(
            files[4].csv.hasPrefix(
                "Date,resting_hr,avg_hr,max_hr,min_hr,zone_Below_minutes,zone_Fat Burn_minutes,zone_Cardio_minutes,"
                    + "zone_Peak_minutes\n"))
        #expect(files[5].csv.contains("\"[{\"\"start_time\"\":"))
    }

    @Test("P3: a store that is loaded from its snapshot has the same tables", arguments: [1, 46, 999])
    func reload(_ seed: Int) throws {
        let store = try PauseStore.build(StoreSettings(seed: seed))
        let meta = try #require(try JSONValue.parse(JSONValue.object(store.meta.json).text()).objectValue)
        let profile = try #require(try JSONValue.parse(JSONValue.object(store.profile.json).text()).objectValue)
        let loaded = try PauseStore.load(meta: meta, profile: profile)
        #expect(loaded.tables.digest == store.tables.digest)
        #expect(loaded.meta.json.isIdentical(to: store.meta.json))
        let isSame = loaded.profile.json.isIdentical(to: store.profile.json)
        #expect(isSame)
    }

    @Test("The window lies in the target years and now is an evening hour of its last day")
    func window() throws {
        for seed in 0..<60 {
            let window = try StoreWindow(StoreSettings(seed: seed))
            #expect(window.days.lowerBound >= (CalendarDay("2024-01-01") ?? CalendarDay(number: 0)))
            #expect(window.days.upperBound <= (CalendarDay("2026-12-31") ?? CalendarDay(number: 0)))
            #expect(window.now.day == window.days.upperBound)
            #expect((18...22).contains(window.now.hour) && window.now.minuteOfDay % 60 == 0)
        }
    }

    @Test(
        "A meta that cannot be used is refused by its key",
        arguments: [
            ("rng_seed", "x"), ("date_range", ["2024-01-31", "2024-01-01"]),
            ("date_range", ["0001-01-01", "9999-12-31"]), ("now", 5), ("data_format", "parquet"), ("generator", 99),
        ] as [(String, JSONValue)])
    func badMeta(_ key: String, _ value: JSONValue) throws {
        let store = try PauseStore.build(StoreSettings(seed: 1, days: 1))
        var meta = store.meta.json
        meta[key] = value
        #expect(throws: (any Error).self) { try PauseStore.load(meta: meta, profile: store.profile.json) }
    }

    @Test("Days that do not fit into the years are refused")
    func tooManyDays() {
        #expect(throws: (any Error).self) {
            try PauseStore.build(StoreSettings(seed: 1, days: 366, targetYears: 2025...2025))
        }
        #expect(throws: (any Error).self) { try PauseStore.build(StoreSettings(seed: 1, days: 0)) }
    }
}
