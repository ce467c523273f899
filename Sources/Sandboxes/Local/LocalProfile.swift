import Evaluation
import JSON

/// What keeps a local sandbox apart from the machine.
enum IsolationMechanism: String, Sendable, Hashable, CaseIterable, ParameterChoice {
    /// bubblewrap where it works, else `unshare`.
    case auto
    /// The program `bwrap`.
    case bubblewrap
    /// util-linux's `unshare`, and a script that builds the same file system.
    case unshare
    /// Nothing but limits; only with `allow_weak`.
    case weak
}

/// The block of a sandbox profile with runtime `local`.
struct LocalProfile: Parameters {
    var resources = LocalResources()
    var settings = LocalSettings()
    var image: String?
    var params: JSONObject = [:]

    static var fields: [ParameterField<Self>] {
        [
            .init("resources", \.resources, "What programs may use."),
            .init("runtime_configs", \.settings, "How the sandbox is set up."),
            .init("image", \.image, "A container's image.") {
                $0.ignoredBecause = "a local sandbox shows this machine's own system"
            },
            .init("params", \.params, "Further settings.") { $0.ignoredBecause = "local sandboxes have none" },
        ]
    }

    /// The profile that merged settings make.
    static func decode(settings: JSONObject, profile: String) throws(EvaluationError) -> Self {
        var settings = settings
        settings["runtime"] = nil
        return try decodeProfile(.object(settings), profile: profile)
    }
}

/// The `resources` of a local sandbox.
struct LocalResources: Parameters {
    var memory: ByteCount?
    var processes: Int?
    var disk: ByteCount?
    var cpuSeconds: Int?
    var cpu: Double?

    static var fields: [ParameterField<Self>] {
        [
            .init("memory", \.memory, "Address space of each process.") { $0.aliases = ["mem_limit"] },
            .init("pids", \.processes, "Processes and threads of a command; 512 unless said otherwise.") {
                $0.aliases = ["pids_limit"]
                $0.minimum = 2
            },
            .init("disk", \.disk, "What may be written: to one file at once, to all within a second; 1g by default."),
            .init("cpu_seconds", \.cpuSeconds, "Processor time of each process.") { $0.minimum = 1 },
            .init("cpu", \.cpu, "Processors.") {
                $0.aliases = ["cpus"]
                $0.ignoredBecause = "a local sandbox bounds processor time, not processors"
            },
        ]
    }
}

/// The `runtime_configs` of a profile with runtime `local`.
struct LocalSettings: Parameters {
    var mechanism = IsolationMechanism.auto
    var allowsWeak = false
    var environment = VariablesText()
    var execWorkingDirectory: String?
    var readOnlyDirectories: [String] = []
    var network = "none"

    static var fields: [ParameterField<Self>] {
        [
            .init("mechanism", \.mechanism, "What keeps programs apart from the machine."),
            .init(
                "allow_weak", \.allowsWeak,
                "Run without isolation where the machine has no mechanism: programs then see files and network."),
            .init("env", \.environment, "Environment variables.") { $0.aliases = ["environment"] },
            .init("exec_workdir", \.execWorkingDirectory, "Where commands start; /workspace by default."),
            .init(
                "read_only_paths", \.readOnlyDirectories,
                "Directories and files of this machine that are seen beside the system's, read-only."),
            .init("network_mode", \.network, "none: a local sandbox has no network.") {
                $0.aliases = ["network"]
                $0.allowed = ["none"]
            },
        ]
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if mechanism == .weak, !allowsWeak {
            diagnostics.error(
                "mechanism 'weak' does not isolate anything", at: node["mechanism"] ?? node,
                advice: "set allow_weak: true to run programs unprotected all the same")
        }
    }
}

/// A profile block from merged settings; the first problem is the error.
func decodeProfile<Block: Parameters>(_ json: JSONValue, profile: String) throws(EvaluationError) -> Block {
    let place = SourceLocation(file: "sandbox profile '\(profile)'", line: 0, column: 0)
    var diagnostics = Diagnostics()
    let block = Block.decode(ConfigNode(json: json, location: place, path: ""), into: &diagnostics)
    let problem = diagnostics.all.first { $0.severity == .error }
    if problem == nil, let block { return block }
    throw EvaluationError(
        .configurationInvalid,
        "sandbox profile '\(profile)': \(problem.map { "\($0.path ?? ""): \($0.message)" } ?? "not a mapping")",
        cause: .configuration, advice: problem?.advice)
}
