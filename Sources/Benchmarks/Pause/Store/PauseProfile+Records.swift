public import JSON

/// The lists of records in a profile.
public enum RecordList: String, Sendable, CaseIterable {
    /// What the wearables recognised as sport.
    case sports
    /// Sessions such as study or meditation.
    case sessions
    /// Meals.
    case meals
    /// The user's notes.
    case notes
    /// Daily reminders.
    case reminders
    /// Care plans of health providers.
    case carePlans = "care_plans"
    /// Medical appointments.
    case appointments
    /// The health providers that appointments can be made with.
    case healthProviders = "health_providers"
    /// The goals that each source keeps.
    case sourceProfiles = "source_profile"
}

extension PauseProfile {
    /// The records of a list, in order.
    public func records(_ list: RecordList) -> [JSONObject] {
        (json[list.rawValue]?.arrayValue ?? []).compactMap(\.objectValue)
    }

    /// Replaces a list.
    public mutating func setRecords(_ list: RecordList, _ records: [JSONObject]) {
        json[list.rawValue] = .array(records.map { .object($0) })
    }

    /// Adds a record to the end of a list.
    public mutating func append(_ record: JSONObject, to list: RecordList) {
        var records = json[list.rawValue]?.arrayValue ?? []
        json[list.rawValue] = .null
        records.append(.object(record))
        json[list.rawValue] = .array(records)
    }

    /// Removes the first record with that value under a key; says whether there was one.
    public mutating func removeRecord(from list: RecordList, where key: String, is value: String) -> Bool {
        var records = json[list.rawValue]?.arrayValue ?? []
        guard let position = records.firstIndex(where: { $0[key]?.stringValue == value }) else { return false }
        records.remove(at: position)
        json[list.rawValue] = .array(records)
        return true
    }

    /// Changes the first record with that value under a key; says whether there was one.
    public mutating func updateRecord(
        of list: RecordList, where key: String, is value: String, _ change: (inout JSONObject) -> Void
    ) -> Bool {
        var records = json[list.rawValue]?.arrayValue ?? []
        guard let position = records.firstIndex(where: { $0[key]?.stringValue == value }),
            case .object(var record) = records[position]
        else { return false }
        change(&record)
        records[position] = .object(record)
        json[list.rawValue] = .array(records)
        return true
    }
}
