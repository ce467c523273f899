import Evaluation
import Glibc
import JSON
import Server
import Storage
import Transport

/// A viewer over a directory with runs, and a client of it that follows no redirection.
struct ViewerHarness {
    let directory: String
    let baseURL: String
    let token: String
    let cookie: String

    static let client: HTTPClient = {
        var configuration = HTTPClientConfiguration()
        configuration.proxy = .direct
        return HTTPClient(configuration: configuration)
    }()

    /// Runs a viewer over what `prepare` makes in a directory of its own.
    static func run(
        _ prepare: (String) async throws -> Void, _ body: (ViewerHarness) async throws -> Void
    ) async throws {
        var template = Array("/tmp/gage-viewer-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw EvaluationError(.unexpected, "no directory", cause: .gage) }
        let directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { remove(directory) }
        try await prepare(directory)
        var configuration = ViewerConfiguration(directory: directory, cacheDirectory: directory + "/.cache")
        configuration.author = "ada"
        let token = configuration.token
        try await ViewerServer(configuration).withRunningServer { url in
            let base = String(url.prefix { $0 != "?" }.dropLast())
            let welcome = try await client.send(HTTPRequest(url: url))
            let cookie = String((welcome.headers["Set-Cookie"] ?? "").prefix { $0 != ";" })
            try await body(ViewerHarness(directory: directory, baseURL: base, token: token, cookie: cookie))
        }
    }

    func get(_ path: String, headers: [HTTPHeader] = [], withCookie: Bool = true) async throws -> Answer {
        var headers = headers
        if withCookie { headers.append(HTTPHeader(name: "Cookie", value: cookie)) }
        return Answer(try await Self.client.send(HTTPRequest(method: "GET", url: baseURL + path, headers: headers)))
    }

    func post(_ path: String, _ form: String, headers: [HTTPHeader] = []) async throws -> Answer {
        let own = [
            HTTPHeader(name: "Cookie", value: cookie),
            HTTPHeader(name: "Content-Type", value: "application/x-www-form-urlencoded"),
        ]
        return Answer(
            try await Self.client.send(
                HTTPRequest(method: "POST", url: baseURL + path, headers: own + headers, body: Array(form.utf8))))
    }

    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                guard name != ".", name != ".." else { continue }
                if unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
            }
            closedir(folder)
        }
        rmdir(path)
    }
}

/// Runs for viewers to show.
enum ViewedRun {
    /// Makes a run with these episodes, finished unless told otherwise.
    @discardableResult
    static func make(
        _ id: String, in directory: String, _ records: [EpisodeRecord], isFinished: Bool = true
    ) async throws -> JournalWriter? {
        let run = try RunDirectory.create(in: directory, runID: id)
        let writer = try await JournalWriter.create(
            at: run.journalPath,
            run: RunMetadata(
                runID: id, name: "the \(id) run", planDigest: "d", seed: 1, gageVersion: "0",
                configuration: ["backends": [["backend_id": "b", "config": ["model": "a-model"]]]],
                startedAt: 1_772_366_400))
        for (number, record) in records.enumerated() {
            try await writer.commit(record, at: EpisodePosition(task: 0, sample: number))
        }
        guard isFinished else { return writer }
        try await writer.record(.completed)
        try await writer.close()
        return nil
    }

    /// An episode in which somebody says something, and a tool is called where it has arguments.
    static func episode(
        _ sample: String, _ text: String = "All done.", task: String = "shop", score: Double = 1,
        outcome: Outcome = .scored, tool: (name: String, arguments: JSONObject, result: String)? = nil
    ) -> EpisodeRecord {
        let id = EpisodeID(task: task, sample: sample, trial: 0)
        var episode = Episode(id: id, seed: 1, sample: Sample(id: sample, messages: [.user("Hello")]))
        var calls: [ToolCall] = []
        if let tool { calls = [ToolCall(id: "c1", name: tool.name, arguments: tool.arguments)] }
        episode.trajectory.entries = [
            .init(.user("Hello"), by: .user), .init(.assistant(text, toolCalls: calls), by: .agent, time: 1),
        ]
        if let tool, let call = calls.first {
            episode.trajectory.entries.append(
                .init(.tool(ToolResult(content: tool.result), answering: call), by: .environment, requester: .agent))
        }
        episode.prediction = Prediction(answer: text)
        if outcome == .scored {
            episode.scores = [
                Score(metric: "reward", values: ["reward": score], explanation: score < 1 ? "not as it should be" : nil)
            ]
            episode.verdicts = [Verdict(judge: "judge", output: ["reward": JSONValue(score)])]
        }
        return EpisodeRecord(episode: episode, outcome: outcome, startedAt: 1_772_366_400, duration: 2)
    }
}
