import JSON
import Testing

@testable import Pause

@Suite("P7 and P8: meals and profile")
struct PersonTests {
    @Test("P7: three or four meals a day, within their windows, of plausible size")
    func meals() throws {
        let windows = [
            "breakfast": 430...470, "lunch": 720...780, "snack": 870...990, "dinner": 1065...1155,
        ]
        var snacks = 0
        for store in SampleStores.all {
            let meals = store.profile.records(.meals)
            #expect(Set(meals.compactMap { $0["record_id"]?.stringValue }).count == meals.count)
            var perDay: [CalendarDay: [String]] = [:]
            var eaten: [CalendarDay: Double] = [:]
            for meal in meals {
                let time = try #require(DayTime(meal["time"]?.stringValue ?? ""))
                let type = try #require(meal["meal_type"]?.stringValue)
                #expect(windows[type]?.contains(time.minuteOfDay) == true)
                perDay[time.day, default: []].append(type)
                eaten[time.day, default: 0] += meal["nutrition"]?["calories"]?.doubleValue ?? 0
                for item in meal["items"]?.arrayValue ?? [] { #expect((item["amount_g"]?.intValue ?? 1) % 10 == 0) }
            }
            #expect(perDay.count == 30)
            for types in perDay.values {
                #expect(
                    types == ["breakfast", "lunch", "dinner"] || types == ["breakfast", "lunch", "snack", "dinner"])
                snacks += types.count - 3
            }
            #expect(eaten.values.allSatisfy { (1100...3000).contains($0) })
        }
        let share = Double(snacks) / Double(SampleStores.all.count * 30)
        #expect((0.25...0.35).contains(share))
    }

    @Test("P8: the profile has exactly its keys")
    func keys() throws {
        let profile = try #require(SampleStores.all.first?.profile.json)
        #expect(
            Set(profile.keys) == [
                "now", "user_profile", "med_user_profile", "narrative_summary", "source_profile", "system_settings",
                "sports", "sessions", "meals", "notes", "reminders", "care_plans", "appointments", "health_providers",
                "source_assignment", "shopping",
            ])
        #expect(
            profile["user_profile"]?.objectValue?.keys == [
                "basic_info", "health_risks", "dietary_restrictions", "preferences", "daily_goal",
            ])
        #expect(
            profile["med_user_profile"]?.objectValue?.keys == ["basic_info", "health_risks", "dietary_restrictions"])
        #expect(Set(profile["system_settings"]?.objectValue?.keys ?? []) == ["marketplaces", "devices", "permissions"])
    }

    @Test("P8: templates write valid personas of 80 to 120 words")
    func personas() throws {
        for seed in 0..<600 {
            var stream = PauseStream(seed: seed, stage: "profile")
            let habit = HabitTemplate.all[seed % HabitTemplate.all.count]
            let persona = PersonaWriter.persona(for: habit, stream: &stream)
            #expect(try PausePersona(json: persona.json) == persona, "seed \(seed)")
            for key in ["health_risks", "dietary_restrictions"] {
                let known = Set(persona.medicalProfile[key]?.arrayValue ?? [])
                #expect(known.isSubset(of: persona.userProfile[key]?.arrayValue ?? []))
            }
        }
    }

    @Test("P8: goals lie on their grids, and those of the sources within a fifth")
    func goals() throws {
        let grids = [
            "steps": (8000...10_000, 100), "mets": (20_000...25_000, 1000), "calories_burn": (2000...2500, 100),
            "AZM": (20...60, 10), "calories_intake": (2000...2500, 100),
        ]
        for store in SampleStores.all {
            let goals = try #require(store.profile.json["user_profile"]?["daily_goal"]?.objectValue)
            #expect(Set(goals.keys) == Set(grids.keys))
            for (key, (range, grid)) in grids {
                let value = try #require(goals[key]?.intValue)
                #expect(range.contains(value) && value % grid == 0)
            }
            for source in store.profile.records(.sourceProfiles) {
                for key in ["steps", "mets", "calories_burn", "AZM"] {
                    let own = try #require(goals[key]?.doubleValue)
                    let value = try #require(source["daily_goal"]?[key]?.intValue)
                    #expect((own * 0.8...own * 1.2).contains(Double(value)))
                    #expect(value % (key == "AZM" ? 5 : 100) == 0)
                    let weekly = try #require(source["weekly_goal"]?[key]?.intValue)
                    let grid = key == "AZM" ? 10 : 1000
                    #expect(weekly % grid == 0 && abs(weekly - 7 * value) <= grid / 2)
                }
            }
            #expect((3...5).contains(store.profile.records(.healthProviders).count))
        }
    }

    @Test("P8: a persona that somebody else wrote is taken over, and a wrong one refused")
    func foreignPersona() throws {
        let summary = Array(repeating: "word", count: 90).joined(separator: " ")
        let basics: JSONValue = ["name": "Ida", "age": 40, "gender": "female"]
        var json: JSONObject = [
            "user_profile": [
                "basic_info": basics, "health_risks": ["hypertension"], "dietary_restrictions": [],
                "preferences": ["sport": ["running"], "food": []],
            ],
            "med_user_profile": ["basic_info": basics, "health_risks": [], "dietary_restrictions": []],
            "narrative_summary": .string(summary),
        ]
        let persona = try PausePersona(json: json)
        let store = try PauseStore.build(StoreSettings(seed: 3, days: 5, persona: persona))
        #expect(store.profile.json["user_profile"]?["basic_info"] == basics)
        #expect(store.profile.json["user_profile"]?["daily_goal"]?["steps"]?.intValue != nil)
        #expect(store.profile.records(.sourceProfiles).allSatisfy { $0["basic_info"] == basics })
        json["narrative_summary"] = "too short"
        #expect(throws: (any Error).self) { try PausePersona(json: json) }
        json["narrative_summary"] = .string(summary)
        json["extra"] = 1
        #expect(throws: (any Error).self) { try PausePersona(json: json) }
    }

    @Test("P8: whoever writes a persona gets the facts: habit, activity and meals by day")
    func facts() throws {
        let store = try PauseStore.build(StoreSettings(seed: 3, days: 5))
        let facts = store.personaFacts.json
        #expect(facts["activity_30d"]?["steps"]?.objectValue?.count == 5)
        #expect(facts["meals_30d_calories"]?.objectValue?.count == 5)
        #expect(facts["habit_templates"]?["frequency"]?["days_per_week"]?["min"]?.intValue != nil)
    }

    @Test("The debug profile starts with records and a filled shop, any other with none")
    func starters() throws {
        #expect(StarterProfile(profileID: "developing") == .minimal)
        let store = try PauseStore.build(
            StoreSettings(seed: 3, days: 5, starter: StarterProfile(profileID: "debug_profile")))
        for list in [RecordList.notes, .reminders, .sessions, .carePlans, .appointments] {
            #expect(store.profile.records(list).count == 1)
        }
        let provider = store.profile.records(.healthProviders).first?["provider_id"]
        #expect(store.profile.records(.carePlans).first?["provider_id"] == provider)
        var shopping = store.profile.shopping
        #expect(shopping.wallet.balance == 0.5 && shopping.wallet.vouchers.count == 2 && shopping.cart.count == 1)
        #expect(ShoppingState.initial0(now: store.meta.now).cart.isEmpty)
        shopping.reset(now: store.meta.now)
        #expect(shopping.wallet.balance == 120 && shopping.wallet.vouchers.count == 1 && shopping.cart.isEmpty)
    }
}
