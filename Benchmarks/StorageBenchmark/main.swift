// Measures what a run's journal and event log cost an episode: CPU time of this process, and bytes on the disk.
//
// usage: StorageBenchmark DIRECTORY [EPISODES]     one JSON object a line

import Evaluation
import Glibc
import JSON
import Storage

/// An episode with so many messages of 400 characters, every second one a tool's result.
func record(_ number: Int, messages: Int) -> EpisodeRecord {
    let id = EpisodeID(task: "bench", sample: "s\(number)", trial: 0)
    let text = String(repeating: "the quick brown fox ", count: 20)
    var episode = Episode(id: id, seed: UInt64(number), sample: Sample(id: id.sample, messages: [.user("\(number)?")]))
    for place in 0..<messages {
        var entry = Trajectory.Entry(.assistant(text), by: .agent, time: Double(place), duration: 0.25)
        if place.isMultiple(of: 2) {
            entry.usage = Usage(inputTokens: 5000, outputTokens: 250)
        } else {
            let call = ToolCall(id: "call_\(place)", name: "get_order_details", arguments: ["order_id": "#W1000001"])
            entry = .init(
                .tool(ToolResult(content: text), answering: call), by: .environment, requester: .agent, time: 0.5)
        }
        episode.trajectory.entries.append(entry)
    }
    episode.prediction = Prediction(answer: "\(number)?")
    episode.scores = [Score(metric: "exact_match", values: ["exact_match": 1])]
    return EpisodeRecord(
        episode: episode, outcome: .scored, startedAt: 1_700_000_000.125, duration: 1.5,
        stepDurations: [("inference:model", 1.25), ("auto_eval", 0.25)])
}

func cpuSeconds() -> Double {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    let time = { (value: timeval) in Double(value.tv_sec) + Double(value.tv_usec) / 1e6 }
    return time(usage.ru_utime) + time(usage.ru_stime)
}

func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
}

func say(_ what: String, count: Int, since start: Double, bytes: Int) {
    let microseconds = (cpuSeconds() - start) / Double(count) * 1e6
    let row: JSONValue = [
        "what": .string(what), "cpu_us": JSONValue((microseconds * 10).rounded() / 10),
        "bytes": JSONValue(bytes / count),
    ]
    print(row.text())
}

let run = RunMetadata(
    runID: "bench", name: "bench", planDigest: "d", seed: 1, gageVersion: "0", configuration: [:], startedAt: 0)

func measureJournal(in directory: String, messages: Int, count: Int, concurrency: Int) async throws {
    let path = "\(directory)/\(messages)-\(concurrency).sqlite"
    let writer = try await JournalWriter.create(at: path, run: run)
    let what = "\(messages) messages"
    var start = cpuSeconds()
    try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<concurrency {
            group.addTask {
                for number in stride(from: worker, to: count, by: concurrency) {
                    try await writer.commit(
                        record(number, messages: messages), at: EpisodePosition(task: 0, sample: number))
                }
            }
        }
        try await group.waitForAll()
    }
    try await writer.close()
    say("commit an episode of \(what), \(concurrency) at once", count: count, since: start, bytes: size(path))
    guard concurrency == 1 else { return }
    let journal = try Journal.open(path)
    start = cpuSeconds()
    var seen = 0
    try journal.forEachEpisode { _ in seen += 1 }
    precondition(seen == count, "the journal has every episode")
    say("read an episode of \(what) back", count: count, since: start, bytes: 0)
    start = cpuSeconds()
    var finished = FinishedTrials(journal: journal, task: "bench", ordinal: 0)
    for number in 0..<count {
        let trials = try finished.trials(ofSample: "s\(number)", at: number)
        precondition(trials == [0: false], "the journal has every episode")
    }
    if messages == 0 { say("find an episode finished when a run goes on", count: count, since: start, bytes: 0) }
}

func measureEvents(in directory: String, count: Int) throws {
    let path = "\(directory)/events.jsonl"
    let log = try EventLog(path: path, runID: "bench", wallSeconds: { 1_700_000_000.125 })
    let start = cpuSeconds()
    for number in 0..<count {
        let id = EpisodeID(task: "bench", sample: "s\(number)", trial: 0)
        log.report(RunEvent("episode_started", episode: id))
        log.report(
            RunEvent(
                "episode_finished", episode: id,
                payload: ["outcome": "scored", "seconds": 1.5, "exact_match": ["exact_match": 1.0]]))
    }
    try log.close()
    say("report an episode's two events", count: count, since: start, bytes: size(path))
}

guard let directory = CommandLine.arguments.dropFirst().first else {
    print("usage: StorageBenchmark DIRECTORY [EPISODES]")
    exit(2)
}
let count = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 20_000
var start = cpuSeconds()
for number in 0..<count { _ = record(number, messages: 0) }
say("(make an episode of 0 messages, part of what follows)", count: count, since: start, bytes: 0)
start = cpuSeconds()
for number in 0..<count / 4 { _ = record(number, messages: 12) }
say("(make an episode of 12 messages, part of what follows)", count: count / 4, since: start, bytes: 0)
for concurrency in [1, 100] {
    try await measureJournal(in: directory, messages: 0, count: count, concurrency: concurrency)
    try await measureJournal(in: directory, messages: 12, count: count / 4, concurrency: concurrency)
}
try measureEvents(in: directory, count: count)
