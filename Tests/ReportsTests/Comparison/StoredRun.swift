import Evaluation
import GageTesting
import JSON
import Storage

/// An episode of a stored run, with what a test says about it.
struct StoredEpisodeSketch {
    var task = "retail"
    var sample: String
    var trial = 0
    var outcome = Outcome.scored
    var scores: [Score] = []
    var domain: String?
    var text = "hello"
    var cost: Double? = 0.01
    var tokens = 100
    var seconds = 1.0

    /// A scored episode with one number.
    static func scored(
        _ sample: String, _ value: Double, trial: Int = 0, task: String = "retail", domain: String? = nil
    ) -> Self {
        var sketch = Self(task: task, sample: sample, trial: trial)
        sketch.domain = domain
        sketch.scores = [Score(metric: "tau2_reward", values: ["reward": value])]
        return sketch
    }

    /// An episode that failed for a provider's fault.
    static func errored(_ sample: String, task: String = "retail") -> Self {
        var sketch = Self(task: task, sample: sample)
        sketch.outcome = .errored(EvaluationError(.providerFailed, "down", cause: .provider))
        return sketch
    }

    var record: EpisodeRecord {
        var item = Sample(id: sample, messages: [.user(text)])
        if let domain { item.metadata = ["domain": .string(domain)] }
        let id = EpisodeID(task: task, sample: sample, trial: trial)
        var episode = Episode(id: id, seed: UInt64(trial + 1), sample: item)
        var entry = Trajectory.Entry(.assistant("done"), by: .agent, time: 0.1, duration: seconds)
        entry.usage = Usage(inputTokens: tokens, outputTokens: 10)
        entry.cost = cost
        entry.model = "m"
        episode.trajectory.entries = [entry]
        if outcome == .scored { episode.scores = scores }
        return EpisodeRecord(episode: episode, outcome: outcome, startedAt: 1_700_000_000, duration: seconds)
    }
}

/// What a stored run says besides its episodes.
struct StoredRunSketch {
    var seed: UInt64 = 7
    var version = "0.1.0"
    var digest = "d1"
    var configuration: JSONValue = ["backends": [["model": "a"]]]
    var data: JSONObject = ["revision": "r1", "data_dir": "/here"]
    var status = RunStatus.completed
    /// Planned episodes of each task beyond those that are there.
    var unattempted = 0

    /// Writes the run below a directory, and returns its path.
    func write(
        _ id: String, in directory: TemporaryDirectory, _ episodes: [StoredEpisodeSketch]
    ) async throws -> String {
        let place = try RunDirectory.create(in: directory.path, runID: id)
        var metadata = RunMetadata(
            runID: id, name: "a run", planDigest: digest, seed: seed, gageVersion: version,
            configuration: configuration, startedAt: 1_700_000_000)
        metadata.status = status
        let writer = try await JournalWriter.create(at: place.journalPath, run: metadata)
        var tasks: [String] = []
        for episode in episodes where !tasks.contains(episode.task) { tasks.append(episode.task) }
        for (ordinal, task) in tasks.enumerated() {
            var entry = TaskMetadata(id: task, ordinal: ordinal, datasetID: "d", datasetMetadata: data)
            entry.plannedEpisodes = episodes.count { $0.task == task } + unattempted
            entry.isFullyPlanned = true
            try await writer.record(entry)
        }
        for (place, episode) in episodes.enumerated() {
            let position = EpisodePosition(task: tasks.firstIndex(of: episode.task) ?? 0, sample: place)
            try await writer.commit(episode.record, at: position)
        }
        try await writer.close()
        return place.path
    }
}
