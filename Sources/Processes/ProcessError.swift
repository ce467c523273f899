/// Why a program could not be run to its end.
public struct ProcessError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it was.
    public let code: Code
    /// What happened to which program, in a sentence fragment.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the message.
    public var description: String { "\(code): \(message)" }

    /// A kind of failure; new kinds may be added without breaking callers.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case notFound, permission, workingDirectory, invalidCommand, spawnFailed
            case cancelled, outputLimit, inputClosed, statusLost
        }

        private let kind: Kind

        /// There is no such program.
        public static let notFound = Code(kind: .notFound)
        /// The program exists but may not be executed.
        public static let permission = Code(kind: .permission)
        /// The working directory does not exist or may not be entered.
        public static let workingDirectory = Code(kind: .workingDirectory)
        /// The command holds something that no program can be given, such as a NUL in an argument.
        public static let invalidCommand = Code(kind: .invalidCommand)
        /// The system refused to start the program: no memory, too many processes, not an executable format.
        public static let spawnFailed = Code(kind: .spawnFailed)
        /// The task was cancelled; the program has been ended.
        public static let cancelled = Code(kind: .cancelled)
        /// The program wrote more than allowed, or a longer line than allowed; it has been killed.
        public static let outputLimit = Code(kind: .outputLimit)
        /// The program has ended or has closed its standard input.
        public static let inputClosed = Code(kind: .inputClosed)

        /// The program has ended, but someone else in this process took its exit status.
        public static let statusLost = Code(kind: .statusLost)

        /// The code's name, such as `notFound`.
        public var description: String { kind.rawValue }
    }
}
