public import JSON

/// The data of the airline domain: flights, users and their reservations.
public struct AirlineData: TauDomainData {
    private let database: Database

    /// Loads the parsed `db.json`.
    ///
    /// Throws pydantic's `ValidationError`.
    public init(database: JSONValue) throws(PythonException) {
        self.database = try Database(validating: database, as: AirlineModels.database)
    }

    /// A fresh world; solo mode is refused.
    public func makeWorld(isSolo: Bool = false) throws(PythonException) -> any TauWorld {
        guard !isSolo else { throw .value("Airline domain does not support solo mode") }
        return AirlineWorld(state: WorldState(agent: database))
    }
}
