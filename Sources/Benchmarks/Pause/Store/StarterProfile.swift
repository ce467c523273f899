import JSON

/// What a user's record holds before anything is generated.
public enum StarterProfile: String, Sendable, Hashable, CaseIterable {
    /// Nothing.
    case minimal
    /// A note, a reminder, a session, a care plan, an appointment and a filled shop, to look at while developing.
    case debug = "debug_profile"

    /// The starter that a profile id names; every other id starts from nothing.
    public init(profileID: String) { self = Self(rawValue: profileID) ?? .minimal }

    /// The record at a time; generated parts replace what is here.
    func profile(now: DayTime, seed: Int, providers: [JSONObject]) -> PauseProfile {
        var profile = PauseProfile(now: now)
        guard self == .debug else { return profile }
        let provider = providers.first?["provider_id"] ?? .null
        let morning = DayTime(now.day, minute: 9 * 60)
        func id(_ prefix: PauseID.Prefix) -> JSONValue {
            .string(PauseID.make(prefix, seed: seed, stage: "starter", index: 1))
        }
        profile.append(
            [
                "note_id": id(.note), "time": .string(morning.description),
                "content": "The physiotherapist wants me to run one evening more each week.",
            ], to: .notes)
        profile.append(
            [
                "reminder_id": id(.reminder), "title": "Stretch before breakfast", "time_of_day": "07:00",
                "repeat_days": ["Mon", "Wed", "Fri"],
            ], to: .reminders)
        profile.append(
            [
                "record_id": id(.session), "session_type": "study", "start_time": .string(morning.description),
                "end_time": .string(morning.adding(minutes: 40).description), "user_note": "language course",
            ], to: .sessions)
        profile.append(
            [
                "plan_id": id(.carePlan), "provider_id": provider, "created_at": .string(morning.description),
                "topics": ["exercise", "diet"],
                "note_text": .string(
                    "Walk or run at least 120 minutes a week, on four days or more, and slow down when dizzy. "
                        + "Prefer whole grains, vegetables and lean protein to sweet drinks and late snacks."),
            ], to: .carePlans)
        profile.append(
            [
                "appointment_id": id(.appointment), "provider_id": provider,
                "date": .string(now.day.advanced(by: 14).description), "time": "12:00", "duration": 60,
                "reason": "Blood pressure readings at home were high.", "status": "confirmed",
                "transaction_id": id(.transaction),
            ], to: .appointments)
        profile.shopping = .initial1(now: now)
        return profile
    }
}
