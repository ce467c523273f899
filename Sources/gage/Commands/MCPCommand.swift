import ArgumentParser
import Evaluation
import GageConfiguration
import JSON
import MCP

/// `gage mcp`: what servers of tools offer.
struct MCPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp", abstract: "Look at servers of the Model Context Protocol.",
        subcommands: [MCPToolsCommand.self])
}

/// `gage mcp tools`.
struct MCPToolsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tools", abstract: "List the tools that a server offers.",
        discussion: """
            The server is a client of a configuration (--config and --client), an address (--url), or a program after --:
            gage mcp tools -- python3 server.py
            """)

    @Option(name: [.short, .customLong("config")], help: "The configuration, a YAML file.")
    var config: String?

    @Option(help: "The mcp_client_id; not needed where the configuration has one client.")
    var client: String?

    @Option(help: "The server's address.")
    var url: String?

    @Flag(help: "The server at --url speaks the older transport, a stream of events.")
    var sse = false

    @Option(help: "The longest time for a request, in seconds.")
    var timeout = 30.0

    @Flag(help: "Print JSON: the tools with their schemas.")
    var json = false

    @Argument(help: "A program that serves, and its arguments.")
    var program: [String] = []

    func validate() throws {
        let ways = [config != nil, url != nil, !program.isEmpty].count { $0 }
        guard ways == 1 else {
            throw ValidationError("say which server: --config FILE, --url URL, or -- PROGRAM ARGUMENTS")
        }
        guard timeout > 0 else { throw ValidationError("--timeout must be above 0") }
    }

    func run() async throws {
        let session = try makeSession(Components())
        do {
            if let hello = try await (session as? MCPSession)?.hello() {
                let version = hello.version.map { " \($0)" } ?? ""
                Output.note("\(hello.name)\(version), protocol \(hello.protocolVersion)")
            }
            let tools = try await session.tools()
            printTools(tools)
            Output.note(tools.count == 1 ? "1 tool" : "\(tools.count) tools")
        } catch {
            await session.close()
            throw error
        }
        await session.close()
    }

    private func makeSession(_ components: Components) throws -> any ToolSession {
        var request = ToolSessionRequest(
            client: client ?? "server", baseDirectory: ProcessEnvironment.currentDirectory(),
            environment: ProcessEnvironment.variables())
        if let config { return try configuredSession(components, config, &request) }
        var settings = SessionSettings()
        settings.timeout = .bounded(seconds: timeout)
        if let url {
            let kind: HTTPTransport.Kind = sse ? .legacy : .streamable
            return try HTTPTransport(kind, endpoint: url, settings: settings, client: components.client)
                .session(request)
        }
        return try ProgramTransport(command: program, settings: settings).session(request)
    }

    private func configuredSession(
        _ components: Components, _ config: String, _ request: inout ToolSessionRequest
    ) throws -> any ToolSession {
        var options = ConfigurationOptions()
        options.config = config
        options.overrides = []
        let plan = try options.load(components, quiet: true).plan
        let ids = plan.mcpClients.map(\.id)
        let found =
            plan.mcpClients.first { $0.id == client } ?? (client == nil && ids.count == 1 ? plan.mcpClients[0] : nil)
        guard let found else {
            let known = ids.isEmpty ? "the configuration has none" : "it has \(ids.joined(separator: ", "))"
            throw EvaluationError(
                .configurationInvalid,
                client.map { "there is no MCP client '\($0)'" } ?? "say which MCP client: --client",
                cause: .configuration, advice: client.flatMap { NearMiss.advice($0, among: ids) } ?? known)
        }
        request.client = found.id
        request.baseDirectory = plan.baseDirectory
        return try found.transport.session(request)
    }

    private func printTools(_ tools: [ToolDefinition]) {
        if json {
            let list = tools.map { tool -> JSONValue in
                var object: JSONObject = ["name": .string(tool.name)]
                object["description"] = tool.description.map { .string($0) }
                object["inputSchema"] = .object(tool.parameters)
                object.merge(tool.extensions)
                return .object(object)
            }
            return Output.result(JSONValue.array(list).text(.pretty))
        }
        for tool in tools {
            let line = tool.description?.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            Output.result("\(tool.name)\t\(line)")
        }
    }
}
