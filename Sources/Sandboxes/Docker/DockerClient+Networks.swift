import JSON

extension DockerClient {
    /// Makes a network and returns its id; an internal one leads nowhere but to its own containers.
    public func createNetwork(
        _ name: String, isInternal: Bool, labels: [String: String] = [:]
    ) async throws -> String {
        let body: JSONValue = [
            "Name": .string(name), "Driver": "bridge", "Internal": .bool(isInternal), "CheckDuplicate": true,
            "Labels": labels.json,
        ]
        let answer = try await json(DockerCall("POST", "/networks/create").with(body))
        guard let id = answer["Id"]?.stringValue else {
            throw DockerError(.malformedAnswer, "the engine made a network and does not say which")
        }
        return id
    }

    /// The names of the networks that have all these labels, by id.
    public func listNetworks(labels: [String]) async throws -> [String: String] {
        let answer = try await json(DockerCall("GET", "/networks", [DockerCall.filters(["label": labels])]))
        var networks: [String: String] = [:]
        for network in answer.arrayValue ?? [] {
            if let id = network["Id"]?.stringValue { networks[id] = network["Name"]?.stringValue ?? "" }
        }
        return networks
    }

    /// Removes a network; one that is gone already is no error.
    public func removeNetwork(_ id: String) async throws {
        do {
            _ = try await send(DockerCall("DELETE", "/networks/\(DockerCall.escaped(id))"))
        } catch let error as DockerError where error.code == .notFound {
            return
        }
    }

    /// Calls `take` with the engine's events about objects with these labels, from now on, until it says to stop.
    public func events(labels: [String], _ take: (DockerEvent) throws -> Bool) async throws {
        var call = DockerCall("GET", "/events", [DockerCall.filters(["label": labels])])
        call.timeout = nil
        call.maximumAnswerBytes = .max
        try await jsonLines(call) { try take(DockerEvent($0)) }
    }
}

/// Something that happened at the engine.
public struct DockerEvent: Sendable, Hashable {
    /// What it happened to: `container`, `image`, `network`, `volume`.
    public var type: String
    /// What happened: `start`, `die`, `oom`, `destroy` and so on.
    public var action: String
    /// The object's id.
    public var id: String

    init(_ json: JSONValue) {
        type = json["Type"]?.stringValue ?? ""
        action = json["Action"]?.stringValue ?? ""
        id = json["Actor"]?["ID"]?.stringValue ?? ""
    }
}
