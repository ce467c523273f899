extension TauWorld {
    /// The official digest of the agent's data: SHA-256 of the sorted Python JSON of its dump.
    ///
    /// Costs hashing the whole data; ``hasSameAgentState(as:)`` compares two worlds of one origin far more cheaply.
    public var agentDigest: String { state.agent.digest() }

    /// The official digest of the user's data, or nil where the user has no toolkit.
    public var userDigest: String? { state.user?.digest() }

    /// Whether the agent's data of both worlds have equal digests, found by comparing only what has changed.
    public func hasSameAgentState(as other: any TauWorld) -> Bool {
        state.agent.isEqual(to: other.state.agent)
    }

    /// Whether the user's data of both worlds have equal digests; two worlds without user data agree.
    public func hasSameUserState(as other: any TauWorld) -> Bool {
        switch (state.user, other.state.user) {
        case (nil, nil): true
        case (let mine?, let theirs?): mine.isEqual(to: theirs)
        default: false
        }
    }

    /// Whether all data of both worlds have equal digests: what the official database check decides.
    public func hasSameState(as other: any TauWorld) -> Bool {
        hasSameAgentState(as: other) && hasSameUserState(as: other)
    }
}
