import JSON
import Transport

/// An image that an engine has.
public struct DockerImage: Sendable, Hashable {
    /// Its id, `sha256:…`.
    public var id: String
    /// Its names.
    public var tags: [String]
    /// Its names by content, `NAME@sha256:…`; empty for images that were never pulled or pushed.
    public var digests: [String]
    /// Its platform, as `linux/amd64`; empty in lists, which do not say it.
    public var platform: String
    /// Its bytes on disk, those that it shares with other images included.
    public var size: Int
    /// Its labels.
    public var labels: [String: String]
    /// When it was last tagged or made, in seconds since 1970; 0 where the engine does not say.
    public var created: Int

    init(_ json: JSONValue) {
        id = json["Id"]?.stringValue ?? ""
        tags = (json["RepoTags"]?.arrayValue ?? []).compactMap(\.stringValue).filter { $0 != "<none>:<none>" }
        digests = (json["RepoDigests"]?.arrayValue ?? []).compactMap(\.stringValue)
        size = json["Size"]?.intValue ?? 0
        labels = stringMap(json["Config"]?["Labels"] ?? json["Labels"])
        created = json["Created"]?.intValue ?? 0
        let parts = [json["Os"], json["Architecture"], json["Variant"]].compactMap { $0?.stringValue }
        platform = parts.filter { !$0.isEmpty }.joined(separator: "/")
    }
}

/// How far a pull or a build is: a line for people, and bytes where the engine counts them.
public struct ImageProgress: Sendable {
    /// What happens, as `Downloading`.
    public var status: String
    /// The layer that it happens to; empty for the image as a whole.
    public var layer: String
    /// The bytes done, and those to do; nil where the engine does not count.
    public var bytes: (done: Int, total: Int)?
}

extension DockerClient {
    /// What the engine knows of an image; nil when it does not have it.
    public func image(_ name: String) async throws -> DockerImage? {
        do {
            return DockerImage(try await json(DockerCall("GET", "/images/\(Self.escapedImage(name))/json")))
        } catch let error as DockerError where error.code == .notFound {
            return nil
        }
    }

    /// The engine's images, those with all these labels where there are any.
    public func listImages(labels: [String] = []) async throws -> [DockerImage] {
        let query = labels.isEmpty ? [] : [DockerCall.filters(["label": labels])]
        return try await json(DockerCall("GET", "/images/json", query)).arrayValue?.map(DockerImage.init) ?? []
    }

    /// Pulls an image, telling how far it is.
    ///
    /// Errors tell a missing image, a wrong platform, a registry that refuses for load, and everything else apart.
    public func pullImage(
        _ name: String, platform: String? = nil, credentials: RegistryCredentials = .none,
        progress: @Sendable (ImageProgress) -> Void = { _ in }
    ) async throws {
        guard let reference = ImageReference(name) else {
            throw DockerError(.imageMissing, "'\(name)' is no name of an image")
        }
        var query = [("fromImage", reference.name), ("tag", reference.digest ?? reference.tag ?? "latest")]
        if let platform { query.append(("platform", platform)) }
        var call = DockerCall("POST", "/images/create", query)
        call.timeout = .seconds(600)
        call.maximumAnswerBytes = .max
        if let header = await credentials.header(for: reference.registry) {
            call.headers.append(HTTPHeader(name: "X-Registry-Auth", value: header))
        }
        do {
            try await jsonLines(call) { line in
                if let message = line["error"]?.stringValue { throw Self.pullError(message, name) }
                progress(ImageProgress(line))
                return true
            }
        } catch let error as DockerError where error.status != nil {
            throw Self.pullError(error.message, name)
        }
    }

    /// Builds an image from a context, a tar with a Dockerfile in it, telling what happens.
    public func buildImage(
        context: [UInt8], tag: String, dockerfile: String = "Dockerfile", network: String? = nil,
        labels: [String: String] = [:], progress: @Sendable (String) -> Void = { _ in }
    ) async throws {
        var query = [
            ("t", tag), ("dockerfile", dockerfile), ("rm", "true"), ("forcerm", "true"),
            ("labels", labels.json.text()),
        ]
        if let network { query.append(("networkmode", network)) }
        var call = DockerCall("POST", "/build", query).with(context, type: "application/x-tar")
        call.timeout = .seconds(1800)
        call.maximumAnswerBytes = .max
        do {
            try await jsonLines(call) { line in
                if let message = line["error"]?.stringValue { throw DockerError(.buildFailed, "\(tag): \(message)") }
                if let text = line["stream"]?.stringValue ?? line["status"]?.stringValue { progress(text) }
                return true
            }
        } catch var error as DockerError {
            if error.status != nil { error.code = .buildFailed }
            throw error
        }
    }

    /// Makes an image of a container's file system, under a name.
    public func commitContainer(_ id: String, as name: String) async throws {
        guard let reference = ImageReference(name) else {
            throw DockerError(.refused, "'\(name)' is no name of an image")
        }
        let query = [("container", id), ("repo", reference.name), ("tag", reference.tag ?? "latest")]
        _ = try await send(DockerCall("POST", "/commit", query).with(.object([:])))
    }

    /// Removes an image under one of its names; one that is gone already is no error, one in use is of code `conflict`.
    public func removeImage(_ name: String) async throws {
        do {
            _ = try await send(DockerCall("DELETE", "/images/\(Self.escapedImage(name))"))
        } catch let error as DockerError where error.code == .notFound {
            return
        }
    }

    /// A name with its slashes and colons left alone, as the engine wants it in a path.
    private static func escapedImage(_ name: String) -> String {
        name.split(separator: "/", omittingEmptySubsequences: false)
            .map { part in
                part.split(separator: ":", omittingEmptySubsequences: false)
                    .map { $0.split(separator: "@").map { DockerCall.escaped(String($0)) }.joined(separator: "@") }
                    .joined(separator: ":")
            }
            .joined(separator: "/")
    }

    /// What the engine's sentence about a failed pull means; it has no codes for it.
    static func pullError(_ message: String, _ name: String) -> DockerError {
        let text = message.lowercased()
        func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
        let code: DockerError.Code =
            if says("toomanyrequests", "too many requests", "rate limit") {
                .rateLimited
            } else if says("no matching manifest", "does not match the specified platform", "unknown operating system")
            {
                .platform
            } else if says("manifest unknown", "repository does not exist", "not found: manifest", "name unknown") {
                .imageMissing
            } else if says("not found") && !says("no such host", "lookup") {
                .imageMissing
            } else {
                .pullFailed
            }
        return DockerError(code, "image '\(name)' could not be pulled: \(message)")
    }
}

extension ImageProgress {
    init(_ json: JSONValue) {
        status = json["status"]?.stringValue ?? ""
        layer = json["id"]?.stringValue ?? ""
        if let done = json["progressDetail"]?["current"]?.intValue,
            let total = json["progressDetail"]?["total"]?.intValue
        {
            bytes = (done, total)
        }
    }
}
