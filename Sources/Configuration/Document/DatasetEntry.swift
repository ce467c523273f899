import Evaluation
import JSON

/// An entry of `datasets`.
struct DatasetEntry: Identified {
    var id = ""
    var loader = ""
    var hub: String?
    var hubParams = HubParams()
    var params = Block()
    var trials: Int?
    var schemaMode: Block?
    var preprocessChain: [JSONValue] = []
    var streaming: Bool?

    static let idKey = "dataset_id"

    static var fields: [ParameterField<Self>] {
        [
            .init("dataset_id", \.id, "The data set's name in this document.") { $0.isRequired = true },
            .init("loader", \.loader, "The registered loader that opens it.") {
                $0.aliases = ["type"]
                $0.isRequired = true
            },
            .init("hub", \.hub, "Where the loader downloads from.") {
                $0.allowed = ["inline", "huggingface", "modelscope", "ms_hub"]
            },
            .init("hub_params", \.hubParams, "What to download.") { $0.aliases = ["hub_args"] },
            .init("params", \.params, "The loader's parameters, and how records become samples."),
            .init("trials", \.trials, "Attempts at each sample, where the task does not say.") { $0.minimum = 1 },
            .init("schema", \.schemaMode, "How strictly samples are checked.") {
                $0.ignoredBecause = "every sample is checked, and a broken one is reported"
            },
            .init("preprocess_chain", \.preprocessChain, "Further preprocessors.") {
                $0.ignoredBecause = "one preprocessor makes the samples; name it in params.preprocess"
            },
            .init("streaming", \.streaming, "Whether records are read one by one.") {
                $0.ignoredBecause = "records are always read one by one"
            },
        ]
    }
}

/// The `hub_params` of a data set.
struct HubParams: Parameters {
    var hubID: String?
    var subset: String?
    var split: String?
    var revision: String?
    var dataFiles: JSONValue?
    var builderName: String?
    var limit: Int?
    var localPath: String?
    var cacheDirectory: String?
    var endpoint: String?
    var token: String?
    var trustRemoteCode: Bool?

    static var fields: [ParameterField<Self>] {
        [
            .init("hub_id", \.hubID, "The data set's name on the hub, as owner/name.") { $0.aliases = ["repo_id"] },
            .init("subset", \.subset, "The subset, which hubs also call a configuration.") {
                $0.aliases = ["config_name"]
            },
            .init("split", \.split, "The split."),
            .init("revision", \.revision, "The commit, tag or branch."),
            .init("data_files", \.dataFiles, "The files to take."),
            .init("builder_name", \.builderName, "The files' format."),
            .init("limit", \.limit, "The largest number of records to read.") { $0.minimum = 0 },
            .init("local_path", \.localPath, "A copy on this machine."),
            .init("cache_dir", \.cacheDirectory, "Where downloads are kept."),
            .init("endpoint", \.endpoint, "The hub's address."),
            .init("token", \.token, "The hub's access token.") { $0.isSecret = true },
            .init("trust_remote_code", \.trustRemoteCode, "Whether the data set may run code.") {
                $0.ignoredBecause = "no data set runs code"
            },
        ]
    }
}

/// The keys of a data set's `params` that hold for every loader.
///
/// A loader that declares one of them takes it itself.
struct DatasetParams: Parameters {
    var preprocess: String?
    var preprocessKwargs = Block()
    var defaultParams: JSONObject = [:]
    var limit: Int?
    var missingHint: String?
    var streaming: Bool?
    var streamingThreshold: Int?
    var trustRemoteCode: Bool?
    var bundle: JSONValue?
    /// Where keys without effect leave their values.
    var ignored: JSONValue?

    static var fields: [ParameterField<Self>] {
        let streamed = "records are always read one by one"
        return [
            .init("preprocess", \.preprocess, "The registered preprocessor that turns records into samples."),
            .init("preprocess_kwargs", \.preprocessKwargs, "The preprocessor's parameters."),
            .init("default_params", \.defaultParams, "Fields that every record has unless it says otherwise."),
            .init("limit", \.limit, "The largest number of records to read, before preprocessing.") { $0.minimum = 0 },
            .init("missing_hint", \.missingHint, "What to say when the data is not there."),
            .init("streaming", \.streaming, "Whether records are read one by one.") { $0.ignoredBecause = streamed },
            .init("streaming_threshold_mb", \.streamingThreshold, "From which size on they are.") {
                $0.ignoredBecause = streamed
            },
            .init("trust_remote_code", \.trustRemoteCode, "Whether the data set may run code.") {
                $0.ignoredBecause = "no data set runs code"
            },
            .init("bundle", \.bundle, "Resources of the data set.") {
                $0.ignoredBecause = "preprocessors bring their own resources"
            },
        ] + ignoredFields
    }

    private static var ignoredFields: [ParameterField<Self>] {
        let functions = ["doc_to_text", "doc_to_visual", "doc_to_audio"]
        let python = (functions + functions.map { "\($0)_kwargs" }).map { name -> ParameterField<Self> in
            .init(name, \.ignored, "A Python function that shaped records.") {
                $0.ignoredBecause = "it is Python code, which gage does not run; a preprocessor can do this"
            }
        }
        let tokenizers = ["tokenizer_path", "tokenizer_name", "tokenizer_kwargs", "tokenizer_trust_remote_code"]
        return python
            + tokenizers.map { name in
                .init(name, \.ignored, "A tokenizer for chat templates.") {
                    $0.ignoredBecause = "the model's server applies its own chat template"
                }
            }
    }
}
