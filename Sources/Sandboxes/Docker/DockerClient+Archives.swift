import JSON
import Transport

/// What stands at a path of a container.
public struct ContainerPath: Sendable, Hashable {
    /// Whether it is a directory.
    public var isDirectory: Bool
    /// Whether it is a regular file.
    public var isRegularFile: Bool
    /// Where it leads, when it is a symbolic link: the end of the chain, seen from the container's root.
    public var linkTarget: String?
    /// The bytes of a regular file.
    public var size: Int

    init(_ json: JSONValue) {
        // The bits of Go's FileMode: what is no regular file has one of the upper ones.
        let mode = json["mode"]?.intValue ?? 0
        isDirectory = mode & 1 << 31 != 0
        let isLink = mode & 1 << 27 != 0
        isRegularFile = mode & (1 << 31 | 1 << 27 | 1 << 26 | 1 << 25 | 1 << 24 | 1 << 21 | 1 << 19) == 0
        let target = json["linkTarget"]?.stringValue ?? ""
        linkTarget = isLink ? target : nil
        size = json["size"]?.intValue ?? 0
    }
}

extension DockerClient {
    /// What stands at a path of a container, running or not; nil where there is nothing.
    public func pathStatus(_ path: String, in container: String) async throws -> ContainerPath? {
        let call = DockerCall("HEAD", archive(container), [("path", path)])
        do {
            let answer = try await send(call)
            guard let text = answer.headers["X-Docker-Container-Path-Stat"], let bytes = Base64.decode(text),
                let json = try? JSONValue.parse(bytes: bytes)  // What is no JSON is reported below.
            else { throw DockerError(.malformedAnswer, "\(call.what): the engine does not say what is at \(path)") }
            return ContainerPath(json)
        } catch let error as DockerError where error.code == .notFound {
            return nil
        }
    }

    /// The tar of a file or directory of a container, of at most so many bytes.
    public func getArchive(_ path: String, of container: String, maximumBytes: Int) async throws -> [UInt8] {
        var call = DockerCall("GET", archive(container), [("path", path)])
        call.maximumAnswerBytes = maximumBytes
        return try await send(call).body
    }

    /// Unpacks a tar below a directory of a container, running or not; the directory must exist.
    public func putArchive(_ tar: [UInt8], to directory: String, of container: String) async throws {
        let call = DockerCall("PUT", archive(container), [("path", directory)])
        _ = try await send(call.with(tar, type: "application/x-tar"))
    }

    private func archive(_ container: String) -> String { "/containers/\(DockerCall.escaped(container))/archive" }
}
