import Evaluation
import FoundationEssentials
import Glibc
import JSON

/// Writes AppWorld's tasks as data sets that gage reads: one file of JSON lines a subset, and `manifest.json`.
///
/// Only what an agent may see leaves the root: a task's id, its instruction and the apps that it is held to. Ground truth
/// is never read. Everything is read before anything is written, and each file takes its place whole; the manifest last.
///
/// ```swift
/// let export = AppWorldExport(.init(source: .image("appworld-mcp:latest"), output: "local-datasets/appworld"))
/// let outcome = try await export.run()
/// ```
public struct AppWorldExport: Sendable {
    /// Where the root is.
    public enum Source: Sendable, Hashable {
        /// In an image: read through a container that is made, never started, and removed.
        case image(String)
        /// In a container, running or not.
        case container(String)
        /// In a directory of this machine.
        case directory(String)
    }

    /// What to export.
    public struct Settings: Sendable {
        /// Where the root is.
        public var source: Source
        /// The root inside of an image or container; for a directory it is the directory itself.
        public var root = "/run"
        /// The directory to write to; made where it is missing.
        public var output: String
        /// The subsets, in the manifest's order.
        public var subsets = AppWorldExport.officialSubsets
        /// The environment, which says where the Docker engine is.
        public var environment: [String: String] = [:]
        /// Told what is being read; from any thread.
        public var onProgress: @Sendable (String) -> Void = { _ in }

        /// Exports all subsets of a source; the rest has a default and is set afterwards.
        public init(source: Source, output: String) {
            self.source = source
            self.output = output
        }
    }

    /// What was exported.
    public struct Outcome: Sendable, Hashable {
        /// Tasks that each subset's list names, in order.
        public var records: [Subset]
        /// The specs that are missing, by their path in the root; their tasks are in no file.
        public var missingSpecs: [String]
        /// The directory that was written to.
        public var directory: String
    }

    /// How many tasks a subset lists.
    public struct Subset: Sendable, Hashable {
        /// The subset.
        public var name: String
        /// Its tasks, those without specs counted too.
        public var count: Int
    }

    /// The subsets of the official data.
    public static let officialSubsets = ["train", "dev", "test_normal", "test_challenge"]

    private let settings: Settings

    /// Prepares an export; nothing is read or written yet.
    public init(_ settings: Settings) { self.settings = settings }

    /// Reads the root and writes the files.
    ///
    /// Missing specs are no error here: the manifest and the outcome name them, as AppWorld's own users expect. Throws
    /// ``EvaluationError``, cause `configuration`, when the root or a subset's list is not there, cause `task` when a file
    /// of it cannot be understood, and cause `sandbox` when the Docker engine fails.
    public func run() async throws -> Outcome {
        let content = try await read()
        try write(content)
        return Outcome(
            records: content.subsets.map { Subset(name: $0.name, count: $0.tasks) },
            missingSpecs: content.missingSpecs, directory: settings.output)
    }

    private func read() async throws -> ExportedContent {
        switch settings.source {
        case .directory(let path):
            return try await ExportReader(files: HostRoot(directory: path), settings: settings).read(
                image: "", root: path)
        case .image(let name):
            return try await ContainerRoot.with(image: name, settings: settings) { root in
                try await ExportReader(files: root, settings: settings).read(image: name, root: settings.root)
            }
        case .container(let name):
            return try await ContainerRoot.with(container: name, settings: settings) { root, image in
                try await ExportReader(files: root, settings: settings).read(image: image, root: settings.root)
            }
        }
    }

    private func write(_ content: ExportedContent) throws(EvaluationError) {
        do {
            try FileManager.default.createDirectory(atPath: settings.output, withIntermediateDirectories: true)
            for subset in content.subsets { try Self.put(subset.lines, at: "\(settings.output)/\(subset.name).jsonl") }
            try Self.put(content.manifest, at: "\(settings.output)/manifest.json")
        } catch {
            throw EvaluationError(
                .storageFailed, "the export cannot be written to '\(settings.output)'", cause: .configuration,
                advice: "choose a directory that can be written, with --output", underlying: error)
        }
    }

    /// The file appears whole or not at all.
    private static func put(_ bytes: [UInt8], at path: String) throws {
        try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    }
}
