public import Evaluation

/// The loaders of local files: `jsonl`, `json` and `csv`.
public struct LocalDatasetsKit: Kit {
    /// The kit's name.
    public var name: String { "local_datasets" }

    /// Makes the kit.
    public init() {}

    /// Adds the loaders.
    public func register(in registry: inout Registry) {
        registry.datasetLoaders.register(
            Registration(
                "jsonl", summary: "Reads one JSON object from each line of a local file.",
                parameters: JSONLinesParameters.self
            ) { JSONLinesLoader($0) })
        registry.datasetLoaders.register(
            Registration(
                "json", summary: "Reads a list of JSON objects from a local file.",
                parameters: JSONFileParameters.self
            ) { JSONFileLoader($0) })
        registry.datasetLoaders.register(
            Registration(
                "csv", summary: "Reads the rows of a local CSV file.", parameters: CSVParameters.self
            ) { CSVLoader($0) })
    }
}
