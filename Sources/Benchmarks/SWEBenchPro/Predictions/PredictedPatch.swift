/// A patch for an instance, as somebody's agent left it.
struct PredictedPatch: Sendable, Hashable {
    /// The instance.
    var instanceID: String
    /// The patch; nil or empty where the agent left none.
    var patch: String?
    /// Who made it.
    var model: String?
}
