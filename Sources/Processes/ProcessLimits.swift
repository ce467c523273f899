/// Limits that the kernel enforces on a program and, each on its own, on every process it starts; nil leaves this process's limit.
///
/// A limit can only be lowered: a value above this process's own hard limit has no effect.
public struct ProcessLimits: Sendable, Hashable {
    /// Seconds of CPU time; at the limit comes SIGXCPU, a second later SIGKILL.
    public var cpuSeconds: Int?
    /// Bytes of address space; beyond it allocations fail.
    public var addressSpaceBytes: Int?
    /// Bytes of any one file written; at the limit comes SIGXFSZ.
    public var fileSizeBytes: Int?
    /// One more than the highest file descriptor.
    public var openFiles: Int?
    /// Processes of this user, threads included, whoever started them; without effect for root.
    public var processes: Int?

    /// Makes a set of limits, none unless given.
    public init(
        cpuSeconds: Int? = nil, addressSpaceBytes: Int? = nil, fileSizeBytes: Int? = nil, openFiles: Int? = nil,
        processes: Int? = nil
    ) {
        self.cpuSeconds = cpuSeconds
        self.addressSpaceBytes = addressSpaceBytes
        self.fileSizeBytes = fileSizeBytes
        self.openFiles = openFiles
        self.processes = processes
    }
}
