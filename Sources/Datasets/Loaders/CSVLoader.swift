public import Evaluation

/// The `csv` loader: rows of RFC 4180 text in a local file, named by a header.
///
/// Memory holds one row at a time. Every field is text unless its column is in `json_columns`. A row with too few or too many
/// fields stops the reading with an error that names file and line; empty lines are skipped.
public struct CSVLoader: DatasetLoader {
    private let parameters: CSVParameters

    /// Makes a loader.
    public init(_ parameters: CSVParameters) { self.parameters = parameters }

    /// Checks that the file is there and that its columns can be told apart.
    public func open(in context: DatasetContext) async throws -> Dataset {
        let file = parameters.file(in: context)
        let metadata = try file.describe(loader: "csv")
        let parameters = parameters
        _ = try CSVRecordReader(file, parameters: parameters)
        return Dataset(
            metadata: metadata,
            records: RecordStream(openSkipping: {
                let cursor = RecordCursor(try CSVRecordReader(file, parameters: parameters))
                return { try cursor.next(skipping: $0) }
            }))
    }
}
