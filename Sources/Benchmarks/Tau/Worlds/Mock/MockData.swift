public import JSON

/// The data of the mock domain: tasks of users, and the user's inbox.
public struct MockData: TauDomainData {
    private let agent: Database
    private let user: Database

    /// Loads the parsed `db.json` and `user_db.json`.
    ///
    /// Throws pydantic's `ValidationError`.
    public init(database: JSONValue, userDatabase: JSONValue) throws(PythonException) {
        agent = try Database(validating: database, as: MockModels.database)
        user = try Database(validating: userDatabase, as: MockModels.userDatabase)
    }

    /// A fresh world; solo mode is supported.
    public func makeWorld(isSolo: Bool = false) -> any TauWorld {
        MockWorld(state: WorldState(agent: agent, user: user, isSolo: isSolo))
    }
}
