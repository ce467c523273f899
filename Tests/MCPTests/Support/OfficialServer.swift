import Glibc
import MCP
import Processes

/// Servers made with the official Python package, where `scripts/mcp-test-server` has prepared it.
enum OfficialServer {
    /// The checkout's root.
    static let root: String = {
        let path = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
        guard let resolved = realpath(path + "/Tests", nil) else { return path }
        defer { free(resolved) }
        return String(String(cString: resolved).dropLast("/Tests".count))
    }()

    private static let environments: String = {
        guard let given = getenv("GAGE_MCP_TEST_SERVER") else { return root + "/.build/mcp-test-server" }
        return String(cString: given)
    }()

    /// The Python of each version that is there.
    static let pythons = ["v1", "newest"].map { "\(environments)/\($0)/bin/python" }.filter { isProgram($0) }

    private static func isProgram(_ path: String) -> Bool { access(path, X_OK) == 0 }

    static let program = root + "/Tests/MCPFixtures/server.py"

    /// Runs a server that listens, lends its address, and ends it.
    static func run(
        _ python: String, _ arguments: [String], _ body: (String) async throws -> Void
    ) async throws {
        let (child, address) = try await start(python, arguments)
        do {
            try await body(address)
        } catch {
            child.terminate()
            _ = try? await child.wait()
            throw error
        }
        child.terminate()
        _ = try? await child.wait()
    }

    static func start(_ python: String, _ arguments: [String]) async throws -> (ChildProcess, String) {
        let child = try await ChildProcess.start(ProcessCommand(python, [program] + arguments))
        guard let address = try await child.nextLine() else { throw LoopbackFailure() }
        return (child, address)
    }
}

/// Servers that many tests talk with, because starting one takes a second; they end with the process of the tests.
actor SharedServers {
    static let shared = SharedServers()

    private var listening: [String: Task<(ChildProcess, String), any Error>] = [:]
    private var programs: [String: (session: MCPSession, events: KeptEvents)] = [:]

    /// The address of a server that listens.
    func address(_ python: String, _ arguments: [String]) async throws -> String {
        let key = ([python] + arguments).joined(separator: " ")
        let task = listening[key] ?? Task { try await OfficialServer.start(python, arguments) }
        listening[key] = task
        return try await task.value.1
    }

    /// A session with a program that serves.
    func program(_ python: String) throws -> (session: MCPSession, events: KeptEvents) {
        if let program = programs[python] { return program }
        let events = KeptEvents()
        let session = try Sessions.program(
            [python, OfficialServer.program, "stdio"], environment: ["GIVEN": "this"], events: events)
        programs[python] = (session, events)
        return (session, events)
    }
}
