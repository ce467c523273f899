import JSON
import Testing

@testable import Pause

@Suite("The generator's margins against the real ones")
struct RealismTests {
    private let stores = SampleStores.all
    private var heartRates: [DailyHeartRate] { stores.flatMap(\.tables.dailyHeartRates) }
    private var nights: [DailySleep] { stores.flatMap(\.tables.dailySleep) }

    private func days(withSport: Bool) -> [DayTotals] {
        stores.flatMap { store in
            let active = Set(
                store.profile.records(.sports).compactMap { $0["start_time"]?.stringValue?.prefix(10) })
            return store.meta.days
                .filter { active.contains($0.description.prefix(10)) == withSport }
                .compactMap { DayTotals(of: $0, in: store.tables) }
        }
    }

    @Test("Nights last as long as real ones and break as often")
    func sleep() {
        let total = Margins(nights.map { Double($0.totalMinutes) })
        let light = Margins(nights.map { Double($0.lightMinutes) })
        let deep = Margins(nights.map { Double($0.deepMinutes) })
        let rem = Margins(nights.map { Double($0.remMinutes) })
        let segments = Margins(nights.map { Double($0.segments.count) })
        print("sleep: \(total)\nlight: \(light)\ndeep: \(deep)\nrem: \(rem)\nsegments: \(segments)")
        #expect(abs(total.mean - 472) < 20)
        #expect((45...70).contains(total.deviation))
        #expect(abs(light.mean - 442) < 20)
        #expect(abs(deep.mean - 26) < 3)
        #expect(abs(deep.deviation - 14) < 5)
        #expect(abs(rem.mean - 4) < 1)
        #expect(abs(segments.mean - 1.4) < 0.1)
    }

    @Test("Heart rates lie where real ones lie")
    func heartRate() {
        let resting = Margins(heartRates.map { Double($0.resting) })
        let average = Margins(heartRates.map { Double($0.average) })
        let maximum = Margins(heartRates.map { Double($0.maximum) })
        let zones = (0..<4).map { zone in Margins(heartRates.map { Double($0.zoneMinutes[zone]) }) }
        print("resting: \(resting)\naverage: \(average)\nmaximum: \(maximum)\nzones: \(zones)")
        #expect(abs(resting.mean - 54) < 3)
        #expect((3...6).contains(resting.deviation))
        #expect(abs(average.mean - 78) < 4)
        #expect(abs(maximum.mean - 140) < 12)
        #expect((14...32).contains(maximum.deviation))
        // The real days have readings for 1,032 minutes on average, so shares are compared.
        let measured = zones.map(\.mean).reduce(0, +)
        for (zone, real) in zip(zones, [899.8, 108.5, 20.2, 2.9]) {
            #expect(abs(zone.mean / measured - real / 1031.4) < 0.04)
        }
    }

    @Test("Days without sport are quiet, days with sport are not, and goals lie between")
    func activity() {
        for (name, totals) in [("rest", days(withSport: false)), ("sport", days(withSport: true))] {
            print("\(name) steps: \(Margins(totals.map { Double($0.steps) }))")
            print("\(name) kcal: \(Margins(totals.map(\.calories)))")
            print("\(name) METs: \(Margins(totals.map { Double($0.mets) }))")
            print("\(name) AZM: \(Margins(totals.map { Double($0.azm) }))")
        }
        let rest = days(withSport: false)
        let sport = days(withSport: true)
        #expect(abs(Margins(rest.map { Double($0.steps) }).mean - 8000) < 800)
        #expect(abs(Margins(rest.map(\.calories)).mean - 2000) < 150)
        #expect(abs(Margins(rest.map { Double($0.mets) }).mean - 17_600) < 600)
        #expect(Margins(sport.map(\.calories)).mean > Margins(rest.map(\.calories)).mean + 150)
        #expect(Margins(sport.map { Double($0.azm) }).mean > 30)
        var reached: [String: [Bool]] = [:]
        for store in stores {
            let goals = store.profile.json["user_profile"]?["daily_goal"]
            for totals in store.meta.days.compactMap({ DayTotals(of: $0, in: store.tables) }) {
                reached["steps", default: []].append(Double(totals.steps) >= goals?["steps"]?.doubleValue ?? 0)
                reached["mets", default: []].append(Double(totals.mets) >= goals?["mets"]?.doubleValue ?? 0)
                reached["kcal", default: []].append(totals.calories >= goals?["calories_burn"]?.doubleValue ?? 0)
                reached["azm", default: []].append(Double(totals.azm) >= goals?["AZM"]?.doubleValue ?? 0)
            }
        }
        for (goal, days) in reached {
            let share = Double(days.filter { $0 }.count) / Double(days.count)
            print("goal \(goal) reached on \((share * 100).rounded()) % of days")
            #expect((0.03...0.97).contains(share))
        }
    }
}
