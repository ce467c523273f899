import Engine
import Evaluation
import JSON
import Server
import Storage

extension LiveRun {
    /// The largest number of errored episodes that one order attempts again.
    private static let requeueLimit = 100_000

    /// Has errored episodes attempted again, all of them or, where one cannot be, none.
    func requeue(_ episodes: [EpisodeID]) async throws(APIProblem) -> JSONObject {
        try checkSession()
        let task = try await currentTask()
        for id in episodes {
            guard id.task == task else {
                throw APIProblem(
                    409, "task_is_not_running", "the task '\(id.task)' of the episode \(id) does not run now",
                    advice: "when the run has ended: gage retry \(place.directory)")
            }
            guard let stored = try read({ journal throws(EvaluationError) in try journal.episode(id) }) else {
                throw APIProblem(
                    422, "unknown_episode", "the episode \(id) is not in the journal",
                    advice: "one that is still to come is attempted anyway")
            }
            guard case .errored = stored.record.outcome else {
                throw APIProblem(409, "not_errored", "the episode \(id) is \(stored.record.outcome.name), not errored")
            }
        }
        control.perform(.requeue(episodes))
        return reply(episodes)
    }

    /// Has all errored episodes of the task that goes on attempted again.
    func requeueErrored() async throws(APIProblem) -> JSONObject {
        try checkSession()
        let task = try await currentTask()
        let episodes = try read { journal throws(EvaluationError) in
            try journal.erroredEpisodes(inTask: task, limit: Self.requeueLimit)
        }
        control.perform(.requeue(episodes))
        return reply(episodes)
    }

    private func reply(_ episodes: [EpisodeID]) -> JSONObject {
        ["run_id": .string(place.runID), "accepted": true, "requeued": JSONValue(episodes.count)]
    }

    private func checkSession() throws(APIProblem) {
        guard place.command == "score" else { return }
        throw APIProblem(
            409, "judges_only", "this process judges the run's episodes again and attempts none",
            advice: "when it has ended: gage retry \(place.directory)")
    }

    private func currentTask() async throws(APIProblem) -> String {
        let snapshot = await control.snapshot()
        guard let snapshot, snapshot.stopping == nil,
            let task = snapshot.tasks.first(where: { !$0.isFinished && !$0.isCancelled })
        else {
            throw APIProblem(
                409, "not_running", "no task of this run goes on",
                advice: "when the run has ended: gage retry \(place.directory)")
        }
        return task.id
    }

    /// The episode that a name means: `task:sample__trial_0`, or a sample of the task that goes on.
    func episode(_ name: String) throws(APIProblem) -> EpisodeID {
        let named = place.tasks.filter { name.hasPrefix($0 + ":") }.max { $0.count < $1.count }
        let marker = "__trial_"
        guard let task = named ?? (place.tasks.count == 1 ? place.tasks.first : nil) else {
            throw .field(
                "episodes", "'\(name)' does not say of which task it is",
                advice: "write it as the journal does: TASK:SAMPLE__trial_0")
        }
        let rest = named == nil ? name[...] : name.dropFirst(task.count + 1)
        guard let cut = rest.ranges(of: marker).last, let trial = Int(rest[cut.upperBound...]) else {
            return EpisodeID(task: task, sample: String(rest), trial: 0)
        }
        return EpisodeID(task: task, sample: String(rest[..<cut.lowerBound]), trial: trial)
    }

    private func read<Value>(
        _ body: (Journal) throws(EvaluationError) -> Value
    ) throws(APIProblem) -> Value {
        do {
            return try body(try Journal.open("\(place.directory)/run.sqlite"))
        } catch {
            throw APIProblem(500, "journal", error.message)
        }
    }
}
