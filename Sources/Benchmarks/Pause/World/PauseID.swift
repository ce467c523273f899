import JSON

/// Makes the identifiers of new records: the same for the same seed and the same order of calls.
///
/// An identifier is a prefix and the first hexadecimal digits of the SHA-256 of `seed:tool:callIndex:prefix`. Generators
/// use the same rule with the pseudo tool names `build:<stage>`.
public enum PauseID {
    /// What an identifier names.
    public enum Prefix: String, Sendable, CaseIterable {
        /// An order, a membership purchase or the payment of an appointment.
        case transaction = "txn"
        /// A medical appointment.
        case appointment = "appt"
        /// A care plan.
        case carePlan = "cp"
        /// A session record.
        case session
        /// A meal record.
        case meal
        /// A line of the cart.
        case cart
        /// A reminder.
        case reminder = "r"
        /// A note.
        case note
        /// A health provider.
        case provider
        /// A plot, whose identifier is sixteen digits without the prefix.
        case plot
    }

    /// The tools whose calls are counted, because they make identifiers.
    static let countedTools: Set<String> = [
        "add_note", "create_session_record", "create_meal_record", "create_daily_reminder", "plot_time_series",
        "med-create_appointment", "add_to_cart", "prepare_order", "upgrade_membership_request",
    ]

    /// The identifier that the `callIndex`-th call (from 1) of a tool gives.
    public static func make(_ prefix: Prefix, seed: Int, tool: String, callIndex: Int) -> String {
        let digest = sha256Hex("\(seed):\(tool):\(callIndex):\(prefix.rawValue)".utf8)
        if prefix == .plot { return String(digest.prefix(16)) }
        return "\(prefix.rawValue)_\(digest.prefix(8))"
    }

    /// The identifier that the `index`-th (from 1) thing made by a stage of generation gets.
    public static func make(_ prefix: Prefix, seed: Int, stage: String, index: Int) -> String {
        make(prefix, seed: seed, tool: "build:\(stage)", callIndex: index)
    }
}
