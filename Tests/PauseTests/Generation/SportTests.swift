import JSON
import Testing

@testable import Pause

@Suite("P6: sports")
struct SportTests {
    private struct Record {
        let start: DayTime
        let end: DayTime
        let calories: Double
        let azm: Int

        init(_ json: JSONObject) throws {
            start = try #require(DayTime(json["start_time"]?.stringValue ?? ""))
            end = try #require(DayTime(json["end_time"]?.stringValue ?? ""))
            calories = try #require(json["statistics"]?["calories"]?.doubleValue)
            azm = try #require(json["statistics"]?["azm"]?.intValue)
        }
    }

    @Test("P6: a record says what the minute tables sum to")
    func sums() throws {
        for store in SampleStores.all {
            for record in try store.profile.records(.sports).map(Record.init) {
                let minutes = try #require(store.tables.minutes(of: record.start.day))
                let first = minutes.lowerBound + record.start.minuteOfDay
                let length = (record.end.seconds - record.start.seconds) / 60
                let totals = DayTotals(minutes: first..<first + length, in: store.tables)
                #expect(totals.calories == record.calories)
                #expect(totals.azm == record.azm)
            }
        }
    }

    @Test("P6: no two workouts overlap")
    func overlaps() throws {
        for store in SampleStores.all {
            let records = try store.profile.records(.sports).map(Record.init)
            for (earlier, later) in zip(records, records.dropFirst()) { #expect(earlier.end <= later.start) }
        }
    }

    @Test("P6: full weeks have as many training days as the habit says, durations and intensities too")
    func habits() throws {
        var habits: Set<String> = []
        for store in SampleStores.all {
            var stream = PauseStream(seed: store.meta.seed, stage: "sports")
            let plan = SportPlan(days: store.meta.dateRange, stream: &stream)
            habits.insert(plan.template.name)
            let days = Set(plan.sports.map(\.day))
            for week in SportPlan.naturalWeeks(of: store.meta.dateRange) where week.count == 7 {
                #expect(plan.template.daysPerWeek.contains(week.filter(days.contains).count))
            }
            for sport in plan.sports {
                #expect(plan.template.minutes.contains(sport.minutes.count))
                #expect(plan.template.intensities.contains { $0.choice == sport.intensity })
                #expect(plan.template.sports.contains { $0.choice == sport.name })
                #expect(sport.minutes.lowerBound >= 360 && sport.minutes.upperBound <= 1260)
            }
            #expect(plan.sports.count == store.profile.records(.sports).count)
        }
        #expect(habits.count == 6)
    }

    @Test("Nobody sleeps while training")
    func awake() {
        for store in SampleStores.all {
            var stream = PauseStream(seed: store.meta.seed, stage: "sports")
            for sport in SportPlan(days: store.meta.dateRange, stream: &stream).sports {
                let start = DayTime(sport.day, minute: sport.minutes.lowerBound)
                for segment in store.tables.dailySleep.flatMap(\.segments) {
                    #expect(segment.end <= start || segment.start > start)
                }
            }
        }
    }
}
