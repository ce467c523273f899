import Evaluation

/// Runs work that may take only so long.
enum TimeLimit {
    /// What came of work under a limit.
    enum Result<Value: Sendable>: Sendable {
        /// It ended by itself, in time or, when told to stop, with something to show.
        case ended(Value)
        /// It was told to stop at the limit, and did.
        case cutOff(Value)
    }

    /// Runs the work; at the limit its task is cancelled, which reaches all its children, and what it then returns is
    /// marked as cut off.
    ///
    /// Work that ignores cancellation is waited for: nothing may go on behind its episode's back. Without a limit the
    /// work runs in the caller's own task.
    static func run<Value: Sendable>(
        _ limit: Duration?, _ work: @escaping @Sendable () async -> Value
    ) async -> Result<Value> {
        guard let limit else { return .ended(await work()) }
        return await withTaskGroup(of: Value?.self) { group in
            group.addTask { await work() }
            group.addTask {
                // A cancelled sleep means that the work was done first.
                try? await Task.sleep(for: limit)
                return nil
            }
            var isCutOff = false
            while let next = await group.next() {
                guard let value = next else {
                    isCutOff = !Task.isCancelled
                    group.cancelAll()
                    continue
                }
                group.cancelAll()
                return isCutOff ? .cutOff(value) : .ended(value)
            }
            // The group had a child that returns a value, and it is gone through until that comes.
            preconditionFailure("the work of a time limit returns a value")
        }
    }
}
