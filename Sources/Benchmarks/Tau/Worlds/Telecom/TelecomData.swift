public import JSON

/// The data of the telecom domain: a provider's customers, lines and bills, and one user's phone.
public struct TelecomData: TauDomainData {
    private let fresh: TelecomWorld

    /// Loads the values of `db.toml` and `user_db.toml`.
    ///
    /// Throws pydantic's `ValidationError`, or what the first synchronization of both sides raises.
    public init(database: JSONValue, userDatabase: JSONValue) throws(PythonException) {
        var world = TelecomWorld(
            state: WorldState(
                agent: try Database(validating: database, as: TelecomModels.database),
                user: try Database(validating: userDatabase, as: PhoneModels.database)))
        try world.synchronizeTools()
        fresh = world
    }

    /// A fresh world; solo mode is supported.
    public func makeWorld(isSolo: Bool = false) -> any TauWorld {
        TelecomWorld(state: WorldState(agent: fresh.state.agent, user: fresh.state.user, isSolo: isSolo))
    }
}
