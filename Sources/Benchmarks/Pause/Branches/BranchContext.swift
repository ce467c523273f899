import JSON

/// What the advanced branches add to a profile: notes, care plans, a reminder and an appointment.
struct BranchContext {
    /// The sentences to choose from.
    struct Texts {
        var notes: [String]
        var carePlans: [String]
        var reminders: [String]
        var topics: [String]
    }

    let branch: PauseBranch

    /// The store with the context in its profile; the same for the same seed and branch.
    func inject(into store: PauseStore) -> PauseStore {
        guard let texts = Self.texts[branch] else { return store }
        var store = store
        var stream = PauseStream(seed: store.meta.seed, stage: "context:\(branch.rawValue)")
        let stage = "context:\(branch.rawValue)"
        let seed = store.meta.seed
        let now = store.profile.now
        let days = stream.shuffled(Array(0...6)).map { now.day.advanced(by: -$0) }
        for (index, text) in stream.sample(stream.integer(in: 2...3), of: texts.notes).enumerated() {
            let note: JSONObject = [
                "note_id": .string(PauseID.make(.note, seed: seed, stage: stage, index: index + 1)),
                "time": .string(
                    "\(DayTime(days[index], minute: min(now.minuteOfDay, stream.integer(in: 420...1260))))"),
                "content": .string(text),
            ]
            store.profile.append(note, to: .notes)
        }
        let providers = Self.providers(of: &store.profile, seed: seed, stage: stage)
        for (index, text) in stream.sample(stream.integer(in: 2...3), of: texts.carePlans).enumerated() {
            let plan: JSONObject = [
                "plan_id": .string(PauseID.make(.carePlan, seed: seed, stage: stage, index: index + 1)),
                "provider_id": .string(stream.pick(providers) ?? ""),
                "created_at": .string("\(days[index + 3])"),
                "topics": .array(texts.topics.map { .string($0) }), "note_text": .string(text),
            ]
            store.profile.append(plan, to: .carePlans)
        }
        addReminder(texts, to: &store.profile, seed: seed, from: &stream)
        addAppointment(to: &store.profile, provider: stream.pick(providers) ?? "", seed: seed)
        store.meta.injectedContext[branch.rawValue] = true
        return store
    }

    private func addReminder(
        _ texts: Texts, to profile: inout PauseProfile, seed: Int, from stream: inout PauseStream
    ) {
        let week = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let chosen = Set(stream.sample(3, of: week))
        profile.append(
            [
                "reminder_id": .string(
                    PauseID.make(.reminder, seed: seed, stage: "context:\(branch.rawValue)", index: 1)),
                "title": .string(stream.pick(texts.reminders) ?? ""),
                "time_of_day": .string(stream.pick(["07:00", "12:00", "18:00"]) ?? "12:00"),
                "repeat_days": .array(week.filter { chosen.contains($0) }.map { .string($0) }),
            ], to: .reminders)
    }

    private func addAppointment(to profile: inout PauseProfile, provider: String, seed: Int) {
        let stage = "context:\(branch.rawValue)"
        profile.append(
            [
                "appointment_id": .string(PauseID.make(.appointment, seed: seed, stage: stage, index: 1)),
                "provider_id": .string(provider), "date": .string("\(profile.now.day.advanced(by: 3))"),
                "time": "12:00", "duration": 60, "reason": "health consultation", "status": "confirmed",
                "transaction_id": .string(PauseID.make(.transaction, seed: seed, stage: stage, index: 1)),
            ], to: .appointments)
    }

    /// The ids of the user's health providers; one is made up when there is none.
    static func providers(of profile: inout PauseProfile, seed: Int, stage: String) -> [String] {
        let known = profile.records(.healthProviders).compactMap { $0["provider_id"]?.stringValue }
        guard known.isEmpty else { return known }
        let id = PauseID.make(.provider, seed: seed, stage: stage, index: 1)
        profile.append(
            [
                "provider_id": .string(id), "doctor": "Dr. Elena Brandt", "clinic": "Riverside Health Rooms",
                "address": "14 Ferry Road",
            ], to: .healthProviders)
        return [id]
    }

    private static let texts: [PauseBranch: Texts] = [
        .wearableDataAdvanced: Texts(
            notes: [
                "My plan: on working days I want to collect no fewer than 20 active zone minutes.",
                "I want every day to end above 7000 steps, rest days included.",
                "Training after nine in the evening costs me sleep, so I want to stop doing it.",
                "Two hard sessions on consecutive days are too much for me; there has to be a day between them.",
                "Three hard sessions in one week are enough for me.",
                "I want to burn at least 2500 kcal a day.",
                "My daily METs should come out above 20000.",
                "No workout of mine should go on for more than 90 minutes.",
            ],
            carePlans: [
                "Collect no fewer than 20 active zone minutes on each working day, so that the heart is trained evenly.",
                "Walk more than 7000 steps every day, and keep that up on days without training.",
                "End training sessions by nine in the evening to protect sleep.",
                "Leave at least one day between two hard sessions to give joints time to recover.",
                "Do not exceed three hard sessions a week.",
                "Aim for a daily energy expenditure above 2500 kcal.",
                "Aim for a daily total above 20000 METs.",
                "Stop any single workout after 90 minutes at the latest.",
            ],
            reminders: [
                "Collect 20 active zone minutes today", "Stay above 7000 steps today",
                "No training late in the evening",
                "Keep a rest day between hard sessions", "Plan the two longer workouts of this week",
            ],
            topics: ["exercise"]),
        .lifestyleRecordAdvanced: Texts(
            notes: [
                "Sweet breakfasts make me tired before noon, so I want to have fewer of them.",
                "I want to eat no more than 2500 kcal on any day.",
                "All my food of one day should stay under 50 g of sugar.",
                "With less than 70 g of fat a day I feel better.",
                "I want to reach 30 g of fibre a day.",
                "Snacks in the afternoon should stay the exception.",
                "Dinner after eight in the evening is too late for me.",
            ],
            carePlans: [
                "Keep breakfast low in sugar to steady the energy of the morning.",
                "Stay at or below an energy intake of 2500 kcal a day.",
                "Limit sugar from all meals of a day to 50 g.",
                "Limit fat to 70 g a day to ease digestion.",
                "Aim for 30 g of fibre a day from whole foods.",
                "Have dinner before eight in the evening.",
            ],
            reminders: [
                "Choose a breakfast without much sugar", "Stay under 2500 kcal today",
                "Watch the sugar in snacks today",
                "Add something with fibre to dinner", "Keep fat under 70 g today",
            ],
            topics: ["exercise", "diet"]),
    ]
}
