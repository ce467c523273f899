public import JSON

/// What of a profile's final state is compared between two trajectories of one task.
///
/// System settings and the wallet as they are; of sessions, meals, notes, reminders and appointments the ids.
public struct StateCheck: Sendable, Hashable {
    /// The comparable part, as the member `state_check` of a trajectory.
    public let json: JSONValue

    /// Takes the comparable part of a profile.
    public init(profile: JSONValue) {
        var object: JSONObject = ["system_settings": profile["system_settings"] ?? .null]
        for (list, key) in Self.lists {
            let ids = profile[list]?.arrayValue?.compactMap { $0[key]?.stringValue } ?? []
            object[list] = .array(ids.sorted().map { .string($0) })
        }
        object["wallet"] = profile["shopping"]?["wallet"] ?? .null
        json = .object(object)
    }

    /// Reads the member `state_check` of a trajectory; nil when there is none.
    public init?(json: JSONValue?) {
        guard let json, json.objectValue != nil else { return nil }
        self.json = json
    }

    /// Whether two states are the same, numbers by value.
    public func matches(_ other: Self) -> Bool { json.isNumericallyEqual(to: other.json) }

    /// The places where two states differ, one a line.
    public func differences(to other: Self) -> [String] { json.differences(to: other.json).map(\.description) }

    private static let lists = [
        ("sessions", "record_id"), ("meals", "record_id"), ("notes", "note_id"), ("reminders", "reminder_id"),
        ("appointments", "appointment_id"),
    ]
}
