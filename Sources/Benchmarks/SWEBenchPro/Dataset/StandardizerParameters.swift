import Evaluation

/// The parameters of `swebench_pro_standardizer`.
struct StandardizerParameters: Parameters {
    var edition = Edition.v1
    var smokeIDsPath: String?
    var ids: [String] = []
    var repositories: [String] = []
    var languages: [String] = []
    var dockerhubUsername = "jefzda"
    var registryPrefix: String?
    var sandboxID: String?
    var sandboxRuntime: String?
    var sandboxLifecycle: String?

    static var fields: [ParameterField<Self>] {
        [
            .init("edition", \.edition, "Which release of the data set it is: it decides the images and the checks."),
            .init("smoke_ids_path", \.smokeIDsPath, "A file with one instance id a line; only these are kept.") {
                $0.aliases = ["ids_path"]
            },
            .init("ids", \.ids, "Instance ids that are kept; empty keeps all.") { $0.aliases = ["instance_ids"] },
            .init("repos", \.repositories, "Repositories (owner/name) that are kept; empty keeps all."),
            .init("languages", \.languages, "Languages that are kept; empty keeps all."),
            .init("dockerhub_username", \.dockerhubUsername, "The registry account with the first edition's images."),
            .init("registry_prefix", \.registryPrefix, "What stands in the account's place where images are mirrored."),
            .init("sandbox_id", \.sandboxID, "The sandbox profile of every sample."),
            .init("sandbox_runtime", \.sandboxRuntime, "The runtime of every sample's sandbox.") {
                $0.aliases = ["runtime"]
            },
            .init("sandbox_lifecycle", \.sandboxLifecycle, "The lifecycle of every sample's sandbox.") {
                $0.aliases = ["lifecycle"]
            },
        ]
    }
}
