import Evaluation
import GageConfiguration

extension PlannedTask {
    /// The task as the options want it: other limits, fewer metrics.
    func applying(_ options: RunOptions) -> PlannedTask {
        var task = self
        if let concurrency = options.concurrency { task.concurrency = concurrency }
        task.concurrency = max(1, task.concurrency)
        task.maxSamples = options.maxSamples ?? task.maxSamples
        if !options.metricIDs.isEmpty {
            task.metrics = task.metrics.filter { options.metricIDs.contains($0.id) }
        }
        return task
    }
}

extension Plan {
    /// Checks what the options name against the plan.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for a metric that no task has.
    func check(_ options: RunOptions) throws(EvaluationError) {
        let known = Set(tasks.flatMap { $0.metrics.map(\.id) })
        for id in options.metricIDs where !known.contains(id) {
            throw EvaluationError(
                .configurationInvalid, "no task has a metric '\(id)'", cause: .configuration,
                advice: NearMiss.advice(id, among: known.sorted()))
        }
        if let concurrency = options.concurrency, concurrency < 1 {
            throw EvaluationError(
                .configurationInvalid, "\(concurrency) episodes at once are none", cause: .configuration,
                advice: "the smallest concurrency is 1")
        }
        if let count = options.maxSamples, count < 0 {
            throw EvaluationError(
                .configurationInvalid, "the number of samples cannot be \(count)", cause: .configuration)
        }
        guard !tasks.isEmpty else {
            throw EvaluationError(.configurationInvalid, "the plan has no tasks", cause: .configuration)
        }
    }
}
