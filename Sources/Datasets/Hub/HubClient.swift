import Evaluation
import JSON
public import Transport

/// Talks to the Hugging Face Hub and its rows server, and fetches files that are checked and whole.
///
/// What a server refuses becomes an ``EvaluationError`` that says what to do; failures that pass are tried again.
public struct HubClient: Sendable {
    let session: HubSession

    /// Makes a client; `pace` is how often and how soon it tries again.
    public init(http: HTTPClient, settings: HubSettings, pace: HubPace = HubPace()) {
        session = HubSession(http: http, settings: settings, pace: pace)
    }

    /// The servers, the token and the cache.
    public var settings: HubSettings { session.settings }

    /// The commit that a branch, tag or commit of a repository means now.
    public func commit(of repository: HubRepository, revision: String) async throws -> String {
        let url = "\(settings.endpoint)/api/datasets/\(repository.name)/revision/\(URLText.escape(revision))"
        let subject = subject(repository, revision: revision)
        let info = try await json(url, for: subject)
        guard let commit = info["sha"]?.stringValue, Self.isCommit(commit) else {
            throw malformed(subject, "no commit in the answer")
        }
        return commit
    }

    /// All files of a repository at a commit, page after page.
    public func files(of repository: HubRepository, at commit: String) async throws -> [HubFile] {
        let subject = subject(repository, revision: commit)
        let first = "\(settings.endpoint)/api/datasets/\(repository.name)/tree/\(URLText.escape(commit))?recursive=true"
        var files: [HubFile] = []
        var next: String? = first
        var pages = 0
        while let url = next {
            pages += 1
            guard pages <= 1000 else { throw malformed(subject, "the list of files does not end") }
            let response = try await session.get(url, for: subject)
            guard let entries = try value(response, subject).arrayValue else {
                throw malformed(subject, "the list of files is no list")
            }
            for entry in entries where entry["type"]?.stringValue == "file" { files.append(try file(entry, subject)) }
            next = Self.nextPage(response.headers, from: url)
        }
        return files
    }

    /// The subsets and splits that the rows server has of a data set.
    public func splits(of repository: HubRepository) async throws -> [HubSplit] {
        let url = "\(settings.rowsEndpoint)/splits?dataset=\(URLText.escape(repository.name))"
        let answer = try await json(url, for: rowsSubject(repository))
        return (answer["splits"]?.arrayValue ?? []).compactMap { item in
            guard let subset = item["config"]?.stringValue, let split = item["split"]?.stringValue else { return nil }
            return HubSplit(subset: subset, split: split)
        }
    }

    /// A page of rows, and the commit that the server read them from.
    func rows(
        of repository: HubRepository, _ split: HubSplit, at offset: Int, count: Int
    ) async throws -> (page: HubRowsPage, revision: String?) {
        let query = [
            ("dataset", repository.name), ("config", split.subset), ("split", split.split),
            ("offset", String(offset)), ("length", String(count)),
        ]
        let text = query.map { "\($0)=\(URLText.escape($1))" }.joined(separator: "&")
        let subject = rowsSubject(repository)
        let response = try await session.get("\(settings.rowsEndpoint)/rows?\(text)", for: subject)
        let page = try HubRowsPage(try value(response, subject), name: "the page at row \(offset) of \(subject.what)")
        return (page, response.headers["X-Revision"])
    }

    /// Fetches a file of a repository into a directory, under its own path.
    ///
    /// What is already there and right is not fetched again; what was begun is gone on with. Returns the path.
    public func download(
        _ file: HubFile, of repository: HubRepository, at commit: String, into directory: String
    ) async throws -> String {
        guard let path = SafePath.joined(directory, file.path) else {
            throw malformed(subject(repository, revision: commit), "a file named '\(file.path)'")
        }
        let address = URLText.escape(file.path, keeping: "/")
        var subject = subject(repository, revision: commit)
        subject.what = "'\(file.path)' of \(subject.what)"
        var request = DownloadRequest(
            url: "\(settings.endpoint)/datasets/\(repository.name)/resolve/\(commit)/\(address)", destination: path,
            subject: subject)
        request.size = file.size
        request.sha256 = file.sha256
        try await Downloader(session: session).download(request)
        return path
    }

    /// Fetches a file that a configuration names; the list of files says whether it exists, and what it has to be.
    func dataFile(
        _ path: String, of repository: HubRepository, at commit: String, into directory: String
    ) async throws -> String {
        if settings.isOffline, let known = SafePath.joined(directory, path), DatasetFiles.exists(known) {
            return known
        }
        let files = try await files(of: repository, at: commit)
        guard let file = files.first(where: { $0.path == path }) else {
            throw EvaluationError(
                .dataMissing, "\(subject(repository, revision: commit).what) has no file '\(path)'",
                cause: .configuration, advice: NearMiss.advice(path, among: files.map(\.path)))
        }
        return try await download(file, of: repository, at: commit, into: directory)
    }

    /// Whether the text is a full commit.
    static func isCommit(_ text: String) -> Bool {
        text.utf8.count == 40 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }

    func subject(_ repository: HubRepository, revision: String) -> HubFailure.Subject {
        let at = Self.isCommit(revision) ? String(revision.prefix(12)) : revision
        return HubFailure.Subject(
            what: "the data set '\(repository.name)' at '\(at)'",
            page: "\(settings.endpoint)/datasets/\(repository.name)")
    }

    private func rowsSubject(_ repository: HubRepository) -> HubFailure.Subject {
        HubFailure.Subject(
            what: "the rows of '\(repository.name)'", page: "\(settings.endpoint)/datasets/\(repository.name)",
            alternative: "name files with 'data_files', or give a local copy with 'path'")
    }

    private func json(_ url: String, for subject: HubFailure.Subject) async throws -> JSONValue {
        try value(try await session.get(url, for: subject), subject)
    }

    private func value(_ response: HTTPResponse, _ subject: HubFailure.Subject) throws(EvaluationError) -> JSONValue {
        do {
            return try JSONValue.parse(bytes: response.body, options: .init(allowsNonFiniteNumbers: true))
        } catch {
            throw malformed(subject, "the answer is not JSON: \(error.message)")
        }
    }

    private func file(_ entry: JSONValue, _ subject: HubFailure.Subject) throws(EvaluationError) -> HubFile {
        guard let path = entry["path"]?.stringValue, let size = entry["size"]?.intValue, size >= 0 else {
            throw malformed(subject, "a file without path or size")
        }
        return HubFile(path: path, size: size, sha256: entry["lfs"]?["oid"]?.stringValue)
    }

    private func malformed(_ subject: HubFailure.Subject, _ what: String) -> EvaluationError {
        EvaluationError(
            .dataMalformed, "\(subject.what): \(what)", cause: .provider,
            advice: "check that \(settings.endpoint) is a Hub")
    }

    /// The URL in `Link: <…>; rel="next"`.
    private static func nextPage(_ headers: HTTPHeaders, from url: String) -> String? {
        for field in headers.all("Link") {
            for link in field.split(separator: ",") where link.contains("rel=\"next\"") {
                guard let start = link.firstIndex(of: "<"), let end = link.firstIndex(of: ">"), start < end else {
                    continue
                }
                return URLText.resolve(String(link[link.index(after: start)..<end]), from: url)
            }
        }
        return nil
    }
}
