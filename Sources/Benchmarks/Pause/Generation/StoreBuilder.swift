import JSON

/// Puts a store together, stage by stage, each on its own random stream.
struct StoreBuilder {
    let meta: StoreMeta
    let imported: ImportedTables?

    /// The tables, the workouts written into them, and the habit behind those.
    func tables() -> (tables: WearableTables, sports: [JSONObject], habit: HabitTemplate) {
        var sportStream = PauseStream(seed: meta.seed, stage: "sports")
        let plan = SportPlan(days: meta.dateRange, stream: &sportStream)
        var sleepStream = PauseStream(seed: meta.seed, stage: "sleep")
        let nights = SleepGenerator.nights(days: meta.dateRange, sports: plan.sports, stream: &sleepStream)
        var tables: WearableTables
        if let imported {
            tables = imported.tables.moved(by: meta.shiftDays)
        } else {
            tables = WearableTables(firstDay: meta.dateRange.lowerBound, dayCount: meta.days.count)
            var minutes = PauseStream(seed: meta.seed, stage: "wearable")
            WearableGenerator.write(into: &tables, nights: nights, stream: &minutes)
        }
        let sports = plan.inject(into: &tables, stream: &sportStream)
        if tables.dailySleep.isEmpty { tables.dailySleep = Array(nights.dropFirst()) }
        if tables.dailyHeartRates.isEmpty {
            var heart = PauseStream(seed: meta.seed, stage: "hr")
            HeartRateGenerator.write(into: &tables, nights: nights, stream: &heart)
        }
        return (tables, sports, plan.template)
    }

    /// The days' sources.
    func sources() -> [String] {
        SourceAssignmentGenerator.sources(
            dayCount: meta.days.count, stream: PauseStream(seed: meta.seed, stage: "assignment"))
    }

    /// The user's record.
    func profile(sports: [JSONObject], habit: HabitTemplate, settings: StoreSettings) -> PauseProfile {
        let sources = sources()
        let worn = sources.filter { $0 != "missing" }
        var settingsStream = PauseStream(seed: meta.seed, stage: "settings")
        var mealStream = PauseStream(seed: meta.seed, stage: "meals")
        var profileStream = PauseStream(seed: meta.seed, stage: "profile")
        var providerStream = PauseStream(seed: meta.seed, stage: "providers")

        let providers = ProviderGenerator.providers(seed: meta.seed, stream: &providerStream)
        var profile = settings.starter.profile(now: meta.now, seed: meta.seed, providers: providers)
        profile.setRecords(.healthProviders, providers)
        profile.sourceAssignment = zip(meta.days, sources).map { (day: $0, source: $1) }
        profile.json["system_settings"] = SettingsGenerator.settings(
            sources: worn, connectsOne: settings.connectsOneSource, stream: &settingsStream)
        profile.setRecords(.sports, sports)
        profile.setRecords(
            .meals, MealGenerator.meals(days: meta.dateRange, seed: meta.seed, stream: &mealStream))
        let goals = GoalGenerator.daily(&profileStream)
        let written = PersonaWriter.persona(for: habit, stream: &profileStream)
        profile.adopt(settings.persona ?? written, dailyGoal: goals)
        profile.setRecords(
            .sourceProfiles,
            GoalGenerator.sourceProfiles(
                sources: worn, basicInfo: profile.json["user_profile"]?["basic_info"] ?? [:], goals: goals,
                stream: &profileStream))
        return profile
    }
}

extension PauseProfile {
    /// Takes over who the user is; goals, records and settings stay as they are.
    public mutating func adopt(_ persona: PausePersona) {
        adopt(persona, dailyGoal: json["user_profile"]?["daily_goal"]?.objectValue ?? [:])
        let basicInfo = persona.userProfile["basic_info"] ?? [:]
        setRecords(.sourceProfiles, records(.sourceProfiles).map { $0.merging(["basic_info": basicInfo]) })
    }

    mutating func adopt(_ persona: PausePersona, dailyGoal: JSONObject) {
        var user = persona.userProfile
        user["daily_goal"] = .object(dailyGoal)
        json["user_profile"] = .object(user)
        json["med_user_profile"] = .object(persona.medicalProfile)
        json["narrative_summary"] = .string(persona.narrativeSummary)
    }
}
