import Evaluation
import JSON

/// Which episodes of two runs belong together: the same task, sample and trial.
struct RunPairing: Sendable {
    let first: ComparedRun
    let second: ComparedRun
    /// Places of the episodes that both journals have, in the first's order.
    let pairs: [(first: Int, second: Int)]
    /// Places of the episodes that only the first's journal has.
    let firstAlone: [Int]
    /// Places of the episodes that only the second's journal has.
    let secondAlone: [Int]

    init(_ first: ComparedRun, _ second: ComparedRun, tasks: [String]) {
        self.first = first
        self.second = second
        func counts(_ episode: ComparedEpisode) -> Bool { tasks.isEmpty || tasks.contains(episode.id.task) }
        var places: [EpisodeID: Int] = [:]
        for (place, episode) in second.episodes.enumerated() where counts(episode) { places[episode.id] = place }
        var pairs: [(first: Int, second: Int)] = []
        var alone: [Int] = []
        for (place, episode) in first.episodes.enumerated() where counts(episode) {
            if let other = places.removeValue(forKey: episode.id) {
                pairs.append((place, other))
            } else {
                alone.append(place)
            }
        }
        self.pairs = pairs
        firstAlone = alone
        secondAlone = places.values.sorted()
    }

    /// The pairs of which both have a score.
    var scoredPairs: [(first: ComparedEpisode, second: ComparedEpisode)] {
        pairs.lazy.map { (first.episodes[$0.first], second.episodes[$0.second]) }
            .filter { $0.0.isScored && $0.1.isScored }
    }

    /// How much of each task rests on both runs, in the order of the first's tasks.
    var coverage: [TaskCoverage] {
        var order: [String] = []
        var found: [String: TaskCoverage] = [:]
        func add(_ first: ComparedEpisode?, _ second: ComparedEpisode?) {
            guard let task = (first ?? second)?.id.task else { return }
            if found[task] == nil { order.append(task) }
            found[task, default: TaskCoverage(task: task)].add(first, second)
        }
        for pair in pairs { add(first.episodes[pair.first], second.episodes[pair.second]) }
        for place in firstAlone { add(first.episodes[place], nil) }
        for place in secondAlone { add(nil, second.episodes[place]) }
        return order.compactMap { found[$0] }
    }
}

/// How many episodes of a task have a score in both of two runs, in one only, in neither.
struct TaskCoverage: Sendable, Hashable {
    var task: String
    var both = 0
    var firstOnly = 0
    var secondOnly = 0
    var neither = 0
    /// Why episodes that the first has a score for have none in the second: `errored: provider`, `not attempted`.
    var missingInSecond: [String: Int] = [:]
    /// The same the other way round.
    var missingInFirst: [String: Int] = [:]

    init(task: String) { self.task = task }

    mutating func add(_ first: ComparedEpisode?, _ second: ComparedEpisode?) {
        switch (first?.isScored ?? false, second?.isScored ?? false) {
        case (true, true): both += 1
        case (true, false):
            firstOnly += 1
            missingInSecond[second?.failure ?? "not attempted", default: 0] += 1
        case (false, true):
            secondOnly += 1
            missingInFirst[first?.failure ?? "not attempted", default: 0] += 1
        case (false, false): neither += 1
        }
    }

    var json: JSONValue {
        [
            "task_id": .string(task), "both": .int(Int64(both)), "first_only": .int(Int64(firstOnly)),
            "second_only": .int(Int64(secondOnly)), "neither": .int(Int64(neither)),
            "missing_in_second": Self.json(missingInSecond), "missing_in_first": Self.json(missingInFirst),
        ]
    }

    private static func json(_ counts: [String: Int]) -> JSONValue {
        var object: JSONObject = [:]
        for key in counts.keys.sorted() { object[key] = .int(Int64(counts[key] ?? 0)) }
        return .object(object)
    }

    /// All tasks together.
    static func total(_ coverage: [TaskCoverage]) -> TaskCoverage {
        coverage.reduce(into: TaskCoverage(task: "all")) { sum, task in
            sum.both += task.both
            sum.firstOnly += task.firstOnly
            sum.secondOnly += task.secondOnly
            sum.neither += task.neither
            sum.missingInFirst.merge(task.missingInFirst, uniquingKeysWith: +)
            sum.missingInSecond.merge(task.missingInSecond, uniquingKeysWith: +)
        }
    }
}
