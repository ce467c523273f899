import Evaluation
public import JSON

extension ProductCatalog {
    /// The document `product_log.json`.
    public var logJSON: JSONValue { .array(products.map { .object($0.logJSON) }) }

    /// The document `product_details.json`, by product id.
    public var detailsJSON: JSONValue {
        .object(
            JSONObject(
                entries: products.enumerated().map { (key: $1.id, value: .object($1.detailsJSON(index: $0))) }))
    }

    /// Reads a shop's two documents: the details, in the order of the log.
    ///
    /// Throws ``EvaluationError``, cause `task`, when a product of the log has no details or they cannot be used.
    public init(log: JSONValue, details: JSONValue) throws {
        guard let rows = log.arrayValue, let entries = details.objectValue else {
            throw EvaluationError.malformedPause(
                "a catalogue is a list (product_log.json) and an object (product_details.json)")
        }
        self.init(
            products: try rows.map { row in
                let id = try PauseFields(row.objectValue ?? [:], of: "a row of the product log").text("product_id")
                guard let entry = entries[id]?.objectValue else {
                    throw EvaluationError.malformedPause("product '\(id)' of the log has no details")
                }
                return try Product(json: entry)
            })
    }
}
