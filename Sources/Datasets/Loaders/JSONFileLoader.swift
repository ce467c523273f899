public import Evaluation

/// The `json` loader: a local file that is a list of objects, or an object that has such a list.
///
/// The whole file is in memory while it is read; for large data the `jsonl` loader is the better one.
public struct JSONFileLoader: DatasetLoader {
    private let parameters: JSONFileParameters

    /// Makes a loader.
    public init(_ parameters: JSONFileParameters) { self.parameters = parameters }

    /// Reads the file.
    public func open(in context: DatasetContext) async throws -> Dataset {
        let file = parameters.file(in: context)
        let metadata = try file.describe(loader: "json")
        let records = try JSONFileRecords(file: file, parameters: parameters).read()
        return Dataset(metadata: metadata, count: records.count, records: RecordStream(records))
    }
}
