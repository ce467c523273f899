import JSON

/// Runs task branches over one user's store, in order.
public struct TaskGenerator: Sendable {
    /// What came of it.
    public struct Result: Sendable {
        /// The file to write.
        public var file: PauseTaskFile
        /// The store of each branch, with the context that the branch added.
        public var stores: [String: PauseStore]
        /// Branches that could not make tasks for this user.
        public var skippedBranches: [String]
        /// Runs that gave no task, by branch.
        public var failedRuns: [String: Int]
    }

    private let branches: [any TaskBranch]
    private let runsPerBranch: [String: Int]

    /// Makes a generator that runs each branch that often.
    public init(branches: [any TaskBranch], runsPerBranch: Int = 5) {
        self.init(
            branches: branches,
            runsPerBranch: Dictionary(
                branches.map { ($0.name, runsPerBranch) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Makes a generator with a number of runs for each branch; branches without one run five times.
    public init(branches: [any TaskBranch], runsPerBranch: [String: Int]) {
        self.branches = branches
        self.runsPerBranch = runsPerBranch
    }

    /// Makes the tasks of one user.
    ///
    /// What one branch adds to the profile is not seen by another. With a `limit`, later runs are left out. Throws what
    /// a branch throws: a model that cannot be reached, never a model that writes nonsense.
    public func generate(for store: PauseStore, limit: Int = .max) async throws -> Result {
        var result = Result(
            file: PauseTaskFile(storeMeta: store.meta.json, profile: store.profile.json), stores: [:],
            skippedBranches: [], failedRuns: [:])
        for branch in branches {
            guard branch.isApplicable(to: store) else {
                result.skippedBranches.append(branch.name)
                continue
            }
            let runs = runsPerBranch[branch.name] ?? 5
            let prepared = try branch.preparedStore(from: store, runs: runs)
            var tasks: [PauseTask] = []
            for run in 0..<runs where result.file.tasks.count + tasks.count < limit {
                let made = try await branch.makeTasks(for: prepared, run: run)
                if made.isEmpty { result.failedRuns[branch.name, default: 0] += 1 }
                tasks += made
            }
            result.stores[branch.name] = prepared
            result.file.tasksByBranch.append((branch.name, tasks))
            let change = Self.change(from: store.profile.json, to: prepared.profile.json)
            if !change.isEmpty {
                result.file.profileByBranch[branch.name] = .object(change)
                result.file.markInjected(branch.name)
            }
        }
        return result
    }

    /// The members of a profile that differ, with their new values.
    private static func change(from old: JSONObject, to new: JSONObject) -> JSONObject {
        JSONObject(entries: new.filter { old[$0.key] != $0.value })
    }
}

extension PauseTaskFile {
    /// Notes in the meta that a branch put context into its own copy of the profile.
    mutating func markInjected(_ branch: String) {
        var injected = storeMeta["injected_context"]?.objectValue ?? [:]
        injected[branch] = true
        storeMeta["injected_context"] = .object(injected)
    }
}
