import Glibc

/// The process that made a sandbox, written so that another process can tell later whether it still lives.
public struct SandboxOwner: Sendable, Hashable {
    /// Its process identifier.
    public var process: Int
    /// When it started, in the kernel's ticks since the machine's start: identifiers are used again.
    public var started: String
    /// The machine's start that it belongs to.
    public var boot: String
    /// The machine.
    public var machine: String
    /// The kernel's name for the set of processes that the identifier counts in.
    public var space: String

    /// This process.
    public static let current = SandboxOwner(
        process: Int(getpid()), started: startTime(of: Int(getpid())) ?? "",
        boot: HostFiles.text("/proc/sys/kernel/random/boot_id") ?? "",
        machine: HostFiles.text("/etc/machine-id") ?? HostFiles.text("/etc/hostname") ?? "",
        space: HostFiles.linkTarget("/proc/self/ns/pid") ?? "")

    /// The label that every container and network of ours has.
    public static let label = "gage.owner"

    /// The owner as the value of a label.
    public var text: String { [String(process), started, boot, machine, space].joined(separator: "/") }

    init(process: Int, started: String, boot: String, machine: String, space: String) {
        self.process = process
        self.started = started
        self.boot = boot
        self.machine = machine
        self.space = space
    }

    /// Reads ``text``; nil when it is something else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, let process = Int(parts[0]) else { return nil }
        self.init(process: process, started: parts[1], boot: parts[2], machine: parts[3], space: parts[4])
    }

    /// Whether the owner is certainly gone.
    ///
    /// False for owners on other machines and in other containers, whose processes cannot be seen from here.
    public var isGone: Bool {
        let here = Self.current
        guard machine == here.machine else { return false }
        guard boot == here.boot else { return true }
        guard space == here.space else { return false }
        return Self.startTime(of: process) != started
    }

    /// When a process started; nil when there is none.
    private static func startTime(of process: Int) -> String? {
        guard let text = HostFiles.text("/proc/\(process)/stat"), let end = text.lastIndex(of: ")") else { return nil }
        // The name before it may hold spaces; the start time is the 20th field after it.
        let fields = text[text.index(after: end)...].split(separator: " ")
        // A zombie does nothing any more.
        guard fields.count > 19, fields[0] != "Z" else { return nil }
        return String(fields[19])
    }
}
