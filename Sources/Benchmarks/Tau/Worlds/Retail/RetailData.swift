public import JSON

/// The data of the retail domain: products, users and their orders.
public struct RetailData: TauDomainData {
    private let database: Database

    /// Loads the parsed `db.json`.
    ///
    /// Throws pydantic's `ValidationError`.
    public init(database: JSONValue) throws(PythonException) {
        self.database = try Database(validating: database, as: RetailModels.database)
    }

    /// A fresh world; solo mode is refused.
    public func makeWorld(isSolo: Bool = false) throws(PythonException) -> any TauWorld {
        guard !isSolo else { throw .value("Retail domain does not support solo mode") }
        return RetailWorld(state: WorldState(agent: database))
    }
}
