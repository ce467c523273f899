import Clusters
import Evaluation
import JSON
import Storage

/// Submits a run's shards to Slurm, and says how they stand.
struct SlurmSubmitter {
    let place: SubmissionPlace
    private let client = SlurmClient()

    init(place: SubmissionPlace) { self.place = place }

    /// Submits these shards as an array, and a merge after it and after the arrays that still go on.
    ///
    /// A merge begins however the shards ended: it says what is missing.
    func submit(
        _ shards: [Int], of submission: Submission, after live: [Int] = [], isDryRun: Bool = false
    ) async throws {
        var submission = submission
        let round = submission.rounds.count + 1
        let (array, merge) = ("\(place.path)/slurm/shards-\(round).sh", "\(place.path)/slurm/merge-\(round).sh")
        try write(submission.shardJob(shards, logDirectory: place.logDirectory), to: array)
        try write(submission.mergeJob(logDirectory: place.logDirectory), to: merge)
        // Slurm does not make it, and a task without a log fails.
        try RunDirectory.writeReport([], to: "\(place.logDirectory)/.keep")
        guard !isDryRun else { return Output.result("sbatch \(array)\nsbatch --dependency=afterany:JOB \(merge)") }
        let arrayJob = try await client.submit(script: array)
        submission.rounds.append(.init(array: arrayJob, shards: shards))
        try place.write(submission)
        let mergeJob = try await client.submit(script: merge, after: live + [arrayJob])
        submission.rounds[submission.rounds.count - 1].merge = mergeJob
        try place.write(submission)
        let what = "\(shards.count) shard\(shards.count == 1 ? "" : "s")"
        Output.result("submitted \(what) as job \(arrayJob), and their merge as job \(mergeJob)")
    }

    private func write(_ job: BatchJob, to path: String) throws {
        try RunDirectory.writeReport(Array(try SlurmScript(job).text.utf8), to: path)
    }

    /// Cancels merges that wait for shards, because another one will follow.
    func cancelWaitingMerges(of submission: Submission) async throws {
        let merges = submission.rounds.compactMap(\.merge)
        try await client.cancel(Array(Set(try await client.waitingOrRunning(merges).map(\.job))))
    }

    /// How each shard stands in the queue and in its journal.
    func status() async throws -> SubmissionStatus {
        let submission = try place.read()
        let live = try await client.waitingOrRunning(submission.jobs)
        let over = try await client.endings(of: submission.jobs)
        var shards: [SubmissionStatus.ShardStatus] = []
        for number in 1...submission.shardCount {
            let arrays = submission.rounds.filter { $0.shards.contains(number) }.map(\.array)
            let isOfShard = { (task: SlurmTask) in task.index == number && arrays.contains(task.job) }
            var status = SubmissionStatus.ShardStatus(number: number)
            status.queued = live.first(where: isOfShard)
            status.ended = over.last(where: isOfShard)
            try read(&status, of: submission)
            shards.append(status)
        }
        let merges = submission.rounds.compactMap(\.merge)
        return SubmissionStatus(
            submission: submission, shards: shards,
            merge: live.last { merges.contains($0.job) } ?? over.last { merges.contains($0.job) },
            liveArrays: Array(Set(live.map(\.job)).intersection(submission.rounds.map(\.array))).sorted())
    }

    private func read(_ status: inout SubmissionStatus.ShardStatus, of submission: Submission) throws {
        guard let shard = Shard(number: status.number, count: submission.shardCount) else { return }
        let path = try RunDirectory.location(in: place.outputDirectory, runID: place.runID, shard: shard)
        guard let journal = try RunDirectory.begunJournal(in: path) else { return }
        status.journal = try journal.run().status
        status.done = try journal.outcomes().values.reduce(0) { $0 + $1.total }
        status.planned = try journal.tasks().compactMap(\.plannedEpisodes).reduce(0, +)
    }
}
