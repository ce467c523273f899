import JSON

/// A container to make, in the words of the engine's API.
public struct ContainerSpecification: Sendable {
    /// A port of the container that is published on the engine's machine.
    public struct PublishedPort: Sendable, Hashable {
        /// The port inside.
        public var containerPort: Int
        /// The port of the machine; 0 lets the engine choose.
        public var hostPort: Int
        /// The address to listen on.
        public var hostAddress: String

        /// Publishes a port, to the machine itself alone unless said otherwise.
        public init(containerPort: Int, hostPort: Int = 0, hostAddress: String = "127.0.0.1") {
            self.containerPort = containerPort
            self.hostPort = hostPort
            self.hostAddress = hostAddress
        }
    }

    /// The image.
    public var image: String
    /// The program that starts; empty means the image's own.
    public var entrypoint: [String] = []
    /// Its arguments; nil means the image's own.
    public var command: [String]?
    /// Variables, added to the image's.
    public var environment: [String: String] = [:]
    /// The directory to start in; nil means the image's own.
    public var workingDirectory: String?
    /// The user; nil means the image's own.
    public var user: String?
    /// Labels.
    public var labels: [String: String] = [:]
    /// Processors, as a fraction; nil means no limit.
    public var processors: Double?
    /// Processors that may be used, as `0-2,7`.
    public var processorSet: String?
    /// Bytes of memory, without swap; nil means no limit.
    public var memoryBytes: Int?
    /// Processes and threads; nil means no limit.
    public var processes: Int?
    /// Bytes of shared memory; nil means the engine's own choice.
    public var sharedMemoryBytes: Int?
    /// Bytes of any one file; nil means no limit.
    public var fileSizeBytes: Int?
    /// The network: `none`, `bridge`, `host` or a network's name.
    public var network = "bridge"
    /// Published ports.
    public var ports: [PublishedPort] = []
    /// Names added to the container's hosts file, as `name:address`.
    public var extraHosts: [String] = []
    /// Directories of the machine, seen read-only: host path, container path.
    public var readOnlyMounts: [(host: String, container: String)] = []
    /// Anonymous volumes, removed with the container.
    public var anonymousVolumes: [String] = []
    /// Directories in memory, with their mount options.
    public var memoryMounts: [String: String] = [:]
    /// Whether the image's file system cannot be written.
    public var isReadOnly = false
    /// The platform, as `linux/amd64`; nil means the engine's own.
    public var platform: String?

    /// Makes a container of an image; everything else has a default and is set afterwards.
    public init(image: String) { self.image = image }

    /// The body of the create call.
    var json: JSONValue {
        var object: JSONObject = [
            "Image": .string(image), "Tty": false, "OpenStdin": false,
            "Env": .array(environment.keys.sorted().map { .string("\($0)=\(environment[$0] ?? "")") }),
            "Labels": labels.json, "HostConfig": hostConfiguration,
        ]
        if !entrypoint.isEmpty { object["Entrypoint"] = .array(entrypoint.map { .string($0) }) }
        // A new entry point forgets the image's command, so that none has to be said.
        if let command { object["Cmd"] = .array(command.map { .string($0) }) }
        if let workingDirectory { object["WorkingDir"] = .string(workingDirectory) }
        if let user { object["User"] = .string(user) }
        if !ports.isEmpty {
            object["ExposedPorts"] = .object(
                JSONObject(entries: ports.map { (key: "\($0.containerPort)/tcp", value: .object([:])) }))
        }
        if !anonymousVolumes.isEmpty {
            object["Volumes"] = .object(
                JSONObject(entries: anonymousVolumes.map { (key: $0, value: .object([:])) }))
        }
        return .object(object)
    }

    private var hostConfiguration: JSONValue {
        var object: JSONObject = [
            "AutoRemove": false, "Init": true, "NetworkMode": .string(network),
            "ReadonlyRootfs": .bool(isReadOnly), "RestartPolicy": ["Name": "no"],
            "ExtraHosts": .array(extraHosts.map { .string($0) }),
            "Binds": .array(readOnlyMounts.map { .string("\($0.host):\($0.container):ro") }),
            "Tmpfs": memoryMounts.json, "PortBindings": portBindings,
            // What a program prints is read while it runs; the engine's own copy must not fill its disk.
            "LogConfig": ["Type": "json-file", "Config": ["max-size": "10m", "max-file": "1"]],
        ]
        if let processors { object["NanoCpus"] = .int(Int64(processors * 1_000_000_000)) }
        if let processorSet { object["CpusetCpus"] = .string(processorSet) }
        if let memoryBytes {
            object["Memory"] = .int(Int64(memoryBytes))
            object["MemorySwap"] = .int(Int64(memoryBytes))
        }
        if let processes { object["PidsLimit"] = .int(Int64(processes)) }
        if let sharedMemoryBytes { object["ShmSize"] = .int(Int64(sharedMemoryBytes)) }
        var limits: [JSONValue] = [["Name": "core", "Soft": 0, "Hard": 0]]
        if let fileSizeBytes {
            limits.append(
                ["Name": "fsize", "Soft": .int(Int64(fileSizeBytes)), "Hard": .int(Int64(fileSizeBytes))])
        }
        object["Ulimits"] = .array(limits)
        return .object(object)
    }

    private var portBindings: JSONValue {
        var object: JSONObject = [:]
        for port in ports {
            let binding: JSONValue = [
                "HostIp": .string(port.hostAddress),
                "HostPort": .string(port.hostPort == 0 ? "" : String(port.hostPort)),
            ]
            let key = "\(port.containerPort)/tcp"
            object[key] = .array((object[key]?.arrayValue ?? []) + [binding])
        }
        return .object(object)
    }
}

extension [String: String] {
    /// The entries as a JSON object, sorted by key.
    var json: JSONValue {
        var object: JSONObject = [:]
        for key in keys.sorted() { object[key] = self[key].map { .string($0) } }
        return .object(object)
    }
}
