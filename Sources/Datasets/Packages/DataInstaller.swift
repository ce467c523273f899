import Evaluation
import Glibc
import JSON

/// Brings the data of packages to their place: fetched from their source, or taken from what the user has.
///
/// New data are complete and checked before they take the place of old ones; what was begun and broke off is gone on with.
public struct DataInstaller: Sendable {
    /// What installing did.
    public struct Outcome: Sendable, Hashable {
        /// Where the data are.
        public var directory: String
        /// Where they came from, in words; nil where they were there already.
        public var source: String?
        /// What a look at them found.
        public var check: DataCheck
    }

    /// What is asked for besides the package.
    public struct Options: Sendable {
        /// Where the data go.
        public var directory: String
        /// Whether data that are there are replaced.
        public var replaces = false
        /// Told what is being done.
        public var onProgress: @Sendable (String) -> Void = { _ in }

        /// Data go to this directory.
        public init(directory: String) { self.directory = directory }
    }

    private let client: HubClient

    /// Makes an installer that fetches with this client.
    public init(client: HubClient) { self.client = client }

    /// Fetches a package from a source and installs it.
    ///
    /// Throws ``EvaluationError``.
    public func fetch(_ package: DataPackage, from source: DataSource, _ options: Options) async throws -> Outcome {
        if let outcome = try present(package, options) { return outcome }
        let cache = "\(client.settings.cacheDirectory)/packages/\(package.name)"
        let lock = try await FileLock.take("\(cache)/.lock", pause: client.session.pace.sleep)
        defer { lock.release() }
        let fetching = DataFetching(client: client, package: package, cache: cache, onProgress: options.onProgress)
        let material = try await fetching.fetch(source)
        let outcome = try await install(package, material, options)
        try DatasetFiles.remove(material.path)
        return outcome
    }

    /// Installs a package from a directory or an archive.
    ///
    /// Throws ``EvaluationError``.
    public func importData(_ package: DataPackage, from path: String, _ options: Options) async throws -> Outcome {
        guard DatasetFiles.exists(path) else {
            throw EvaluationError(
                .dataMissing, "there is nothing at '\(path)'", cause: .configuration,
                advice: "--from wants a directory, a checkout, or a tar, tar.gz or zip archive")
        }
        if let outcome = try present(package, options) { return outcome }
        return try await install(package, DataMaterial(path: path, source: path, revision: nil), options)
    }

    /// Data that are there and right are left alone; ones that are there and wrong need the user's word.
    private func present(_ package: DataPackage, _ options: Options) throws(EvaluationError) -> Outcome? {
        guard !options.replaces, package.layout.isPresent(in: options.directory) else { return nil }
        let check = package.check(options.directory)
        guard check.isRight else {
            throw EvaluationError(
                .dataMalformed,
                "\(options.directory) has data of '\(package.name)' that are not right: \(check.problems[0])",
                cause: .configuration, advice: "give --force to replace them, or --dest for another directory")
        }
        return Outcome(directory: options.directory, source: nil, check: check)
    }

    private func install(
        _ package: DataPackage, _ material: DataMaterial, _ options: Options
    ) async throws -> Outcome {
        let target = options.directory
        try DatasetFiles.makeDirectory(target)
        let lock = try await FileLock.take("\(target)/.gage-lock", pause: client.session.pace.sleep)
        defer { lock.release() }
        let staging = "\(target)/.incoming-\(getpid())"
        // What cannot be removed is hidden, and does no harm.
        defer { try? DatasetFiles.remove(staging) }
        try DatasetFiles.remove(staging)
        let unpacked = try unpacked(package, material, staging, options)
        options.onProgress("installing into \(target)")
        try package.layout.install(from: unpacked.directory, into: "\(staging)/new")
        let check = package.check("\(staging)/new")
        guard check.isRight else {
            throw EvaluationError(
                .dataMalformed, "the data from \(material.source) are not right: \(check.problems[0])",
                cause: .configuration, advice: "nothing was installed; look for another copy or revision")
        }
        for name in package.layout.ownedNames { try replace(name, in: target, by: "\(staging)/new", staging) }
        try note(package, material, revision: unpacked.commit ?? material.revision, in: target)
        return Outcome(directory: target, source: material.source, check: check)
    }

    private func unpacked(
        _ package: DataPackage, _ material: DataMaterial, _ staging: String, _ options: Options
    ) throws -> (directory: String, commit: String?) {
        guard !DatasetFiles.isDirectory(material.path) else { return (material.path, nil) }
        options.onProgress("unpacking \(material.path)")
        let layout = package.layout
        let archive = LocalFile(material.path, at: material.path)
        let extractor = ArchiveExtractor(file: archive) { layout.wants($0) }
        let summary = try extractor.extract(into: "\(staging)/unpacked")
        return ("\(staging)/unpacked", summary.commit)
    }

    /// Puts a new entry in an old one's place; what only the old one had is kept.
    private func replace(_ name: String, in target: String, by new: String, _ staging: String) throws(EvaluationError) {
        guard DatasetFiles.exists("\(new)/\(name)") else { return }
        let old = "\(staging)/old"
        if DatasetFiles.exists("\(target)/\(name)") {
            try DatasetFiles.makeDirectory(old)
            try DatasetFiles.move("\(target)/\(name)", to: "\(old)/\(name)")
        }
        try DatasetFiles.move("\(new)/\(name)", to: "\(target)/\(name)")
        guard DatasetFiles.isPlainDirectory("\(old)/\(name)") else { return }
        for kept in DatasetFiles.names(in: "\(old)/\(name)") where !DatasetFiles.exists("\(target)/\(name)/\(kept)") {
            try DatasetFiles.move("\(old)/\(name)/\(kept)", to: "\(target)/\(name)/\(kept)")
        }
    }

    private func note(
        _ package: DataPackage, _ material: DataMaterial, revision: String?, in target: String
    ) throws(EvaluationError) {
        var facts: JSONObject = [
            "package": .string(package.name), "source": .string(material.source),
            "installed_at": .string(UTCTime.now()),
        ]
        facts["revision"] = revision.map { .string($0) }
        try DatasetFiles.writeAtomically(
            JSONValue.object(facts).bytes(.pretty), to: "\(target)/.gage-data.json")
    }
}

/// Data as they came: a directory or an archive, and from where.
struct DataMaterial: Sendable {
    var path: String
    var source: String
    var revision: String?
}
