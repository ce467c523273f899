public import JSON

/// One decision of a gate: whether a call got at what the gate protects.
public struct GateRecord: Sendable, Hashable {
    /// What a gate reads.
    public enum Gate: String, Sendable, CaseIterable {
        /// The day's source is assigned and connected.
        case dayVisibility = "day_visibility"
        /// The permission for raw data.
        case rawData = "allow_raw_data_access"
        /// The source that a call names is the day's, and connected.
        case sourceOfDay = "source_of_day"
        /// The source is known to the platform.
        case sourceExists = "source_exists"
        /// The permission for notes.
        case userNotes = "allow_user_notes_access"
        /// The membership.
        case vip
        /// The permission for the medical assistant.
        case medAssistant = "allow_med_assistant"
        /// Tools that only the user may call.
        case userOnly = "user_only"
        /// The balance of the wallet.
        case balance
        /// The permission to purchase.
        case purchase = "allow_purchase"
        /// The limit of what may be spent on orders.
        case spendingLimit = "spending_limit"
        /// The sources whose raw data may be read.
        case readableSources = "readable_sources"
        /// The tools of the branch.
        case allowlist = "branch_allowlist"
    }

    /// The tool that was called, with its prefix.
    public var tool: String
    /// The gate.
    public var gate: Gate
    /// Whether it let the call through.
    public var granted: Bool
    /// Why.
    public var reason: String

    /// Notes a decision.
    public init(tool: String, gate: Gate, granted: Bool, reason: String) {
        self.tool = tool
        self.gate = gate
        self.granted = granted
        self.reason = reason
    }

    /// The entry of a trajectory's `gate_trace`.
    public var json: JSONValue {
        ["tool": .string(tool), "gate": .string(gate.rawValue), "granted": .bool(granted), "reason": .string(reason)]
    }
}
