import Evaluation
import Glibc
import JSON
import Storage

/// A directory of its own for one test, removed with this value.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/gage-storage-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else {
            throw EvaluationError(.unexpected, "no temporary directory", cause: .gage)
        }
        path = String(cString: made)
    }

    deinit {
        for name in Self.names(in: path) { Self.remove("\(path)/\(name)") }
        rmdir(path)
    }

    static func names(in path: String) -> [String] {
        guard let handle = opendir(path) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        for name in names(in: path) { remove("\(path)/\(name)") }
        rmdir(path)
    }
}

/// The bytes of a file as text, empty when it is not there.
func contents(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[0..<count] }
    return String(decoding: bytes, as: UTF8.self)
}

func append(_ text: String, to path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    _ = text.withCString { write(descriptor, $0, strlen($0)) }
    close(descriptor)
}

extension RunMetadata {
    static let example = RunMetadata(
        runID: "example", name: "an example", planDigest: "d1", seed: UInt64.max - 1, gageVersion: "0.0.0",
        configuration: ["b": 1, "a": "x"], startedAt: 1_700_000_000.25)
}

extension EpisodeRecord {
    /// A scored episode with one model turn and one tool call.
    static func example(
        task: String = "t", sample: String = "s", trial: Int = 0, outcome: Outcome = .scored, payload: String = "hello"
    ) -> EpisodeRecord {
        let id = EpisodeID(task: task, sample: sample, trial: trial)
        var item = Sample(id: sample, messages: [.user(payload)])
        item.metadata = ["group": 3]
        item.gold = ["answer": "42"]
        var episode = Episode(id: id, seed: UInt64(bitPattern: -5), sample: item)
        var entry = Trajectory.Entry(.assistant("thinking", toolCalls: [call]), by: .agent, time: 0.1, duration: 0.05)
        entry.usage = Usage(inputTokens: 10, outputTokens: 2)
        entry.cost = 0.1 + 0.2
        entry.model = "m"
        entry.finishReason = "tool_calls"
        let result = Message.tool(ToolResult(content: "sunny", isError: true), answering: call)
        episode.trajectory.entries = [entry, .init(result, by: .environment, requester: .agent, time: 0.2)]
        episode.trajectory.termination = .finalAnswer
        episode.prediction = Prediction(
            answer: "42", artifacts: ["patch": "diff"], extras: ["answer": "a trap", "x": [1]])
        episode.verdicts = [Verdict(judge: "j", output: ["reward": 1.0, "why": nil])]
        episode.scores = [
            Score(metric: "acc", values: ["acc": 1, "third": 1.0 / 3], metadata: ["k": "v"], explanation: "e")
        ]
        return EpisodeRecord(
            episode: episode, outcome: outcome, startedAt: 1_700_000_000.125, duration: 1.5,
            stepDurations: [("inference:a", 1.25), ("auto_eval", 0.25)])
    }

    private static let call = ToolCall(id: "c1", name: "weather", arguments: ["city": "Köln\u{0}\u{1F600}", "n": 1])
}

/// A record's parts as one value that tests can compare.
struct RecordImage: Equatable {
    var id: EpisodeID
    var seed: UInt64
    var outcome: Outcome
    var sample: String
    var prediction: Prediction?
    var trajectory: Trajectory
    var verdicts: [Verdict]
    var scores: [Score]
    var failedAttempts: [EvaluationError]
    var times: [Double]
    var steps: [String]

    init(_ record: EpisodeRecord) {
        id = record.id
        seed = record.seed
        outcome = record.outcome
        sample = JSONValue.object(record.sample).text()
        prediction = record.prediction
        trajectory = record.trajectory
        verdicts = record.verdicts
        scores = record.scores
        failedAttempts = record.failedAttempts
        times = [record.startedAt, record.duration] + record.stepDurations.map(\.seconds)
        steps = record.stepDurations.map(\.step)
    }
}
