import Evaluation
import JSON

/// Gets a split's rows into the cache, page by page, all of one commit.
struct HubRows: Sendable {
    /// The rows server gives out this many rows at a time at the most.
    static let pageSize = 100

    let client: HubClient
    let repository: HubRepository
    let split: HubSplit
    /// Whether rows of another commit than the one wanted are taken.
    let allowsDrift: Bool
    /// Only so many rows, the first ones.
    let limit: Int?

    private var cache: HubCache { HubCache(client.settings) }

    /// The rows of a commit, from the cache or from the server.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, where the server has another commit and that is not allowed.
    func fetch(commit: String) async throws -> (key: HubCache.Key, entry: HubCache.Entry) {
        let wanted = HubCache.Key(repository: repository, split: split, commit: commit, limit: limit)
        if let entry = try cache.entry(wanted) { return (wanted, entry) }
        let lock = try await FileLock.take(cache.lockPath(repository), pause: client.session.pace.sleep)
        defer { lock.release() }
        // Another process may have fetched them while this one waited.
        if let entry = try cache.entry(wanted) { return (wanted, entry) }
        let first = try await page(at: 0)
        let served = try checked(first.revision, wanted: commit)
        let key = HubCache.Key(repository: repository, split: split, commit: served, limit: limit)
        if served != commit, let entry = try cache.entry(key) { return (key, entry) }
        return (key, try await write(key, first: first.page))
    }

    private func page(at offset: Int) async throws -> (page: HubRowsPage, revision: String?) {
        let count = min(Self.pageSize, (limit ?? .max) - offset)
        return try await client.rows(of: repository, split, at: offset, count: count)
    }

    /// The commit that the server reads, if it may be taken.
    private func checked(_ revision: String?, wanted commit: String) throws(EvaluationError) -> String {
        let short = commit.prefix(12)
        guard let revision else {
            if allowsDrift { return commit }
            throw EvaluationError(
                .dataMalformed, "the rows server does not say which revision of '\(repository.name)' it has",
                cause: .configuration, advice: "set 'allow_revision_drift: true' to take them all the same")
        }
        if revision == commit || (allowsDrift && HubClient.isCommit(revision)) { return revision }
        throw EvaluationError(
            .dataMissing, "the rows server has '\(repository.name)' at \(revision.prefix(12)), not at \(short)",
            cause: .configuration,
            advice: "it serves the newest revision only: write 'revision: \(revision)', or set "
                + "'allow_revision_drift: true', or name files with 'data_files', or give a local copy with 'path'")
    }

    private func write(_ key: HubCache.Key, first: HubRowsPage) async throws -> HubCache.Entry {
        let path = cache.path(key)
        try DatasetFiles.makeDirectory(DatasetFiles.parent(of: path))
        let total = try total(of: first)
        var hasher = SHA256Hasher()
        var bytes: [UInt8] = []
        let part = PartialFile(of: path)
        part.discard()
        let file = try FileWriter(part.path)
        var page = first
        var count = 0
        while true {
            bytes.removeAll(keepingCapacity: true)
            for row in page.rows.prefix(total - count) {
                guard row.index == count else { throw outOfOrder(row.index, count) }
                JSONValue.object(row.fields).write(into: &bytes)
                bytes.append(UInt8(ascii: "\n"))
                count += 1
            }
            try file.write(bytes)
            hasher.update(bytes)
            if count == total { break }
            guard !page.rows.isEmpty else { throw outOfOrder(total, count) }
            let next = try await self.page(at: count)
            _ = try checkedAgain(next.revision, key.commit)
            page = next.page
        }
        try file.finish()
        try part.complete(as: path)
        let entry = HubCache.Entry(
            rows: count, sha256: hasher.finalize(), features: first.features, source: client.settings.rowsEndpoint)
        try cache.note(entry, of: key)
        return entry
    }

    /// Every page has to be of the commit that the first one is of, drift or not.
    private func checkedAgain(_ revision: String?, _ commit: String) throws(EvaluationError) {
        guard let revision, revision != commit else { return }
        throw EvaluationError(
            .dataMalformed,
            "'\(repository.name)' changed from \(commit.prefix(12)) to \(revision.prefix(12)) while it was fetched",
            cause: .provider, retry: .worthwhile, advice: "fetch it again")
    }

    private func total(of page: HubRowsPage) throws(EvaluationError) -> Int {
        guard let total = page.total, total >= page.rows.count || limit != nil else {
            throw malformed("the number of rows is missing or wrong")
        }
        guard !page.isPartial || limit != nil else {
            throw malformed("the rows server has only a part of it")
        }
        return min(total, limit ?? .max)
    }

    private func outOfOrder(_ found: Int, _ expected: Int) -> EvaluationError {
        malformed("row \(expected) was expected, and row \(found) came")
    }

    private func malformed(_ what: String) -> EvaluationError {
        EvaluationError(
            .dataMalformed, "the rows of '\(repository.name)' (\(split.subset)/\(split.split)): \(what)",
            cause: .provider, advice: "name files with 'data_files', or give a local copy with 'path'")
    }
}
