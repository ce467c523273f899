public import Evaluation
public import Transport

/// The loader of data sets on the Hugging Face Hub: `hf_hub`.
public struct HubDatasetsKit: Kit {
    /// The kit's name.
    public var name: String { "hub_datasets" }
    private let client: HTTPClient

    /// Makes the kit; its loaders share the client's connections.
    public init(client: HTTPClient) { self.client = client }

    /// Adds the loader.
    public func register(in registry: inout Registry) {
        let client = client
        registry.datasetLoaders.register(
            Registration(
                "hf_hub", summary: "Reads a data set of the Hugging Face Hub, or a local copy of one.",
                parameters: HubDatasetParameters.self
            ) { HubDatasetLoader($0, http: client) })
    }
}
