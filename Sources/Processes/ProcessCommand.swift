/// A program to run: what, with which input, and within which limits.
///
/// ```swift
/// var command = ProcessCommand("git", ["apply", "--check", "-"])
/// command.input = .bytes(patch)
/// command.workingDirectory = repository
/// command.deadline = .seconds(30)
/// let result = try await Processes.run(command)
/// ```
///
/// The program leads a session and process group of its own, and whatever is left of the group when it ends is killed. It starts with
/// default signal handling, no open descriptors beside the three standard ones, and never writes a core file.
public struct ProcessCommand: Sendable {
    /// What the program finds in its environment.
    public enum Environment: Sendable, Hashable {
        /// This process's variables.
        case inherit
        /// These variables and no others.
        case exactly([String: String])
        /// This process's variables, with these added or in place of those of the same name.
        case inheritAdding([String: String])
        /// Of this process's variables those that programs usually need, and no keys; with these added.
        case usual(adding: [String: String])

        /// What programs usually need.
        public static let usualVariables: Set<String> = [
            "HOME", "LANG", "LC_ALL", "LOGNAME", "PATH", "SHELL", "SSL_CERT_FILE", "TERM", "TMPDIR", "TZ", "USER",
            "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
        ]
    }

    /// What the program reads from its standard input.
    public enum Input: Sendable, Hashable {
        /// Nothing: the input ends at once.
        case none
        /// These bytes; a program that does not read them all is none the worse for it.
        case bytes([UInt8])
    }

    /// The program: a path, or a name to look up in the `PATH` of the command's environment.
    ///
    /// A relative path with a slash starts at the working directory.
    public var executable: String
    /// The arguments after the program's own name.
    public var arguments: [String]
    /// The environment variables.
    public var environment: Environment = .inherit
    /// The directory to start in; nil means this process's.
    public var workingDirectory: String?
    /// The resources that the program may use.
    public var limits = ProcessLimits()
    /// The standard input; a `ChildProcess` reads these bytes first and then what is written to it.
    public var input: Input = .none
    /// What to keep of each of the two output streams.
    public var outputLimit: OutputLimit = .truncateHeadTail(head: 4 << 20, tail: 4 << 20)
    /// Whether the standard error is written into the standard output, in the order in which the program wrote.
    public var mergesStandardError = false
    /// How long the program may run before its group is ended; nil means as long as it likes.
    public var deadline: Duration?
    /// How long the group has between SIGTERM and SIGKILL when it is ended.
    public var gracePeriod: Duration = .seconds(2)
    /// Whether the kernel kills the program when this process ends, however that happens.
    ///
    /// It holds for the program itself; what it started in turn is not included.
    public var diesWithParent = true

    /// Makes a command; everything else has a default and is set afterwards.
    public init(_ executable: String, _ arguments: [String] = []) {
        self.executable = executable
        self.arguments = arguments
    }
}
