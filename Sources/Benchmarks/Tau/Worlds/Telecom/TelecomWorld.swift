import JSON

/// The telecom domain on 25 February 2025: an agent with a provider's records, and a user with a phone that has its own state.
struct TelecomWorld: TauWorld {
    static let domain = "telecom"
    static let agentToolkit = Toolkit(className: "TelecomTools", functions: agentTools + agentEnvironment)
    static let userToolkit: Toolkit<TelecomWorld>? = Toolkit(
        className: "TelecomUserTools", functions: userTools + userEnvironment + userAssertions)

    var state: WorldState
    /// What the phone's VPN connects to.
    var vpn = DefaultVPN()

    /// The user's data, which the telecom domain always has.
    var userData: Database {
        get { state.user ?? state.agent }
        _modify {
            var database = state.user ?? state.agent
            state.user = nil  // gives `database` the only reference to its storage
            defer { state.user = database }
            yield &database
        }
    }
}

/// The days that the tools know: it is always the same one.
enum TelecomDates {
    static let today: JSONValue = "2025-02-25"
    static let endOfCycle = "2025-02-28"
    static let lastPeriod = BillingPeriod(start: "2025-01-01", end: "2025-01-31", due: "2025-01-15")
    static let nextPeriod = BillingPeriod(start: "2025-03-01", end: "2025-03-31", due: "2025-03-15")
}

/// The month that a bill is for, on whose first day it is issued.
struct BillingPeriod: Sendable {
    var start: JSONValue
    var end: JSONValue
    var due: JSONValue
}
