import JSON

/// One thing that `gage doctor` looked at.
struct Finding: Sendable, Hashable {
    /// How it is.
    enum Level: String, Sendable, Comparable {
        /// As it should be, or not needed.
        case ok
        /// Something will be slow, or will not work in some cases.
        case warn
        /// What is asked for cannot work.
        case fail

        static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .ok: 0
            case .warn: 1
            case .fail: 2
            }
        }
    }

    var level: Level
    /// What it is about, in a word: `disk`, `engine`.
    var subject: String
    /// What was found, in a sentence fragment.
    var message: String
    /// What to do about it.
    var advice: String?

    static func ok(_ subject: String, _ message: String) -> Self {
        Self(level: .ok, subject: subject, message: message)
    }

    static func warn(_ subject: String, _ message: String, _ advice: String? = nil) -> Self {
        Self(level: .warn, subject: subject, message: message, advice: advice)
    }

    static func fail(_ subject: String, _ message: String, _ advice: String? = nil) -> Self {
        Self(level: .fail, subject: subject, message: message, advice: advice)
    }

    var json: JSONValue {
        var object: JSONObject = [
            "level": .string(level.rawValue), "subject": .string(subject), "message": .string(message),
        ]
        if let advice { object["advice"] = .string(advice) }
        return .object(object)
    }
}
