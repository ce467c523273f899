public import Evaluation
import JSON
public import Transport

/// The `hf_hub` loader: a data set of the Hugging Face Hub, from the rows server, from files of its repository, or local.
///
/// Rows come page by page into a cache and are read from there one by one, so that memory does not follow the data
/// set's size. What is cached under a commit is checked and used again without the network.
public struct HubDatasetLoader: DatasetLoader {
    private let parameters: HubDatasetParameters
    private let source: HubSource
    private let http: HTTPClient
    private let pace: HubPace

    /// Makes a loader; `pace` is how often and how soon requests are tried again.
    public init(_ parameters: HubDatasetParameters, http: HTTPClient, pace: HubPace = HubPace()) {
        self.parameters = parameters
        source = HubSource(parameters)
        self.http = http
        self.pace = pace
    }

    /// Fetches what is not there yet.
    public func open(in context: DatasetContext) async throws -> Dataset {
        if let dataset = try localCopy(context) { return try checked(dataset) }
        guard let name = source.hubID ?? source.localPath else {
            throw EvaluationError(
                .configurationInvalid, "'hf_hub' has no 'hub_id'", cause: .configuration,
                advice: "write 'hub_params: {hub_id: owner/name}'")
        }
        let repository = try HubRepository(name)
        let client = HubClient(http: http, settings: settings(context), pace: pace)
        let files = try HubDataFile.read(source.dataFiles.isNull ? [] : source.dataFiles, split: split)
        let dataset =
            files.isEmpty
            ? try await rows(repository, client) : try await open(files, of: repository, client)
        return try checked(dataset)
    }

    private var split: String { source.split ?? "train" }

    private func settings(_ context: DatasetContext) -> HubSettings {
        var settings = HubSettings(environment: context.environment, baseDirectory: context.baseDirectory)
        if let url = HubSettings.address(source.endpoint) { settings.endpoint = url }
        if let url = HubSettings.address(parameters.rowsEndpoint) { settings.rowsEndpoint = url }
        if let token = source.token.flatMap({ HubToken($0, origin: "the configuration's 'token'") }) {
            settings.token = token
        }
        if let path = source.cacheDirectory {
            settings.cacheDirectory = path.hasPrefix("/") ? path : "\(context.baseDirectory)/\(path)"
        }
        return settings
    }

    /// The copy that `path` names.
    ///
    /// Where nothing is there, a `path` without `hub_id` that looks like a name on the Hub is one.
    private func localCopy(_ context: DatasetContext) throws -> Dataset? {
        guard let name = source.localPath else { return nil }
        let path = name.hasPrefix("/") ? name : "\(context.baseDirectory)/\(name)"
        if !DatasetFiles.exists(path), source.hubID == nil, (try? HubRepository(name)) != nil { return nil }
        let files = try HubLocalCopy(name: name, path: path, subset: source.subset, split: source.split).files()
        let records = HubFileRecords(files: files, builder: source.builderName, limit: source.limit)
        let metadata: JSONObject = [
            "loader": "hf_hub", "source": "local", "path": .string(name),
            "files": .array(try files.map { .object(try $0.describe(loader: "hf_hub")) }),
        ]
        return Dataset(metadata: metadata, records: records.stream)
    }

    /// Rows of the rows server.
    private func rows(_ repository: HubRepository, _ client: HubClient) async throws -> Dataset {
        let commit = try await commit(of: repository, source.revision, client)
        let chosen = try await chosenSplit(repository, commit, client)
        let rows = HubRows(
            client: client, repository: repository, split: chosen, allowsDrift: parameters.allowsRevisionDrift,
            limit: source.limit)
        let (key, entry) = try await rows.fetch(commit: commit)
        var metadata: JSONObject = [
            "loader": "hf_hub", "source": .string(entry.source), "hub_id": .string(repository.name),
            "subset": .string(chosen.subset), "split": .string(chosen.split), "revision": .string(key.commit),
            "rows": JSONValue(entry.rows), "sha256": .string(entry.sha256),
        ]
        if key.commit != commit { metadata["wanted_revision"] = .string(commit) }
        let file = LocalFile("\(repository.name)/\(key.fileName)", at: HubCache(client.settings).path(key))
        let records = HubFileRecords(files: [file], builder: "jsonl", limit: nil)
        return Dataset(metadata: metadata, count: entry.rows, records: records.stream)
    }

    private func commit(
        of repository: HubRepository, _ wanted: String?, _ client: HubClient
    ) async throws -> String {
        let revision = wanted ?? "main"
        if HubClient.isCommit(revision) { return revision }
        let cache = HubCache(client.settings)
        if client.settings.isOffline {
            if let known = cache.knownCommit(repository, revision: revision) { return known }
            try client.session.requireNetwork(for: client.subject(repository, revision: revision))
        }
        let commit = try await client.commit(of: repository, revision: revision)
        try cache.note(commit: commit, of: repository, revision: revision)
        return commit
    }

    /// The subset and split; what is in the cache is found without asking.
    private func chosenSplit(
        _ repository: HubRepository, _ commit: String, _ client: HubClient
    ) async throws -> HubSplit {
        let cache = HubCache(client.settings)
        let guess = HubSplit(subset: source.subset ?? "default", split: split)
        let key = HubCache.Key(repository: repository, split: guess, commit: commit, limit: source.limit)
        if DatasetFiles.exists(cache.path(key)) { return guess }
        if client.settings.isOffline {
            let known = try cache.subsets(of: repository, split: split, at: commit)
            return HubSplit(subset: source.subset ?? (known.count == 1 ? known[0] : "default"), split: split)
        }
        let splits = try await client.splits(of: repository)
        return try HubSplitChoice(repository: repository, splits: splits).choose(subset: source.subset, split: split)
    }

    /// Files of the repository.
    private func open(
        _ files: [HubDataFile], of repository: HubRepository, _ client: HubClient
    ) async throws -> Dataset {
        var opened: [LocalFile] = []
        var facts: [JSONValue] = []
        for file in files {
            let owner =
                try file.repository.map { name throws(EvaluationError) in try HubRepository(name) } ?? repository
            let commit = try await commit(of: owner, file.revision ?? source.revision, client)
            let cache = HubCache(client.settings)
            let directory = cache.directory(owner, at: commit) + "/files"
            let path = try await client.dataFile(file.path, of: owner, at: commit, into: directory)
            let local = LocalFile("\(owner.name)/\(file.path)", at: path)
            opened.append(local)
            var fact = try local.describe(loader: "hf_hub")
            fact["revision"] = .string(commit)
            facts.append(.object(fact))
        }
        let records = HubFileRecords(files: opened, builder: source.builderName, limit: source.limit)
        let metadata: JSONObject = [
            "loader": "hf_hub", "source": .string(client.settings.endpoint), "hub_id": .string(repository.name),
            "files": .array(facts),
        ]
        return Dataset(metadata: metadata, records: records.stream)
    }

    /// Counts the records where the configuration says how many there have to be.
    private func checked(_ dataset: Dataset) throws(EvaluationError) -> Dataset {
        guard let expected = parameters.expectedRows, let count = dataset.count, count != expected else {
            return dataset
        }
        throw EvaluationError(
            .dataMalformed, "there are \(count) rows, where 'expected_rows' says \(expected)", cause: .configuration,
            advice: "check 'subset' and 'revision': the data set may have changed")
    }
}
