import CProcesses
import Glibc

/// A child just started: its process identifier, and the descriptor that tells when it ends, where the kernel has such a thing.
struct SpawnedChild: Sendable {
    let identifier: pid_t
    let exitDescriptor: Descriptor?
}

/// The three descriptors that become a child's standard ones.
struct ChildDescriptors {
    var input: Descriptor
    var output: Descriptor
    var error: Descriptor
}

/// Starts the command's program; called on the starting thread only, which never ends, as `diesWithParent` needs.
func spawn(_ command: ProcessCommand, _ descriptors: ChildDescriptors) throws(ProcessError) -> SpawnedChild {
    try validate(command)
    let environment = environmentStrings(command.environment)
    let paths = candidatePaths(for: command.executable, environment)
    let limits = kernelLimits(command.limits)
    var result = gage_spawn_result()
    withCStrings(paths) { paths in
        withCStrings([command.executable] + command.arguments) { arguments in
            withOptionalCStrings(environment) { environment in
                withOptionalCString(command.workingDirectory) { directory in
                    limits.withUnsafeBufferPointer { limits in
                        var request = gage_spawn_request()
                        request.paths = paths
                        request.arguments = arguments
                        request.environment = environment
                        request.working_directory = directory
                        request.descriptors = (
                            descriptors.input.number, descriptors.output.number, descriptors.error.number
                        )
                        request.limits = limits.baseAddress
                        request.limit_count = limits.count
                        request.dies_with_parent = command.diesWithParent ? 1 : 0
                        gage_spawn(&request, &result)
                    }
                }
            }
        }
    }
    withExtendedLifetime(descriptors) {}
    guard result.error == 0 else { throw ProcessError(command, errno: result.error, stage: result.stage) }
    return SpawnedChild(identifier: result.pid, exitDescriptor: Descriptor(owning: result.pid_descriptor))
}

/// Refuses what a C string or an environment entry cannot hold.
private func validate(_ command: ProcessCommand) throws(ProcessError) {
    func refuse(_ what: String) -> ProcessError {
        ProcessError(.invalidCommand, "cannot run \(command.executable.debugDescription): \(what)")
    }
    guard !command.executable.isEmpty else { throw refuse("the name is empty") }
    let texts = [command.executable, command.workingDirectory ?? ""] + command.arguments
    guard !texts.contains(where: { $0.utf8.contains(0) }) else { throw refuse("an argument holds a NUL byte") }
    switch command.environment {
    case .inherit: break
    case .exactly(let variables), .inheritAdding(let variables), .usual(let variables):
        for (name, value) in variables {
            guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "=")), !name.utf8.contains(0) else {
                throw refuse("\(name.debugDescription) is no name of an environment variable")
            }
            guard !value.utf8.contains(0) else { throw refuse("the variable '\(name)' holds a NUL byte") }
        }
    }
}

/// The `NAME=value` strings to pass, or nil to pass on this process's own.
private func environmentStrings(_ environment: ProcessCommand.Environment) -> [String]? {
    switch environment {
    case .inherit: nil
    case .exactly(let variables): variables.map { "\($0)=\($1)" }
    case .inheritAdding(let variables): inherited { variables[$0] == nil } + variables.map { "\($0)=\($1)" }
    case .usual(let variables):
        inherited { ProcessCommand.Environment.usualVariables.contains($0) && variables[$0] == nil }
            + variables.map { "\($0)=\($1)" }
    }
}

/// This process's `NAME=value` strings whose names are wanted.
private func inherited(_ isWanted: (String) -> Bool) -> [String] {
    inheritedEnvironment().filter { isWanted(String($0.prefix { $0 != "=" })) }
}

private func inheritedEnvironment() -> [String] {
    guard var entry = gage_environment() else { return [] }
    var strings: [String] = []
    while let text = entry.pointee {
        strings.append(String(cString: text))
        entry += 1
    }
    return strings
}

/// Where to look for the program, in order.
private func candidatePaths(for executable: String, _ environment: [String]?) -> [String] {
    guard !executable.utf8.contains(UInt8(ascii: "/")) else { return [executable] }
    let given = environment.map { $0.first { $0.hasPrefix("PATH=") }.map { String($0.dropFirst(5)) } }
    let path = (given ?? getenv("PATH").map { String(cString: $0) }) ?? "/usr/local/bin:/usr/bin:/bin"
    // An empty entry would mean the working directory, which is nowhere to look for programs.
    return path.split(separator: ":").map { "\($0)/\(executable)" }
}

private func kernelLimits(_ limits: ProcessLimits) -> [gage_limit] {
    func limit(_ resource: __rlimit_resource, _ value: Int?, graceBeforeHard: UInt64 = 0) -> gage_limit? {
        value.map {
            let soft = UInt64(max(0, $0))
            return gage_limit(resource: Int32(resource.rawValue), soft: soft, hard: soft + graceBeforeHard)
        }
    }
    let noCoreFile = limit(RLIMIT_CORE, 0)
    return [
        noCoreFile, limit(RLIMIT_CPU, limits.cpuSeconds, graceBeforeHard: 1),
        limit(RLIMIT_AS, limits.addressSpaceBytes),
        limit(RLIMIT_FSIZE, limits.fileSizeBytes), limit(RLIMIT_NOFILE, limits.openFiles),
        limit(__RLIMIT_NPROC, limits.processes),
    ].compactMap(\.self)
}

extension ProcessError {
    /// What a failed stage of starting a child means.
    fileprivate init(_ command: ProcessCommand, errno number: Int32, stage: Int32) {
        let reason = String(cString: strerror(number))
        let program = "'\(command.executable)'"
        switch gage_spawn_stage(UInt32(bitPattern: stage)) {
        case GAGE_SPAWN_EXECUTE where number == ENOENT && command.executable.utf8.contains(UInt8(ascii: "/")):
            self.init(.notFound, "cannot run \(program): the file or its interpreter does not exist")
        case GAGE_SPAWN_EXECUTE where number == ENOENT:
            self.init(.notFound, "cannot run \(program): not found in PATH")
        case GAGE_SPAWN_EXECUTE where number == EACCES || number == EPERM:
            self.init(.permission, "cannot run \(program): \(reason)")
        case GAGE_SPAWN_WORKING_DIRECTORY:
            self.init(
                .workingDirectory,
                "cannot run \(program) in directory '\(command.workingDirectory ?? "")': \(reason)")
        default:
            self.init(.spawnFailed, "cannot run \(program): \(reason)")
        }
    }
}
