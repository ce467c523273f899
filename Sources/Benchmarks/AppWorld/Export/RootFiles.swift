import Compression
import Evaluation
import FoundationEssentials
import Glibc
import Sandboxes

/// The files of an AppWorld root, wherever it is.
///
/// Paths are relative to the root.
protocol RootFiles: Sendable {
    /// What messages call the root.
    var place: String { get }
    /// Whether a directory is there.
    func isDirectory(_ path: String) async throws -> Bool
    /// A file's bytes; nil where there is none.
    func content(of path: String) async throws -> [UInt8]?
}

/// A root on this machine.
struct HostRoot: RootFiles {
    let directory: String

    var place: String { "the directory '\(directory)'" }

    func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat("\(directory)/\(path)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    func content(of path: String) throws -> [UInt8]? {
        let full = "\(directory)/\(path)"
        guard access(full, F_OK) == 0 else { return nil }
        do {
            return [UInt8](try Data(contentsOf: URL(filePath: full)))
        } catch {
            throw EvaluationError(.dataMissing, "'\(full)' cannot be read", cause: .configuration, underlying: error)
        }
    }
}

/// A root inside of a container, read through the engine: neither a shell nor a program of the container is needed.
struct ContainerRoot: RootFiles {
    /// Specs and lists of subsets are far smaller.
    private static let maximumBytes = 16 << 20

    let client: DockerClient
    let container: String
    let root: String
    let place: String

    /// Reads an image through a container that is made, never started, and removed.
    static func with<Result: Sendable>(
        image: String, settings: AppWorldExport.Settings, _ read: @Sendable (Self) async throws -> Result
    ) async throws -> Result {
        try await reporting {
            let client = try await DockerClient.connect(environment: settings.environment)
            guard try await client.image(image) != nil else {
                throw DockerError(.imageMissing, "the engine at \(client.host) has no image '\(image)'")
            }
            var specification = ContainerSpecification(image: image)
            specification.network = "none"
            specification.labels = [SandboxOwner.label: SandboxOwner.current.text]
            let name = "gage-appworld-export-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
            let id = try await client.createContainer(specification, name: name)
            do {
                let root = Self(client: client, container: id, root: settings.root, place: "the image '\(image)'")
                let result = try await read(root)
                try await client.removeContainer(id)
                return result
            } catch {
                // What led here is to be reported, not that the container could not be removed either; `gage sandbox
                // clean` finds it.
                await Task.shielded { try? await client.removeContainer(id) }
                throw error
            }
        }
    }

    /// Reads a container that is there; `read` gets the name of its image too.
    static func with<Result: Sendable>(
        container: String, settings: AppWorldExport.Settings, _ read: @Sendable (Self, String) async throws -> Result
    ) async throws -> Result {
        try await reporting {
            let client = try await DockerClient.connect(environment: settings.environment)
            let state = try await client.inspectContainer(container)
            let image = try await client.image(state.imageID)
            let root = Self(
                client: client, container: container, root: settings.root, place: "the container '\(container)'")
            return try await read(root, image?.tags.first ?? state.imageID)
        }
    }

    func isDirectory(_ path: String) async throws -> Bool {
        try await client.pathStatus("\(root)/\(path)", in: container)?.isDirectory ?? false
    }

    func content(of path: String) async throws -> [UInt8]? {
        do {
            let full = "\(root)/\(path)"
            let tar = try await client.getArchive(full, of: container, maximumBytes: Self.maximumBytes)
            guard let file = SingleFileArchive.content(of: tar) else {
                throw EvaluationError(.dataMalformed, "\(full) in \(place) is not a plain file", cause: .task)
            }
            return file
        } catch let error as DockerError where error.code == .notFound {
            return nil
        }
    }

    private static func reporting<Result>(_ work: () async throws -> Result) async throws -> Result {
        do {
            return try await work()
        } catch let error as DockerError {
            throw readable(error)
        }
    }

    private static func readable(_ error: DockerError) -> EvaluationError {
        var shown = error.asEvaluationError
        switch error.code {
        case .imageMissing:
            shown.cause = .configuration
            shown.advice = "build or pull the image first, or name another one"
        case .notFound:
            shown.cause = .configuration
            shown.advice = "'docker ps --all' lists the containers that there are"
        default: break
        }
        return shown
    }
}

/// The engine's way of handing out one file: an archive with nothing else in it.
enum SingleFileArchive {
    /// The bytes of the first plain file; nil where there is none, or the archive is damaged.
    static func content(of tar: [UInt8]) -> [UInt8]? {
        var position = 0
        var extensions = TarExtensions()
        while tar.count - position >= TarHead.blockSize {
            guard var head = TarHead(tar[position..<position + TarHead.blockSize]) else { return nil }
            position += TarHead.blockSize
            guard head.size <= tar.count - position else { return nil }
            let content = tar[position..<position + head.size]
            position += head.size + head.filling
            if head.kind == .extending {
                guard extensions.add(head, content: content) else { return nil }
                continue
            }
            extensions.complete(&head)
            // A PAX record may say another size than the head; then nothing of this is sure.
            guard head.kind == .file, head.size == content.count else { return nil }
            return Array(content)
        }
        return nil
    }
}
