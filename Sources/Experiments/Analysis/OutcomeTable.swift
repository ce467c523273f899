/// One environment's outcomes by task and variant.
struct OutcomeTable: Sendable {
    /// What all trials of a task came to under a variant.
    struct Entry: Sendable, Hashable {
        var successes: [Bool]
        var rewards: [Double]

        var rate: Double { Double(successes.count { $0 }) / Double(successes.count) }
        var reward: Double { rewards.reduce(0, +) / Double(rewards.count) }
    }

    let environment: String
    let variants: [String]
    let trials: Int
    /// The tasks of the design.
    let tasks: [String]
    /// Entries of which every trial was scored, by task and variant.
    private var entries: [String: [String: Entry]] = [:]

    init(_ results: AggregatedResults, environment: StudyDesign.Environment) {
        self.environment = environment.name
        variants = results.design.variants.map(\.name)
        trials = results.design.trials
        tasks = environment.tasks.map(\.id)
        var found: [String: [String: Entry]] = [:]
        for cell in results.cells where cell.place.environment == environment.name {
            guard let reward = cell.reward else { continue }
            let isSuccess = cell.isSuccess ?? (reward > 1 - 1e-6)
            var entry = found[cell.place.task]?[cell.place.variant] ?? Entry(successes: [], rewards: [])
            entry.successes.append(isSuccess)
            entry.rewards.append(reward)
            found[cell.place.task, default: [:]][cell.place.variant] = entry
        }
        for (task, byVariant) in found {
            entries[task] = byVariant.filter { $0.value.successes.count == results.design.trials }
        }
    }

    /// The tasks whose every trial was scored under all these variants, in the design's order.
    func completeTasks(_ variants: [String]) -> [String] {
        tasks.filter { task in variants.allSatisfy { entries[task]?[$0] != nil } }
    }

    func entry(_ task: String, _ variant: String) -> Entry? { entries[task]?[variant] }

    /// A variant's entries on these tasks.
    func entries(of variant: String, on tasks: [String]) -> [Entry] {
        tasks.compactMap { entries[$0]?[variant] }
    }

    /// Success rate of `variant` minus that of `other`, task by task, where both are complete.
    func differences(_ variant: String, minus other: String) -> [(task: String, difference: Double)] {
        completeTasks([variant, other]).compactMap { task in
            guard let first = entry(task, variant), let second = entry(task, other) else { return nil }
            return (task, first.rate - second.rate)
        }
    }
}
