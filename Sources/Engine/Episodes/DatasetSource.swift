import Evaluation
import GageConfiguration
import JSON
import Storage

/// The episodes of a task, made from its data set as they are asked for.
///
/// Records are pulled one by one and become samples; each sample gives as many episodes as it has trials, less those
/// that the journal has. What stays in memory is one sample, a hash of each sample's name (to refuse names that come
/// twice), and, only where the task shuffles, the records.
actor DatasetSource: EpisodeSource {
    /// What the source needs besides the task.
    struct Setting: Sendable {
        /// The task's place in the plan.
        var ordinal: Int
        /// The run's seed.
        var seed: UInt64
        /// The journal to look episodes up in; nil when it is new, and so has none.
        var journal: Journal?
        /// Whether episodes that errored are attempted again.
        var retriesErrored: Bool
        /// The part of the samples to give; nil for all.
        var shard: Shard?
        /// The samples to attempt, by id; nil for all.
        ///
        /// The others count as planned.
        var onlySamples: Set<String>?
        /// Where drops are reported.
        var events: any EventSink
    }

    private let task: PlannedTask
    private let setting: Setting
    private var reader: RecordReader
    private var current: (ticket: EpisodeTicket, trials: Int, finished: [Int: Bool])?
    private var nextTrial = 0
    private var names: Set<Int> = []
    private var journaled: FinishedTrials?
    private var samples = 0
    /// What was planned and left out so far.
    private(set) var census = TaskCensus()

    init(task: PlannedTask, dataset: Dataset, setting: Setting) {
        self.task = task
        self.setting = setting
        reader = RecordReader(
            records: dataset.records, limit: task.dataset.recordLimit,
            shuffleSeed: task.shuffle ? task.shuffleSeed : nil)
        census.expectedSamples = dataset.count.map {
            let samples = min($0, task.maxSamples ?? $0, task.dataset.recordLimit ?? $0)
            return setting.shard?.share(of: samples) ?? samples
        }
        census.trials = task.trials
        journaled = setting.journal.map { FinishedTrials(journal: $0, task: task.id, ordinal: setting.ordinal) }
    }

    func next() async throws -> EpisodeTicket? {
        while true {
            if let ticket = nextTrialOfCurrent() { return ticket }
            let skipped = samplesOfOtherShards
            guard samples + skipped < task.maxSamples ?? .max, let record = try await nextRecord(skipping: skipped)
            else {
                census.isComplete = true
                return nil
            }
            samples += skipped
            try await begin(record)
        }
    }

    /// How many of the next records are other shards' samples, as far as that is known without making them.
    private var samplesOfOtherShards: Int {
        guard let shard = setting.shard, SampleMaker(dataset: task.dataset).keepsEveryRecord else { return 0 }
        return shard.distance(from: samples)
    }

    private func nextRecord(skipping count: Int) async throws -> DatasetRecord? {
        // Worked on outside the actor's state, and put back: nobody else asks meanwhile.
        var reading = reader
        defer { reader = reading }
        return try await reading.next(skipping: count)
    }

    private func nextTrialOfCurrent() -> EpisodeTicket? {
        while let (template, trials, finished) = current, nextTrial < trials {
            defer { nextTrial += 1 }
            var ticket = template
            ticket.id = EpisodeID(task: task.id, sample: template.id.sample, trial: nextTrial)
            let isWanted = setting.onlySamples?.contains(template.id.sample) ?? true
            guard let hasErrored = finished[nextTrial] else {
                if isWanted { return ticket }
                continue
            }
            guard hasErrored, setting.retriesErrored, isWanted else {
                census.alreadyDone += 1
                continue
            }
            ticket.replaces = "retry"
            return ticket
        }
        current = nil
        return nil
    }

    /// Makes the record the current sample, unless it is left out.
    private func begin(_ record: DatasetRecord) async throws {
        let start: EpisodeTicket.Start
        let sample: Sample
        switch try await SampleMaker(dataset: task.dataset).make(from: record) {
        case .dropped(let reason):
            census.drop(reason, origin: record.origin)
            setting.events.report(
                RunEvent(
                    "sample_dropped",
                    payload: [
                        "task_id": .string(task.id), "origin": .string(record.origin), "reason": .string(reason),
                    ]))
            return
        case .sample(let made): (start, sample) = (.sample(made), made)
        case .broken(let stub, let error): (start, sample) = (.broken(stub, error), stub)
        }
        guard names.insert(sample.id.hashValue).inserted else {
            throw EvaluationError(
                .dataMalformed,
                "task '\(task.id)' has two samples named '\(sample.id)' (the second is \(record.origin))",
                cause: .task, advice: "give every record an id of its own")
        }
        let place = samples
        samples += 1
        guard setting.shard?.contains(place) ?? true else { return }
        let trials = sample.trialCount ?? task.trials
        let finished = try journaled?.trials(ofSample: sample.id, at: place) ?? [:]
        let ticket = EpisodeTicket(
            id: EpisodeID(task: task.id, sample: sample.id, trial: 0),
            position: EpisodePosition(task: setting.ordinal, sample: place), start: start)
        census.plannedEpisodes += trials
        census.samples += 1
        current = (ticket, trials, finished)
        nextTrial = 0
    }
}
