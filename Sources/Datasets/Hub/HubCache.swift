import Evaluation
import Glibc
import JSON

/// Where a data set's rows are kept: `datasets/<owner__name>/<commit>/<subset>-<split>.jsonl`, and beside it `manifest.json`.
struct HubCache: Sendable {
    /// Which rows.
    struct Key: Sendable, Hashable {
        var repository: HubRepository
        var split: HubSplit
        var commit: String
        /// Only so many rows, the first ones.
        var limit: Int?

        /// The name of the file with the rows.
        var fileName: String {
            let rows = "\(SafePath.name(split.subset))-\(SafePath.name(split.split))"
            return limit.map { "\(rows)-first-\($0).jsonl" } ?? rows + ".jsonl"
        }
    }

    /// What the manifest says about a file of rows.
    struct Entry: Sendable, Hashable {
        var rows: Int
        var sha256: String
        var features: JSONValue
        var source: String
    }

    let root: String

    init(_ settings: HubSettings) { root = settings.cacheDirectory + "/datasets" }

    func directory(_ repository: HubRepository) -> String { "\(root)/\(repository.folder)" }

    func directory(_ repository: HubRepository, at commit: String) -> String {
        "\(directory(repository))/\(SafePath.name(commit))"
    }

    func path(_ key: Key) -> String { "\(directory(key.repository, at: key.commit))/\(key.fileName)" }

    func lockPath(_ repository: HubRepository) -> String { "\(directory(repository))/.lock" }

    /// What is known of rows that are in the cache, checked against the file; nil where they are not there or not right.
    func entry(_ key: Key) throws(EvaluationError) -> Entry? {
        guard DatasetFiles.size(path(key)) != nil, let known = try manifest(key)[key.fileName],
            let rows = known["rows"]?.intValue, let sha256 = known["sha256"]?.stringValue,
            try DatasetFiles.digest(path(key)).sha256 == sha256
        else { return nil }
        return Entry(
            rows: rows, sha256: sha256, features: known["features"] ?? .null,
            source: known["source"]?.stringValue ?? "")
    }

    /// Notes what a file of rows has; called with the lock held.
    func note(_ entry: Entry, of key: Key) throws(EvaluationError) {
        var files = try manifest(key)
        var known: JSONObject = [
            "dataset": .string(key.repository.name), "config": .string(key.split.subset),
            "split": .string(key.split.split), "revision": .string(key.commit), "source": .string(entry.source),
            "rows": JSONValue(entry.rows), "sha256": .string(entry.sha256), "fetched_at": .string(UTCTime.now()),
        ]
        known["limit"] = key.limit.map { JSONValue($0) }
        known["features"] = entry.features
        files[key.fileName] = .object(known)
        let bytes = JSONValue.object(["files": .object(files)]).bytes(.pretty)
        try DatasetFiles.writeAtomically(bytes, to: manifestPath(key))
    }

    /// The subsets with rows of a split in the cache.
    func subsets(of repository: HubRepository, split: String, at commit: String) throws(EvaluationError) -> [String] {
        let key = Key(repository: repository, split: HubSplit(subset: "", split: split), commit: commit, limit: nil)
        return try manifest(key).values.filter { $0["split"]?.stringValue == split }
            .compactMap { $0["config"]?.stringValue }
    }

    /// The commit that a branch or tag meant when it was last looked up.
    func knownCommit(_ repository: HubRepository, revision: String) -> String? {
        // A note that cannot be read is as good as none.
        guard let bytes = try? DatasetFiles.bytes(noteOfCommit(repository, revision), limit: 100) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        return HubClient.isCommit(text) ? text : nil
    }

    /// Notes what a branch or tag means now.
    func note(commit: String, of repository: HubRepository, revision: String) throws(EvaluationError) {
        let path = noteOfCommit(repository, revision)
        try DatasetFiles.makeDirectory(DatasetFiles.parent(of: path))
        try DatasetFiles.writeAtomically(Array(commit.utf8), to: path)
    }

    private func noteOfCommit(_ repository: HubRepository, _ revision: String) -> String {
        "\(directory(repository))/refs/\(SafePath.name(revision))"
    }

    private func manifestPath(_ key: Key) -> String { "\(directory(key.repository, at: key.commit))/manifest.json" }

    private func manifest(_ key: Key) throws(EvaluationError) -> JSONObject {
        guard DatasetFiles.exists(manifestPath(key)) else { return [:] }
        return try DatasetFiles.json(manifestPath(key))["files"]?.objectValue ?? [:]
    }
}

/// The time of day in words of digits.
enum UTCTime {
    /// The time now as `2026-01-31T12:00:00Z`.
    static func now() -> String {
        var seconds = time(nil)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : String(number) }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
            + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
    }
}
