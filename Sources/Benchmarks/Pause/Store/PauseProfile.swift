import Evaluation
public import JSON

/// The platform's record of a user: a typed view over the object of `profile.json`.
///
/// The object is the truth, so that a file comes back as it was and paths into it mean what they say; the members here
/// read and change its parts. A copy shares everything that neither changes.
public struct PauseProfile: Sendable, Hashable {
    /// The whole profile.
    public var json: JSONObject

    /// A user of whom nothing is known.
    public init(now: DayTime) {
        json = Self.minimal
        json["now"] = .string(now.description)
    }

    /// Reads the object of `profile.json`; parts that are missing are empty.
    ///
    /// Throws ``EvaluationError``, cause `task`, that names a part of the wrong type.
    public init(json: JSONObject) throws {
        var complete = Self.minimal
        for (key, value) in json {
            if let known = complete[key], !known.isNull, known.typeName != value.typeName {
                throw EvaluationError.malformedPause(
                    "'\(key)' of the profile must be of type \(known.typeName), not \(value.typeName)")
            }
            complete[key] = value
        }
        for list in RecordList.allCases {
            guard complete[list.rawValue]?.arrayValue?.allSatisfy({ $0.objectValue != nil }) ?? false else {
                throw EvaluationError.malformedPause("'\(list.rawValue)' of the profile must be a list of objects")
            }
        }
        self.json = complete
        guard DayTime(lenient: json["now"]?.stringValue ?? "") != nil else {
            throw EvaluationError.malformedPause("'now' of the profile must be a time YYYY-MM-DDTHH:MM:SS")
        }
        // Read once, so that what cannot be used is found now; the object stays as it was written.
        _ = try ShoppingState(json: complete["shopping"]?.objectValue ?? [:])
    }

    /// The time at which the user talks to the assistant.
    public var now: DayTime {
        // Both initializers have made sure that it is there; a caller who breaks it gets the epoch.
        get { DayTime(lenient: json["now"]?.stringValue ?? "") ?? DayTime(seconds: 0) }
        set { json["now"] = .string(newValue.description) }
    }

    /// The source that the user wore on a day: a name, `missing`, or nil for a day that is not recorded.
    ///
    /// Hidden truth: the assistant never sees it.
    public func assignedSource(on day: CalendarDay) -> String? {
        json["source_assignment"]?[day.description]?.stringValue
    }

    /// The days that the assignment covers, in order, with their sources.
    public var sourceAssignment: [(day: CalendarDay, source: String)] {
        get {
            (json["source_assignment"]?.objectValue ?? [:]).compactMap { key, value in
                guard let day = CalendarDay(key), let source = value.stringValue else { return nil }
                return (day, source)
            }
        }
        set {
            let entries = newValue.map { (key: $0.day.description, value: JSONValue.string($0.source)) }
            json["source_assignment"] = .object(JSONObject(entries: entries))
        }
    }

    private static let minimal: JSONObject = [
        "now": .null,
        "user_profile": [
            "basic_info": [:], "health_risks": [], "dietary_restrictions": [], "preferences": [:], "daily_goal": [:],
        ],
        "med_user_profile": ["basic_info": [:], "health_risks": [], "dietary_restrictions": []],
        "narrative_summary": "",
        "source_profile": [],
        "system_settings": [
            "marketplaces": [], "devices": [],
            "permissions": [
                "allow_raw_data_access": false, "allow_user_notes_access": false, "allow_purchase": false,
                "allow_med_assistant": false,
            ],
        ],
        "sports": [], "sessions": [], "meals": [], "notes": [], "reminders": [], "care_plans": [],
        "appointments": [], "health_providers": [],
        "source_assignment": [:],
        "shopping": [
            "wallet": ["balance": 0, "vip": false, "vip_expiry": .null, "vouchers": []],
            "cart": [], "transactions": [],
        ],
    ]
}
