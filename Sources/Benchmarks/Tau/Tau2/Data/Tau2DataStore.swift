public import Evaluation

/// The task sets that were loaded in this process, each once.
///
/// Owned by a kit and shared by its loaders, sandboxes and judges; what it gives out never changes.
public actor Tau2DataStore {
    private struct Key: Hashable {
        var taskSet: Tau2TaskSet
        var root: String
    }

    private var domains: [Key: Tau2Domain] = [:]

    /// A store that has loaded nothing.
    public init() {}

    /// The task set of that name below a data directory, loaded at the first call.
    ///
    /// Throws ``EvaluationError``; a failure is not kept, so that the next call looks again.
    public func domain(named name: String, dataDirectory root: String) throws(EvaluationError) -> Tau2Domain {
        let taskSet = try Tau2TaskSet.named(name)
        let key = Key(taskSet: taskSet, root: root)
        if let known = domains[key] { return known }
        let directory = try Tau2DataDirectory(root: root, taskSet: taskSet)
        let domain = try Tau2Domain(taskSet, in: directory)
        domains[key] = domain
        return domain
    }
}
