public import Evaluation

/// The `jsonl` loader: one JSON object on each line of a local file.
///
/// Memory holds one line at a time, whatever the size of the file. Blank lines are skipped; any other line that is not an object
/// stops the reading with an error that names file, line and column.
public struct JSONLinesLoader: DatasetLoader {
    private let parameters: JSONLinesParameters

    /// Makes a loader.
    public init(_ parameters: JSONLinesParameters) { self.parameters = parameters }

    /// Checks that the file is there.
    public func open(in context: DatasetContext) async throws -> Dataset {
        let file = parameters.file(in: context)
        let metadata = try file.describe(loader: "jsonl")
        let longestLine = Mebibytes.bytes(parameters.maxRecordMB)
        return Dataset(
            metadata: metadata,
            records: RecordStream(openSkipping: {
                let cursor = RecordCursor(try JSONLinesRecordReader(file, longestLine: longestLine))
                return { try cursor.next(skipping: $0) }
            }))
    }
}
