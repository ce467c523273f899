import Evaluation
import JSON
import Transport

/// Fetches the material of a package into the cache.
struct DataFetching: Sendable {
    let client: HubClient
    let package: DataPackage
    let cache: String
    let onProgress: @Sendable (String) -> Void

    func fetch(_ source: DataSource) async throws -> DataMaterial {
        onProgress("fetching \(source.description)")
        switch source {
        case .hub(let name, let revision): return try await fetch(HubRepository(name), revision)
        case .gitHub(let name, let commit): return try await fetchArchive(HubRepository(name), commit)
        }
    }

    /// The wanted files of a repository on the Hub.
    private func fetch(_ repository: HubRepository, _ revision: String) async throws -> DataMaterial {
        let commit =
            HubClient.isCommit(revision) ? revision : try await client.commit(of: repository, revision: revision)
        let files = try await client.files(of: repository, at: commit).filter { package.layout.wants($0.path) }
        guard !files.isEmpty else {
            throw EvaluationError(
                .dataMissing, "'\(repository.name)' at \(commit.prefix(12)) has no files of '\(package.name)'",
                cause: .configuration, advice: "name another --revision or --source")
        }
        let directory = "\(cache)/\(commit)"
        for (index, file) in files.enumerated() {
            onProgress("\(index + 1) of \(files.count): \(file.path) (\(ByteText.text(file.size)))")
            _ = try await client.download(file, of: repository, at: commit, into: directory)
        }
        return DataMaterial(
            path: directory, source: "\(client.settings.endpoint)/datasets/\(repository.name)", revision: commit)
    }

    /// A repository's archive from GitHub.
    private func fetchArchive(_ repository: HubRepository, _ commit: String) async throws -> DataMaterial {
        let url = "\(client.settings.archiveEndpoint)/\(repository.name)/tar.gz/\(URLText.escape(commit))"
        let path = "\(cache)/\(SafePath.name(commit)).tar.gz"
        var request = DownloadRequest(
            url: url, destination: path,
            subject: HubFailure.Subject(what: "the archive of '\(repository.name)' at \(commit.prefix(12))"))
        request.isImmutable = HubClient.isCommit(commit)
        let progress = onProgress
        let step = ProgressStep()
        request.onProgress = { received, total in
            guard step.passes(received) else { return }
            progress("\(ByteText.text(received))\(total.map { " of \(ByteText.text($0))" } ?? "")")
        }
        try await Downloader(session: client.session).download(request)
        return DataMaterial(path: path, source: "https://github.com/\(repository.name)", revision: commit)
    }
}
