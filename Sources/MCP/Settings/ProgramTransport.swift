public import Evaluation
import Processes

/// A server that is a program: it is started with the session and ended with it.
public struct ProgramTransport: ToolTransport {
    /// The program and its arguments.
    public var command: [String]
    /// Its environment variables beside the usual ones.
    public var environment: [String: String]
    /// Where it starts; nil for the run's base directory, against which a relative path is read.
    public var workingDirectory: String?
    /// What holds for the sessions.
    public var settings: SessionSettings

    /// A way to a program that serves.
    public init(
        command: [String], environment: [String: String] = [:], workingDirectory: String? = nil,
        settings: SessionSettings = SessionSettings()
    ) {
        self.command = command
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.settings = settings
    }

    init(_ parameters: ProgramParameters) throws(EvaluationError) {
        self.init(
            command: parameters.command.values + parameters.args, environment: parameters.env,
            workingDirectory: parameters.workingDirectory, settings: try parameters.session.settings())
        guard let program = command.first, !program.isEmpty else {
            throw EvaluationError(
                .configurationInvalid, "'command' names no program", cause: .configuration,
                advice: "write it as [python3, server.py]")
        }
    }

    /// A program.
    public var place: ToolServerPlace { .program }

    /// Prepares a session.
    public func session(_ request: ToolSessionRequest) throws -> any ToolSession { try mcpSession(request) }

    /// Prepares a session, with everything that this protocol's sessions say of a server.
    public func mcpSession(_ request: ToolSessionRequest) throws -> MCPSession {
        guard let program = command.first else {
            throw EvaluationError(
                .configurationInvalid, "MCP client '\(request.client)' names no program", cause: .configuration)
        }
        var command = ProcessCommand(program, Array(command.dropFirst()))
        let usual = request.environment.filter { ProcessCommand.Environment.usualVariables.contains($0.key) }
        command.environment = .exactly(usual.merging(environment) { $1 })
        command.workingDirectory = Self.path(workingDirectory ?? ".", from: request.baseDirectory)
        command.outputLimit = .truncateHeadTail(head: 1 << 12, tail: 1 << 16)
        let settled = command
        let redactor = SecretRedactor(Array(environment.values))
        return MCPSession(
            server: "MCP client '\(request.client)' (\(program))", settings: settings, request: request,
            secrets: Array(environment.values)
        ) { StdioChannel(settled, redactor: redactor) }
    }

    private static func path(_ path: String, from base: String) -> String {
        path.hasPrefix("/") ? path : path == "." ? base : "\(base)/\(path)"
    }
}
