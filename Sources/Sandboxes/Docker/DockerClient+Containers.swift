import JSON
import Transport

extension DockerClient {
    /// Makes a container under a name and returns its id.
    ///
    /// A missing image is an error of code `imageMissing`; nothing is pulled here.
    public func createContainer(_ specification: ContainerSpecification, name: String) async throws -> String {
        var query = [("name", name)]
        if let platform = specification.platform, version >= DockerAPIVersion(major: 1, minor: 41) {
            query.append(("platform", platform))
        }
        do {
            let answer = try await json(DockerCall("POST", "/containers/create", query).with(specification.json))
            guard let id = answer["Id"]?.stringValue else {
                throw DockerError(.malformedAnswer, "the engine made a container and does not say which")
            }
            return id
        } catch var error as DockerError {
            if error.code == .notFound {
                let isPlatform = error.message.contains("does not match the specified platform")
                error.code = isPlatform ? .platform : .imageMissing
            } else if error.status != nil {
                error.code = .createFailed
            }
            throw error
        }
    }

    /// Starts a container.
    public func startContainer(_ id: String) async throws {
        do {
            _ = try await send(DockerCall("POST", "/containers/\(DockerCall.escaped(id))/start"))
        } catch var error as DockerError {
            guard error.status != nil, error.code != .notFound else { throw error }
            let isPort =
                error.message.contains("port is already allocated") || error.message.contains("address already in use")
            error.code = isPort ? .portTaken : .startFailed
            throw error
        }
    }

    /// What the engine knows of a container; with the size of what it has written, which takes longer, on request.
    public func inspectContainer(_ id: String, withSize: Bool = false) async throws -> ContainerState {
        let query = withSize ? [("size", "true")] : []
        return ContainerState(try await json(DockerCall("GET", "/containers/\(DockerCall.escaped(id))/json", query)))
    }

    /// Waits until a container has ended, and returns its exit status.
    public func waitForContainer(_ id: String) async throws -> Int {
        var call = DockerCall("POST", "/containers/\(DockerCall.escaped(id))/wait", [("condition", "not-running")])
        call.timeout = nil
        let answer = try await json(call)
        guard let status = answer["StatusCode"]?.intValue else {
            throw DockerError(.malformedAnswer, "the engine does not say how the container ended")
        }
        return status
    }

    /// Sends a signal to a container's first process.
    public func killContainer(_ id: String, signal: String = "KILL") async throws {
        _ = try await send(DockerCall("POST", "/containers/\(DockerCall.escaped(id))/kill", [("signal", signal)]))
    }

    /// Ends all processes of a container and starts it again; what it wrote to its disk stays.
    public func restartContainer(_ id: String) async throws {
        _ = try await send(DockerCall("POST", "/containers/\(DockerCall.escaped(id))/restart", [("t", "0")]))
    }

    /// Removes a container with its anonymous volumes, running or not; one that is gone already is no error.
    public func removeContainer(_ id: String) async throws {
        do {
            let query = [("force", "true"), ("v", "true")]
            _ = try await send(DockerCall("DELETE", "/containers/\(DockerCall.escaped(id))", query))
        } catch let error as DockerError where error.code == .notFound {
            return
        } catch let error as DockerError where error.code == .conflict && error.message.contains("in progress") {
            // Somebody else removes it at this moment.
            return
        }
    }

    /// The containers that have all these labels (`key` or `key=value`), running or not.
    public func listContainers(labels: [String]) async throws -> [ContainerSummary] {
        let query = [("all", "true"), DockerCall.filters(["label": labels])]
        return try await json(DockerCall("GET", "/containers/json", query)).arrayValue?.map(ContainerSummary.init) ?? []
    }

    /// The last lines that a container printed, output and errors in the order in which they came.
    public func logs(of id: String, lastLines: Int = 50) async throws -> String {
        let query = [("stdout", "true"), ("stderr", "true"), ("tail", String(lastLines))]
        var call = DockerCall("GET", "/containers/\(DockerCall.escaped(id))/logs", query)
        call.maximumAnswerBytes = 16 << 20
        var demultiplexer = StreamDemultiplexer()
        var bytes: [UInt8] = []
        try demultiplexer.feed(try await send(call).body[...]) { _, piece in bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What an engine knows of a container.
public struct ContainerState: Sendable {
    /// Whether it runs.
    public var isRunning: Bool
    /// How its first process ended; 0 while it runs.
    public var exitCode: Int
    /// Whether its first process was killed for lack of memory.
    public var ranOutOfMemory: Bool
    /// What kept it from starting; empty where nothing did.
    public var error: String
    /// The id of its image.
    public var imageID: String
    /// The ports of the machine that lead to its ports.
    public var hostPorts: [Int: Int]
    /// Its address in its network; nil without one.
    public var address: String?
    /// Bytes that it has written to its own file system, where that was asked for.
    public var writtenBytes: Int?
    /// Its labels.
    public var labels: [String: String]

    init(_ json: JSONValue) {
        let state = json["State"]
        isRunning = state?["Running"]?.boolValue ?? false
        exitCode = state?["ExitCode"]?.intValue ?? 0
        ranOutOfMemory = state?["OOMKilled"]?.boolValue ?? false
        error = state?["Error"]?.stringValue ?? ""
        imageID = json["Image"]?.stringValue ?? ""
        writtenBytes = json["SizeRw"]?.intValue
        hostPorts = [:]
        for (key, bindings) in json["NetworkSettings"]?["Ports"]?.objectValue ?? [:] {
            let inner = key.prefix { $0 != "/" }
            if let inner = Int(inner), let outer = bindings[0]?["HostPort"]?.stringValue.flatMap({ Int($0) }) {
                hostPorts[inner] = outer
            }
        }
        let found = json["NetworkSettings"]?["IPAddress"]?.stringValue ?? ""
        address = found.isEmpty ? nil : found
        labels = stringMap(json["Config"]?["Labels"])
    }
}

/// A container in a list.
public struct ContainerSummary: Sendable, Hashable {
    /// Its id.
    public var id: String
    /// Its name, without the slash.
    public var name: String
    /// Its image, as it was named.
    public var image: String
    /// `running`, `exited` and so on.
    public var state: String
    /// When it was made, in seconds since 1970.
    public var created: Int
    /// Its labels.
    public var labels: [String: String]

    init(_ json: JSONValue) {
        id = json["Id"]?.stringValue ?? ""
        let listed = json["Names"]?[0]?.stringValue ?? ""
        name = listed.hasPrefix("/") ? String(listed.dropFirst()) : listed
        image = json["Image"]?.stringValue ?? ""
        state = json["State"]?.stringValue ?? ""
        created = json["Created"]?.intValue ?? 0
        labels = stringMap(json["Labels"])
    }
}

/// The texts of a JSON object by key.
func stringMap(_ json: JSONValue?) -> [String: String] {
    var map: [String: String] = [:]
    for (key, value) in json?.objectValue ?? [:] { map[key] = value.stringValue }
    return map
}
