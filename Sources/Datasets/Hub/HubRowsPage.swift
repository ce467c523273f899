import Evaluation
import JSON

/// A page of a data set's rows, as the rows server writes it.
struct HubRowsPage {
    /// The rows in order, each with the number that the server gives it.
    var rows: [(index: Int, fields: JSONObject)]
    /// What the server says of the columns.
    var features: JSONValue
    /// How many rows the split has, where the page says so.
    var total: Int?
    /// Whether the server has only a part of the split.
    var isPartial: Bool

    /// Whether a JSON value has the shape of such a page.
    static func matches(_ value: JSONValue) -> Bool {
        value["rows"]?.arrayValue?.allSatisfy { $0["row"]?.objectValue != nil && $0["row_idx"]?.intValue != nil }
            ?? false
    }

    /// Reads a page; `name` is what errors call it.
    ///
    /// Throws ``EvaluationError`` for another shape, and for cells that the server cut short.
    init(_ value: JSONValue, name: String) throws(EvaluationError) {
        guard let items = value["rows"]?.arrayValue else {
            throw Self.malformed(name, "has no list 'rows'")
        }
        rows = []
        rows.reserveCapacity(items.count)
        for (place, item) in items.enumerated() {
            guard let fields = item["row"]?.objectValue, let index = item["row_idx"]?.intValue else {
                throw Self.malformed(name, "has no 'row' with a 'row_idx' at /rows/\(place)")
            }
            if let cut = item["truncated_cells"]?.arrayValue, !cut.isEmpty {
                let names = cut.compactMap(\.stringValue).joined(separator: ", ")
                throw Self.malformed(name, "has row \(index) with cells cut short: \(names)")
            }
            rows.append((index, fields))
        }
        features = value["features"] ?? .null
        total = value["num_rows_total"]?.intValue
        isPartial = value["partial"]?.boolValue ?? false
    }

    private static func malformed(_ name: String, _ what: String) -> EvaluationError {
        EvaluationError(.dataMalformed, "\(name) \(what)", cause: .provider)
    }
}
