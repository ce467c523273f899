import Engine
import Evaluation
import Glibc
import JSON
import Models
import Server
import Storage

/// A run of this process as its control socket shows it.
struct LiveRun: ControlledRun {
    let control: RunControl
    let place: RunPlace
    /// The run's models, whose limits can be changed; nil where they are not of the configuration.
    let models: RunModels?

    // MARK: Looking

    func status() async -> JSONObject {
        var status: JSONObject = [
            "run_id": .string(place.runID), "directory": .string(place.directory),
            "shard": place.shard.map { .string($0.description) } ?? .null, "command": .string(place.command),
            "pid": JSONValue(Int(getpid())), "gage_version": .string(Gage.version),
            "started_at": JSONValue(place.startedAt),
        ]
        guard let snapshot = await control.snapshot() else {
            status["state"] = "starting"
            status["tasks"] = .array(place.tasks.map { ["task_id": .string($0), "state": "waiting"] })
            return status
        }
        status["state"] = .string(Self.state(of: snapshot))
        if let reason = snapshot.stopping { status["stopping"] = .string(reason) }
        status["elapsed_s"] = JSONValue(snapshot.elapsed)
        status["tokens"] = JSONValue(snapshot.tokens)
        status["cost_usd"] = JSONValue(snapshot.cost)
        status["rate_per_s"] = snapshot.rate.map { JSONValue($0) } ?? .null
        status["remaining_s"] = snapshot.remaining.map { JSONValue($0) } ?? .null
        let current = Self.current(in: snapshot)
        status["tasks"] = .array(
            snapshot.tasks.enumerated().map { index, task in
                let isCurrent = index == current
                return Self.json(of: task, state: Self.state(of: task, isCurrent: isCurrent))
            })
        return status
    }

    private static func state(of snapshot: ProgressSnapshot) -> String {
        if snapshot.stopping != nil { return "stopping" }
        return snapshot.isPaused ? "paused" : "running"
    }

    private static func state(of task: ProgressSnapshot.Task, isCurrent: Bool) -> String {
        if task.isCancelled { return "cancelled" }
        if task.isFinished { return "finished" }
        return isCurrent ? "running" : "waiting"
    }

    /// Tasks run one after another: the first that is not over.
    private static func current(in snapshot: ProgressSnapshot) -> Int? {
        snapshot.tasks.firstIndex { !$0.isFinished && !$0.isCancelled }
    }

    private static func json(of task: ProgressSnapshot.Task, state: String) -> JSONValue {
        var object = ProgressPrinter.object(of: task)
        object["state"] = .string(state)
        object["concurrency"] = JSONValue(task.concurrency)
        return .object(object)
    }

    // MARK: Telling

    func perform(_ order: ControlOrder) async throws(APIProblem) -> JSONObject {
        switch order {
        case .stop(let now): control.perform(.stop(now: now))
        case .pause: control.perform(.pause)
        case .resume: control.perform(.resume)
        case .limitTask(let task, let concurrency):
            try check(task)
            control.perform(.limit(task: task, concurrency: concurrency))
        case .limitBackend(let backend, let concurrency): try limit(backend, to: concurrency)
        case .cancel(let task):
            try check(task)
            try await checkIsNotOver(task)
            control.perform(.cancel(task: task))
        case .requeue(let names):
            return try await requeue(try names.map { name throws(APIProblem) in try episode(name) })
        case .requeueErrored: return try await requeueErrored()
        }
        return ["run_id": .string(place.runID), "accepted": true]
    }

    private func check(_ task: String) throws(APIProblem) {
        guard !place.tasks.contains(task) else { return }
        throw APIProblem(
            422, "unknown_task", "the run '\(place.runID)' has no task '\(task)'",
            advice: NearMiss.advice(task, among: place.tasks) ?? "its tasks: \(place.tasks.joined(separator: ", "))")
    }

    private func checkIsNotOver(_ task: String) async throws(APIProblem) {
        let standing = await control.snapshot()?.tasks.first { $0.id == task }
        guard standing?.isFinished == true, standing?.isCancelled == false else { return }
        throw APIProblem(409, "task_is_over", "the task '\(task)' is over already")
    }

    private func limit(_ backend: String, to concurrency: Int) throws(APIProblem) {
        guard let models else {
            throw APIProblem(409, "no_backends", "the models of this run are not of its configuration")
        }
        do {
            try models.setConcurrency(backend: backend, limit: concurrency)
        } catch {
            let known = error as? EvaluationError
            throw APIProblem(422, "unknown_backend", known?.message ?? "\(error)", advice: known?.advice)
        }
    }
}
