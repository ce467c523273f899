import Evaluation

/// The parameters of `swebench_docker`.
struct JudgeParameters: Parameters {
    /// What is done with a patch that does not apply.
    enum ApplyPolicy: String, ParameterChoice {
        /// Nothing, as officially: the tests run without it.
        case official
        /// It is tried again with less care; no official verdict.
        case lenient
    }

    /// How the test script's argument is written.
    enum ArgumentForm: String, ParameterChoice {
        /// As it stands, as officially: the shell may change it.
        case official
        /// In quotes.
        case quoted
    }

    /// Which attempt decides when tests are run again.
    enum RerunPolicy: String, ParameterChoice {
        /// The first.
        case first
        /// Any that resolved.
        case any
        /// What most say.
        case majority
    }

    var scriptsDirectory = ""
    var dockerfilesDirectory: String?
    var dockerhubUsername = "jefzda"
    var registryPrefix: String?
    var imageURI: String?
    var profile: String?
    var blocksNetwork = true
    var networkOverrides: [String] = []
    var testTimeout = 900.0
    var cpus: Double?
    var memoryLimit: String?
    var pidsLimit: Int?
    var allowsPull = true
    var imageLockDirectory: String?
    var platform: String?
    var usesVolumes: Bool?
    var applyPolicy = ApplyPolicy.official
    var argumentForm = ArgumentForm.official
    var reruns = 0
    var rerunPolicy = RerunPolicy.first
    var infrastructureRetries = 1
    var maxLogBytes = 64 << 20

    static var fields: [ParameterField<Self>] { sourceFields + limitFields + policyFields }

    private static var sourceFields: [ParameterField<Self>] {
        [
            .init("scripts_dir", \.scriptsDirectory, "The folder with run_script.sh and parser.py of each instance.") {
                $0.isRequired = true
            },
            .init(
                "dockerfiles_dir", \.dockerfilesDirectory, "The folder with the official Dockerfiles of each instance."),
            .init("dockerhub_username", \.dockerhubUsername, "The registry account with the images.") {
                $0.ignoredBecause = "the preprocessor's account is in the name of the sample's image"
            },
            .init("registry_prefix", \.registryPrefix, "What stands in the account's place where images are mirrored."),
            .init("image_uri", \.imageURI, "One image for every instance."),
            .init("sandbox_profile", \.profile, "The profile of the judge's container; its adapter's by default.") {
                $0.reference = .sandboxProfile
            },
            .init("docker_platform", \.platform, "The image's platform, such as linux/amd64."),
            .init("allow_pull", \.allowsPull, "Whether an image that is not here is pulled."),
            .init("image_lock_dir", \.imageLockDirectory, "Where locks on images are kept.") {
                $0.ignoredBecause = "the container runtime keeps them itself"
            },
            .init("use_volumes", \.usesVolumes, "Whether the workspace is mounted.") {
                $0.ignoredBecause = "files are copied, which is as quick and works with a remote engine"
            },
        ]
    }

    private static var limitFields: [ParameterField<Self>] {
        [
            .init("block_network", \.blocksNetwork, "Whether tests run without a network."),
            .init("network_overrides", \.networkOverrides, "Instance ids whose tests need a network and get one."),
            .init("test_timeout_s", \.testTimeout, "Seconds that tests may take; officially 3600.") { $0.minimum = 1 },
            .init("cpus", \.cpus, "Processors of the judge's container.") { $0.minimum = 0 },
            .init("mem_limit", \.memoryLimit, "Memory of the judge's container, such as 8g."),
            .init("pids_limit", \.pidsLimit, "Processes in the judge's container.") { $0.minimum = 1 },
            .init("max_log_bytes", \.maxLogBytes, "The most bytes kept of a log.") { $0.minimum = 1024 },
        ]
    }

    private static var policyFields: [ParameterField<Self>] {
        [
            .init("apply_policy", \.applyPolicy, "What is done with a patch that does not apply."),
            .init("selected_args", \.argumentForm, "How the test script's argument is written."),
            .init("reruns_on_fail", \.reruns, "How often tests that failed are run again; officially never.") {
                $0.minimum = 0
            },
            .init("rerun_policy", \.rerunPolicy, "Which of several test runs decides."),
            .init(
                "infra_retries", \.infrastructureRetries, "How often a judging is tried again that the machine failed."
            ) {
                $0.minimum = 0
            },
        ]
    }
}
