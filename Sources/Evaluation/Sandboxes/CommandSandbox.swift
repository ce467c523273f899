/// A sandbox in which programs can be run and files be read and written.
///
/// The same for every provider: containers, namespaces of the kernel. What a program does in it, however hostile, is a
/// result; only the failure of the sandbox itself is an error.
///
/// ```swift
/// guard let sandbox = try await scope.sandboxes.sandbox() as? any CommandSandbox else { throw … }
/// var command = SandboxCommand(["bash", "-c", "git diff"])
/// command.workingDirectory = "/app"
/// command.timeout = .seconds(60)
/// let result = try await sandbox.run(command)
/// ```
public protocol CommandSandbox: Sandbox {
    /// Runs a program until it ends or its time is up.
    ///
    /// The time limit is enforced inside the sandbox: at the limit the program and what it started get SIGTERM, and after
    /// the command's grace period SIGKILL. Processes that a program leaves in the background when it ends by itself may
    /// live on until the sandbox ends. Throws ``EvaluationError``, cause `sandbox`, when the sandbox is lost, and
    /// `CancellationError` when the caller's task is cancelled; the program is then ended too.
    func run(_ command: SandboxCommand) async throws -> SandboxCommandResult

    /// The bytes of a file.
    ///
    /// A path that is not absolute starts at the sandbox's working directory. Symbolic links are followed inside the
    /// sandbox. Throws ``SandboxFileError`` when there is no such file, or it has more than `maximumBytes`.
    func readFile(_ path: String, maximumBytes: Int) async throws -> [UInt8]

    /// Writes a file, and the directories above it that are missing.
    ///
    /// Throws ``SandboxFileError`` when it cannot be written.
    func writeFile(_ path: String, _ bytes: [UInt8], permissions: UInt16) async throws

    /// Puts files, directories and symbolic links below a directory of the sandbox, which is made where it is missing.
    ///
    /// Throws ``SandboxFileError``.
    func copyIn(_ files: [SandboxFile], to directory: String) async throws

    /// Everything below a directory of the sandbox, in the order of a walk through it; a path to a file gives that file.
    ///
    /// Links are reported, not followed. Devices, sockets and the like are left out. Throws ``SandboxFileError`` when
    /// there is nothing at the path, or more than the limits allow.
    func copyOut(_ path: String, limits: SandboxCopyLimits) async throws -> [SandboxFile]
}

extension CommandSandbox {
    /// The bytes of a file of at most 64 MiB.
    public func readFile(_ path: String) async throws -> [UInt8] {
        try await readFile(path, maximumBytes: 64 << 20)
    }

    /// Writes a file that its owner can write and everybody can read.
    public func writeFile(_ path: String, _ bytes: [UInt8]) async throws {
        try await writeFile(path, bytes, permissions: 0o644)
    }

    /// Everything below a directory, within the default limits.
    public func copyOut(_ path: String) async throws -> [SandboxFile] {
        try await copyOut(path, limits: SandboxCopyLimits())
    }
}

/// A sandbox in which services listen, such as an application's servers.
public protocol ServiceSandbox: Sandbox {
    /// Where the services are reached from here, by their names in the profile: `mcp` for `mcp_endpoint` and so on.
    ///
    /// Ports that were allocated are put in place of those that the profile writes.
    var endpoints: [String: String] { get }

    /// Where the services are reached from inside the sandbox, by the same names: the profile's own text.
    var innerEndpoints: [String: String] { get }

    /// The port of this machine that leads to a port of the sandbox; nil when that is not published.
    func hostPort(of port: Int) -> Int?
}
