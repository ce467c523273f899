/// The five task branches of the benchmark.
///
/// The raw value is the name in task files and on command lines.
public enum PauseBranch: String, Sendable, Hashable, CaseIterable {
    /// Everyday questions about wearable data.
    case wearableDataCasual = "wearable_data_casual"
    /// Wearable data behind gates: missing days, raw data, notes, reminders, care plans.
    case wearableDataAdvanced = "wearable_data_advanced"
    /// Meals, sessions, goals and the profile.
    case lifestyleRecordCasual = "lifestyle_record_casual"
    /// Meals and goals together with notes, reminders, appointments and sources.
    case lifestyleRecordAdvanced = "lifestyle_record_advanced"
    /// Orders in the food shop.
    case shopping

    /// How hard the branch is said to be: casual branches are easy, the others hard.
    public var difficulty: PauseTask.Difficulty {
        switch self {
        case .wearableDataCasual, .lifestyleRecordCasual: .easy
        case .wearableDataAdvanced, .lifestyleRecordAdvanced, .shopping: .hard
        }
    }
}
