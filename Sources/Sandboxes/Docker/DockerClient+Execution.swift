import JSON
import Transport

/// A program to run in a running container.
public struct ContainerProgram: Sendable {
    /// The program and its arguments.
    public var arguments: [String]
    /// Variables added to the container's.
    public var environment: [String: String] = [:]
    /// The directory to start in; nil means the container's own.
    public var workingDirectory: String?
    /// The user; nil means the container's own.
    public var user: String?

    /// Names a program.
    public init(_ arguments: [String]) { self.arguments = arguments }
}

/// A program that runs in a container, and its output as it comes.
public struct ContainerExecution: Sendable {
    /// The engine's name for it.
    public let id: String
    let stream: HTTPStream
    let client: DockerClient

    /// Calls `take` with each piece of output (standard error when `isError`) until the streams end or it says to stop.
    public func readOutput(_ take: (_ isError: Bool, ArraySlice<UInt8>) throws -> Bool) async throws {
        var demultiplexer = StreamDemultiplexer()
        var goesOn = true
        do {
            for try await piece in stream {
                try demultiplexer.feed(piece[...]) { kind, bytes in
                    if goesOn { goesOn = try take(kind == .standardError, bytes) }
                }
                if !goesOn { return }
            }
        } catch let error as HTTPError {
            throw client.lost(error, DockerCall("POST", "/exec/\(id)/start"))
        }
    }

    /// The exit status; nil while the program runs.
    public func exitCode() async throws -> Int? {
        let answer = try await client.json(DockerCall("GET", "/exec/\(id)/json"))
        guard answer["Running"]?.boolValue == false else { return nil }
        return answer["ExitCode"]?.intValue
    }
}

extension DockerClient {
    /// Starts a program in a running container.
    ///
    /// A container that does not run is an error of code `conflict`.
    public func execute(_ program: ContainerProgram, in container: String) async throws -> ContainerExecution {
        let id = try await createExecution(program, in: container, attached: true)
        var call = DockerCall("POST", "/exec/\(id)/start").with(["Detach": false, "Tty": false])
        call.timeout = nil
        call.maximumAnswerBytes = .max
        return ContainerExecution(id: id, stream: try await stream(call), client: self)
    }

    /// Starts a program in a running container and leaves it alone.
    public func executeDetached(_ program: ContainerProgram, in container: String) async throws {
        let id = try await createExecution(program, in: container, attached: false)
        _ = try await send(DockerCall("POST", "/exec/\(id)/start").with(["Detach": true, "Tty": false]))
    }

    private func createExecution(
        _ program: ContainerProgram, in container: String, attached: Bool
    ) async throws -> String {
        var body: JSONObject = [
            "AttachStdin": false, "AttachStdout": .bool(attached), "AttachStderr": .bool(attached), "Tty": false,
            "Cmd": .array(program.arguments.map { .string($0) }),
            "Env": .array(
                program.environment.keys.sorted().map { .string("\($0)=\(program.environment[$0] ?? "")") }),
        ]
        if let directory = program.workingDirectory { body["WorkingDir"] = .string(directory) }
        if let user = program.user { body["User"] = .string(user) }
        let path = "/containers/\(DockerCall.escaped(container))/exec"
        let answer = try await json(DockerCall("POST", path).with(.object(body)))
        guard let id = answer["Id"]?.stringValue else {
            throw DockerError(.malformedAnswer, "the engine made an execution and does not say which")
        }
        return id
    }
}
