import FoundationEssentials
import GageTesting
import Glibc
import Processes
import Transport

/// The stand-in's program as a process of this machine, where Python is there.
struct RemoteStandIn: Sendable {
    static let isPossible: Bool = {
        let isPossible = access("/usr/bin/python3", X_OK) == 0
        if !isPossible { print("skipping runs on remote servers: no /usr/bin/python3") }
        return isPossible
    }()

    private let ports: [UInt16]
    private let process: ChildProcess
    private let data: TemporaryDirectory

    /// Starts it with tasks of its own, and waits until it answers.
    static func start() async throws -> RemoteStandIn {
        let data = try TemporaryDirectory()
        let source = "\(AppWorldReference.root)/docker/appworld-stand-in"
        let made = try await Processes.run(ProcessCommand("/usr/bin/python3", ["\(source)/make_data.py", data.path]))
        guard made.succeeded else { throw CocoaError(.fileReadUnknown) }
        let ports = (0..<3).map { _ in freePort() }
        let program =
            "import sys; sys.path.insert(0, sys.argv.pop(1)); from standin.command_line import main; main(sys.argv[1:])"
        var command = ProcessCommand(
            "/usr/bin/python3",
            [
                "-c", program, source, "serve", "multiple", "--environment", "--port \(ports[0])", "--apis",
                "--port \(ports[1])", "--mcp", "http --port \(ports[2]) --output-type structured_data_only", "--root",
                data.path,
            ])
        command.deadline = .seconds(300)
        let started = RemoteStandIn(ports: ports, process: try await ChildProcess.start(command), data: data)
        let client = HTTPClient()
        for _ in 0..<200 {
            // Not there yet is what is waited for.
            let answers = [0, 1].map { started.url($0) + "/" }
            let first = try? await client.send(HTTPRequest(url: answers[0]))
            let second = try? await client.send(HTTPRequest(url: answers[1]))
            if first?.status == 200, second?.status == 200 { return started }
            try await Task.sleep(for: .milliseconds(50))
        }
        started.stop()
        throw CocoaError(.fileReadUnknown)
    }

    /// The address of the environment (0), of the interfaces (1) or of the MCP server (2).
    func url(_ server: Int) -> String { "http://127.0.0.1:\(ports[server])" }

    func stop() { kill(process.processIdentifier, SIGKILL) }

    private static func freePort() -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(descriptor, raw, length) == 0 && getsockname(descriptor, raw, &length) == 0
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }
}
