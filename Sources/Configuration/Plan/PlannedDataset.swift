public import Evaluation
public import JSON

/// A data set with its loader and preprocessor made.
public struct PlannedDataset: Sendable {
    /// The data set's id.
    public var id: String
    /// The loader's key.
    public var loaderKey: String
    /// The loader.
    public var loader: any DatasetLoader
    /// `hub_params`.
    public var hubParameters: JSONObject
    /// The preprocessor's key; nil where records already are samples.
    public var preprocessorKey: String?
    /// The preprocessor; nil where records already are samples.
    public var preprocessor: (any Preprocessor)?
    /// Fields merged below every record (`default_params`).
    public var defaultFields: JSONObject
    /// The hub that the loader downloads from (`hub`), where the configuration names one.
    public var hub: String?
    /// The largest number of records to read (`limit`), where the loader does not take the key itself.
    public var recordLimit: Int?
    /// What to say when the data is absent (`missing_hint`), where the loader does not take the key itself.
    public var missingHint: String?

    /// A data set whose records already are samples.
    public init(id: String, loaderKey: String, loader: any DatasetLoader) {
        self.id = id
        self.loaderKey = loaderKey
        self.loader = loader
        hubParameters = [:]
        preprocessorKey = nil
        preprocessor = nil
        defaultFields = [:]
        hub = nil
        recordLimit = nil
        missingHint = nil
    }
}
