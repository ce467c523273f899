/// How a program ended, and what it left.
///
/// Any exit status is a result; only a failure to run the program is an error.
public struct ProcessResult: Sendable {
    /// How a program can end.
    public enum Termination: Sendable, Hashable {
        /// It exited with this status, 0 to 255.
        case exited(Int32)
        /// This signal ended it.
        case signalled(Int32)
    }

    /// How the program ended.
    public var termination: Termination
    /// What it wrote to its standard output.
    public var standardOutput: CapturedOutput
    /// What it wrote to its standard error; empty if that was merged into the output.
    public var standardError: CapturedOutput
    /// Whether it was ended because its deadline had passed.
    public var timedOut: Bool
    /// From its start until it had ended.
    public var duration: Duration
    /// What it used, together with those of its own children that it waited for.
    public var usage: ProcessUsage

    /// Whether the program exited with status 0 within its deadline.
    public var succeeded: Bool { termination == .exited(0) && !timedOut }

    /// The end of what a program wrote to its standard error, in whole lines, for a message: at most six of them and 1,200
    /// characters.
    public static func lastWords(of text: String) -> String {
        var kept: [Substring] = []
        var length = 0
        for line in text.split(separator: "\n").reversed() where kept.count < 6 {
            length += line.count
            guard length <= 1200 else { break }
            kept.append(line)
        }
        return kept.reversed().joined(separator: " | ")
    }
}

/// The resources that a program used.
public struct ProcessUsage: Sendable, Hashable {
    /// CPU time in the program's own code.
    public var userTime: Duration
    /// CPU time in the kernel on the program's behalf.
    public var systemTime: Duration
    /// The most memory that it held at a time, in bytes.
    public var maximumResidentBytes: Int
}
