import Evaluation
import JSON

/// The block of a sandbox profile with runtime `docker`.
struct DockerProfile: Parameters {
    var image: String?
    var resources = ContainerResources()
    var settings = DockerSettings()
    var params: JSONObject = [:]

    static var fields: [ParameterField<Self>] {
        [
            .init("image", \.image, "The container's image; a sample may name another."),
            .init("resources", \.resources, "What the container may use."),
            .init("runtime_configs", \.settings, "How the container is set up."),
            .init("params", \.params, "Further settings.") { $0.ignoredBecause = "containers have none" },
        ]
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if !settings.ports.isEmpty, ["none", "host"].contains(settings.network) {
            diagnostics.error(
                "'ports' cannot be published with network_mode '\(settings.network)'",
                at: node["runtime_configs"] ?? node, advice: "use network_mode: bridge, or leave the ports out")
        }
    }

    /// The profile that merged settings make: those of the profile with the adapter's and the sample's in them.
    static func decode(settings: JSONObject, profile: String) throws(EvaluationError) -> Self {
        var settings = settings
        settings["runtime"] = nil
        return try decodeProfile(.object(settings), profile: profile)
    }
}

/// The `resources` of a container.
struct ContainerResources: Parameters {
    var cpu: Double?
    var memory: ByteCount?
    var processes: Int?
    var disk: ByteCount?

    static var fields: [ParameterField<Self>] {
        [
            .init("cpu", \.cpu, "Processors, at most those of the machine.") {
                $0.aliases = ["cpus"]
                $0.minimum = 0.01
            },
            .init("memory", \.memory, "Memory, without swap.") { $0.aliases = ["mem_limit"] },
            .init("pids", \.processes, "Processes and threads.") {
                $0.aliases = ["pids_limit"]
                $0.minimum = 2
            },
            .init(
                "disk", \.disk,
                "What may be written to the container's own file system: of one file at once, of all within seconds."),
        ]
    }
}

/// The `runtime_configs` of a profile with runtime `docker`.
struct DockerSettings: Parameters {
    var image: String?
    var pullPolicy = PullPolicy.missing
    var imageDisk: ByteCount?
    var platform: String?
    var network = "bridge"
    var ports: [PortText] = []
    var extraHosts: [String] = []
    var environment = VariablesText()
    var environmentFile: String?
    var volumes: [String] = []
    var memoryMounts: [String] = []
    var isReadOnly = false
    var workingDirectory: String?
    var user: String?
    var entrypoint: CommandText?
    var command: CommandText?
    var usesImageCommand = false
    var execUser: String?
    var execWorkingDirectory: String?
    var cpus: Double?
    var memory: ByteCount?
    var processes: Int?
    var processorSet: String?
    var sharedMemory: ByteCount?
    var lifetime = 86_400.0
    var namePrefix = "gage-sandbox"
    var readiness = ReadinessSettings()
    var startContainer = true
    var extraArguments: [String] = []
    var ignored = IgnoredSettings()

    static var fields: [ParameterField<Self>] {
        imageFields + setupFields + commandFields + limitFields + readinessFields + ignoredFields
    }

    private static var imageFields: [ParameterField<Self>] {
        [
            .init("image", \.image, "The image, where the profile itself names none."),
            .init("pull_policy", \.pullPolicy, "When the image is pulled."),
            .init(
                "image_disk", \.imageDisk,
                "What images that gage pulled may take; the least used go when a sandbox ends. No limit by default."),
            .init("platform", \.platform, "The image's platform, as linux/amd64."),
        ]
    }

    private static var setupFields: [ParameterField<Self>] {
        [
            .init("network_mode", \.network, "none, bridge, bridge_host, host, or a network's name.") {
                $0.aliases = ["network"]
            },
            .init("ports", \.ports, "Ports published on this machine: \"HOST:CONTAINER\", or \"0:CONTAINER\"."),
            .init("extra_hosts", \.extraHosts, "Names for the hosts file, as name:address."),
            .init("env", \.environment, "Environment variables.") { $0.aliases = ["environment"] },
            .init("env_file", \.environmentFile, "A file of NAME=value lines."),
            .init("volumes", \.volumes, "Directories seen read-only, as HOST:CONTAINER[:ro]."),
            .init("tmpfs", \.memoryMounts, "Directories in memory, as PATH[:size=64m]."),
            .init("read_only", \.isReadOnly, "Whether the image's file system cannot be written."),
            .init("workdir", \.workingDirectory, "Where the container's command starts.") {
                $0.aliases = ["working_dir"]
            },
            .init("user", \.user, "Who the container's command runs as."),
            .init("container_name_prefix", \.namePrefix, "How container names begin."),
        ]
    }

    private static var commandFields: [ParameterField<Self>] {
        [
            .init("entrypoint", \.entrypoint, "The program that starts in place of the image's."),
            .init("command", \.command, "Its arguments; a text is taken apart as a shell does.") {
                $0.aliases = ["cmd"]
            },
            .init(
                "image_command", \.usesImageCommand,
                "Start the image's own command where none is given here, in place of waiting for commands."),
            .init("exec_user", \.execUser, "Who commands run as."),
            .init("exec_workdir", \.execWorkingDirectory, "Where commands start."),
            .init("start_container", \.startContainer, "Whether a container is started: always.") {
                $0.ignoredBecause = "sandboxes are always started"
            },
            .init("extra_args", \.extraArguments, "Arguments of the docker command: none are supported."),
        ]
    }

    private static var limitFields: [ParameterField<Self>] {
        [
            .init("cpus", \.cpus, "Processors; 'resources' goes first.") {
                $0.aliases = ["cpu"]
                $0.minimum = 0.01
            },
            .init("memory", \.memory, "Memory; 'resources' goes first.") { $0.aliases = ["mem_limit"] },
            .init("pids_limit", \.processes, "Processes and threads; 'resources' goes first.") { $0.minimum = 2 },
            .init("cpuset_cpus", \.processorSet, "Processors that may be used, as 0-2."),
            .init("shm_size", \.sharedMemory, "Shared memory."),
            .init(
                "max_lifetime_s", \.lifetime,
                "After how many seconds the container ends by itself, whatever became of gage."
            ) { $0.minimum = 1 },
        ]
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if !startContainer {
            diagnostics.error("'start_container: false' is not supported", at: node, advice: "remove the key")
        }
        if !extraArguments.isEmpty {
            diagnostics.error(
                "'extra_args' are not supported: the docker command is not used", at: node["extra_args"] ?? node,
                advice: "say it with the other keys of runtime_configs")
        }
        for (index, volume) in volumes.enumerated() where Volume(volume) == nil {
            diagnostics.error(
                "'\(volume)' is no read-only volume", at: node["volumes"]?.items?[index] ?? node,
                advice: "write HOST:CONTAINER or HOST:CONTAINER:ro; results are copied out, not written to the host")
        }
        for (index, mount) in memoryMounts.enumerated() where !mount.hasPrefix("/") {
            diagnostics.error("'\(mount)' is no absolute path", at: node["tmpfs"]?.items?[index] ?? node)
        }
    }
}

/// A directory of this machine that a container sees.
struct Volume {
    var host: String
    var container: String

    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), !parts[0].isEmpty, parts[1].hasPrefix("/"),
            parts.count == 2 || parts[2] == "ro"
        else { return nil }
        (host, container) = (parts[0], parts[1])
    }
}
