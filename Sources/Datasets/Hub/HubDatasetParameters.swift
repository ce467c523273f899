public import Evaluation
public import JSON

/// The parameters of the `hf_hub` loader.
///
/// What to fetch may stand in `params` or in `hub_params`, as configurations do both; `params` win.
public struct HubDatasetParameters: Parameters {
    /// The data set's name on the Hub.
    public var hubID: String?
    /// The subset, which the Hub calls a configuration.
    public var subset: String?
    /// The split; `train` where none is named.
    public var split: String?
    /// The commit, tag or branch; `main` where none is named.
    public var revision: String?
    /// Files to read in place of the rows server's rows.
    public var dataFiles: JSONValue = .null
    /// The files' format, where their names do not say it.
    public var builderName: String?
    /// A local copy: a file, or a directory with files.
    public var path: String?
    /// Whether rows of another revision are taken when the rows server has no other.
    public var allowsRevisionDrift = false
    /// How many rows there have to be.
    public var expectedRows: Int?
    /// Where downloads are kept.
    public var cacheDirectory: String?
    /// The Hub's address.
    public var endpoint: String?
    /// The rows server's address.
    public var rowsEndpoint: String?
    /// The access token.
    public var token: String?
    /// The largest number of rows to fetch.
    public var limit: Int?
    /// The same, as `hub_params` say it.
    public var hubParams = HubSource()
    var ignored: JSONValue = .null

    /// The defaults.
    public init() {}

    /// The block's keys.
    public static var fields: [ParameterField<Self>] {
        [
            .init("hub_id", \.hubID, "The data set's name on the Hub, as owner/name.") { $0.aliases = ["repo_id"] },
            .init("subset", \.subset, "The subset, which the Hub calls a configuration.") {
                $0.aliases = ["config_name"]
            },
            .init("split", \.split, "The split; `train` where none is named."),
            .init("revision", \.revision, "The commit, tag or branch; `main` where none is named."),
            .init("data_files", \.dataFiles, "Files of the repository to read in place of the rows server's rows."),
            .init("builder_name", \.builderName, "The files' format where their names do not say it.") {
                $0.allowed = HubFileFormat.builders
            },
            .init("path", \.path, "A local copy, a file or a directory; or the data set's name on the Hub.") {
                $0.aliases = ["local_path"]
            },
            .init("limit", \.limit, "The largest number of rows to fetch.") { $0.minimum = 0 },
            .init("expected_rows", \.expectedRows, "How many rows there have to be.") { $0.minimum = 0 },
            .init(
                "allow_revision_drift", \.allowsRevisionDrift,
                "Whether rows of another revision are taken when the rows server has no other."),
        ] + serverFields + ignoredFields
    }

    private static var serverFields: [ParameterField<Self>] {
        [
            .init("cache_dir", \.cacheDirectory, "Where downloads are kept."),
            .init("endpoint", \.endpoint, "The Hub's address; `HF_ENDPOINT` by default."),
            .init(
                "rows_endpoint", \.rowsEndpoint, "The rows server's address; `HF_DATASETS_SERVER_ENDPOINT` by default."
            ),
            .init("token", \.token, "The access token; better left to `HF_TOKEN`.") { $0.isSecret = true },
            .init("hub_params", \.hubParams, "The same keys, as older configurations write them."),
        ]
    }

    private static var ignoredFields: [ParameterField<Self>] {
        let streamed = "rows are read one by one, and the cache is on disk"
        let reasons = [
            ("streaming", streamed), ("streaming_threshold_mb", streamed), ("hf_streaming", streamed),
            ("trust_remote_code", "no data set runs code"),
            ("load_kwargs", "they are arguments of a Python library"),
        ]
        return reasons.map { name, reason in
            .init(name, \.ignored, "A key of older configurations.") { $0.ignoredBecause = reason }
        }
    }

    /// Checks that something is named.
    public func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        let source = HubSource(self)
        if source.hubID == nil, source.localPath == nil, source.dataFiles.isNull {
            diagnostics.error(
                "nothing says which data set", at: node, advice: "write 'hub_params: {hub_id: owner/name}', or 'path'")
        }
        if let name = source.hubID {
            do {
                _ = try HubRepository(name)
            } catch {
                diagnostics.error(error.message, at: node, advice: error.advice)
            }
        }
    }
}

/// What to fetch from the Hub: `hub_params` of a data set.
public struct HubSource: Parameters {
    var hubID: String?
    var subset: String?
    var split: String?
    var revision: String?
    var dataFiles: JSONValue = .null
    var builderName: String?
    var localPath: String?
    var limit: Int?
    var cacheDirectory: String?
    var endpoint: String?
    var token: String?
    var ignored: JSONValue = .null

    /// Nothing.
    public init() {}

    /// The block's keys.
    public static var fields: [ParameterField<Self>] {
        [
            .init("hub_id", \.hubID, "The data set's name on the Hub, as owner/name.") { $0.aliases = ["repo_id"] },
            .init("subset", \.subset, "The subset.") { $0.aliases = ["config_name"] },
            .init("split", \.split, "The split."), .init("revision", \.revision, "The commit, tag or branch."),
            .init("data_files", \.dataFiles, "The files to read."),
            .init("builder_name", \.builderName, "The files' format.") { $0.allowed = HubFileFormat.builders },
            .init("limit", \.limit, "The largest number of rows to fetch.") { $0.minimum = 0 },
            .init("local_path", \.localPath, "A copy on this machine."),
            .init("cache_dir", \.cacheDirectory, "Where downloads are kept."),
            .init("endpoint", \.endpoint, "The Hub's address."),
            .init("token", \.token, "The access token.") { $0.isSecret = true },
            .init("trust_remote_code", \.ignored, "Whether the data set may run code.") {
                $0.ignoredBecause = "no data set runs code"
            },
        ]
    }

    /// What holds: the loader's own keys, else those of `hub_params`.
    init(_ parameters: HubDatasetParameters) {
        self = parameters.hubParams
        hubID = parameters.hubID ?? hubID
        subset = parameters.subset ?? subset
        split = parameters.split ?? split
        revision = parameters.revision ?? revision
        if !parameters.dataFiles.isNull { dataFiles = parameters.dataFiles }
        builderName = parameters.builderName ?? builderName
        localPath = parameters.path ?? localPath
        limit = parameters.limit ?? limit
        cacheDirectory = parameters.cacheDirectory ?? cacheDirectory
        endpoint = parameters.endpoint ?? endpoint
        token = parameters.token ?? token
    }
}
