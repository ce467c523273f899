/// A program to run in a sandbox: what, where, and within which limits.
public struct SandboxCommand: Sendable, Hashable {
    /// The program and its arguments; nothing is read by a shell unless one is named here.
    public var arguments: [String]
    /// The directory to start in; nil means the sandbox's own.
    public var workingDirectory: String?
    /// Variables added to the sandbox's own.
    public var environment: [String: String] = [:]
    /// What the program reads from its standard input, which ends after it.
    public var input: [UInt8] = []
    /// How long it may run; nil means as long as the sandbox lives.
    public var timeout: Duration?
    /// How long it has between SIGTERM and SIGKILL at the time limit.
    public var gracePeriod: Duration = .seconds(2)
    /// What is kept of each of the two output streams.
    public var outputLimit = SandboxOutputLimit()
    /// Whether the standard error is written into the standard output, in the order in which the program wrote.
    public var mergesStandardError = false

    /// Makes a command; everything else has a default and is set afterwards.
    public init(_ arguments: [String]) { self.arguments = arguments }

    /// Makes a command that a shell reads: `sh -c TEXT`.
    public static func shell(_ text: String, shell: String = "/bin/sh") -> Self { Self([shell, "-c", text]) }
}

/// How many bytes of an output stream are kept: its beginning and its end.
///
/// A program may write more; the middle is dropped while it streams, so that memory does not follow what is written.
public struct SandboxOutputLimit: Sendable, Hashable {
    /// Bytes kept from the beginning.
    public var head: Int
    /// Bytes kept from the end.
    public var tail: Int

    /// Keeps 1 MiB of each unless said otherwise.
    public init(head: Int = 1 << 20, tail: Int = 1 << 20) {
        self.head = head
        self.tail = tail
    }
}

/// How a program in a sandbox ended, and what it wrote.
public struct SandboxCommandResult: Sendable, Hashable {
    /// The exit status; 128 and the signal's number when a signal ended it, as a shell says it.
    public var exitCode: Int32
    /// What was kept of its standard output.
    public var standardOutput: SandboxOutput
    /// What was kept of its standard error; empty when that went into the output.
    public var standardError: SandboxOutput
    /// Whether it was ended because its time was up.
    public var timedOut: Bool
    /// Whether the kernel killed something in the sandbox for lack of memory while it ran.
    ///
    /// The program's own exit status need not show it: a shell survives its child. A local sandbox bounds each process
    /// instead of all together, so that allocations fail there and nothing is killed.
    public var ranOutOfMemory: Bool
    /// Whether the disk limit of the sandbox was reached and the program was ended for it.
    public var ranOutOfDisk: Bool
    /// Whether the sandbox had to be started again to get rid of the program; its files are kept, its processes are not.
    public var sandboxRestarted: Bool
    /// From its start until its end.
    public var duration: Duration

    /// Describes an end.
    public init(
        exitCode: Int32, standardOutput: SandboxOutput = SandboxOutput(), standardError: SandboxOutput = SandboxOutput()
    ) {
        self.exitCode = exitCode
        self.standardOutput = standardOutput
        self.standardError = standardError
        timedOut = false
        ranOutOfMemory = false
        ranOutOfDisk = false
        sandboxRestarted = false
        duration = .zero
    }

    /// Whether the program exited with status 0 within its limits.
    public var succeeded: Bool { exitCode == 0 && !timedOut && !ranOutOfDisk }
}
