import Evaluation
import JSON

/// A container that a profile asks for, and what is needed to work with it.
struct ContainerPlan: Sendable {
    var specification: ContainerSpecification
    var profile: DockerProfile
    /// Where bytes can be put from outside: not in memory, not read-only.
    var stagingDirectory = "/"

    /// Directories of the container that the engine's archive calls do not see.
    var hiddenDirectories: [String] {
        specification.memoryMounts.keys.sorted() + ["/proc", "/sys", "/dev"]
    }

    /// The ports of this machine that are asked for by number, which only one sandbox can have.
    var fixedPorts: Set<Int> { Set(specification.ports.map(\.hostPort).filter { $0 != 0 }) }

    /// Lets the engine choose the ports of this machine; addresses are still read as the profile writes them.
    mutating func allocatePorts() {
        for index in specification.ports.indices { specification.ports[index].hostPort = 0 }
    }

    /// Puts a container together; throws ``EvaluationError``, cause `configuration`.
    init(_ profile: DockerProfile, request: SandboxRequest, info: DockerInfo) throws(EvaluationError) {
        let settings = profile.settings
        guard let image = profile.image ?? settings.image else {
            throw EvaluationError(
                .configurationInvalid, "sandbox profile '\(request.profile)' and the sample name no image",
                cause: .configuration, advice: "set 'image' in the profile")
        }
        self.profile = profile
        specification = ContainerSpecification(image: image)
        specification.labels = SandboxLabels.labels(
            run: request.run.id, profile: request.profile, episode: request.episode.description)
        specification.platform = settings.platform
        setCommand(settings)
        setLimits(profile, info)
        setNetwork(settings)
        try setFiles(settings, request)
        specification.environment = settings.environment.variables
        if let file = settings.environmentFile {
            let variables = try Self.readVariables(request.run.absolute(file))
            specification.environment.merge(variables) { own, _ in own }
        }
        specification.user = settings.user
        specification.workingDirectory = settings.workingDirectory
    }

    private mutating func setCommand(_ settings: DockerSettings) {
        if let entrypoint = settings.entrypoint?.words { specification.entrypoint = entrypoint }
        specification.command = settings.command?.words
        guard settings.entrypoint == nil, settings.command == nil, !settings.usesImageCommand else { return }
        specification.entrypoint = ["/bin/sh", "-c"]
        specification.command = ["exec sleep \(Int(settings.lifetime.rounded(.up)))"]
    }

    private mutating func setLimits(_ profile: DockerProfile, _ info: DockerInfo) {
        let resources = profile.resources
        let settings = profile.settings
        // More processors than there are is an error of the engine's, not a wish it fulfils as far as it can.
        specification.processors = (resources.cpu ?? settings.cpus).map { min($0, Double(info.processors)) }
        specification.processorSet = settings.processorSet
        specification.memoryBytes = (resources.memory ?? settings.memory)?.bytes
        specification.processes = resources.processes ?? settings.processes ?? 4096
        specification.sharedMemoryBytes = settings.sharedMemory?.bytes
        specification.fileSizeBytes = resources.disk?.bytes
    }

    private mutating func setNetwork(_ settings: DockerSettings) {
        specification.extraHosts = settings.extraHosts
        specification.ports = settings.ports.map(\.port)
        switch settings.network {
        case "bridge_host", "host_gateway":
            specification.network = "bridge"
            specification.extraHosts.append("host.docker.internal:host-gateway")
        default: specification.network = settings.network
        }
    }

    private mutating func setFiles(
        _ settings: DockerSettings, _ request: SandboxRequest
    ) throws(EvaluationError) {
        specification.readOnlyMounts = settings.volumes.compactMap(Volume.init).map { volume in
            (host: request.run.absolute(volume.host), container: volume.container)
        }
        for mount in settings.memoryMounts {
            let path = mount.prefix { $0 != ":" }
            specification.memoryMounts[String(path)] = String(mount.dropFirst(path.count + 1))
        }
        specification.isReadOnly = settings.isReadOnly
        if settings.isReadOnly {
            // The engine puts nothing into a read-only file system, but into a volume.
            specification.anonymousVolumes = ["/.gage"]
            stagingDirectory = "/.gage"
        }
    }

    private static func readVariables(_ path: String) throws(EvaluationError) -> [String: String] {
        let bytes: [UInt8]
        do {
            bytes = try HostFiles.read(path, maximumBytes: 1 << 20)
        } catch {
            throw EvaluationError(
                .configurationInvalid, "env_file cannot be read", cause: .configuration, underlying: error)
        }
        var variables: [String: String] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { continue }
            variables[String(line[..<equals])] = String(line[line.index(after: equals)...])
        }
        return variables
    }

    /// A name that nothing else has, and that says what the container is for.
    static func name(prefix: String, request: SandboxRequest) -> String {
        let words = [prefix, request.profile, request.run.id, request.episode.sample]
        let text = words.joined(separator: "-").unicodeScalars.map { scalar -> Character in
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            return isPlain || ".-_".unicodeScalars.contains(scalar) ? Character(scalar) : "_"
        }
        let start = String(text.prefix(54)).drop { !$0.isLetter && !$0.isNumber }
        return "\(start)-\(randomToken(8))"
    }
}

extension RunIdentity {
    /// A path of the configuration, from the directory against which it is read.
    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(baseDirectory)/\(path)" }
}
