import Evaluation
import JSON
import Statistics

/// Two runs, paired by task, sample and trial.
struct RunComparison: Sendable {
    let first: ComparedRun
    let second: ComparedRun
    let coverage: [TaskCoverage]
    var measures: [MeasureComparison]
    let resources: [ResourceComparison]
    let warnings: [ComparisonWarning]

    init(_ first: ComparedRun, _ second: ComparedRun, _ settings: ComparisonSettings) {
        self.first = first
        self.second = second
        let pairing = RunPairing(first, second, tasks: settings.tasks)
        coverage = pairing.coverage
        let episodes = pairing.scoredPairs
        let samples = Self.samples(episodes)
        measures = Self.measures(first, second, episodes, samples, settings)
        resources = ResourceComparison.Resource.allCases.compactMap {
            ResourceComparison($0, episodes, samples: samples, settings)
        }
        warnings = RunDifferences(pairing).warnings(coverage)
    }

    private struct SampleName: Hashable {
        let task: String
        let sample: String
    }

    /// Which sample each pair is of, by number.
    private static func samples(_ episodes: [(first: ComparedEpisode, second: ComparedEpisode)]) -> [Int] {
        var places: [SampleName: Int] = [:]
        return episodes.map { pair in
            let name = SampleName(task: pair.first.id.task, sample: pair.first.id.sample)
            let place = places[name] ?? places.count
            places[name] = place
            return place
        }
    }

    private struct ColumnName: Hashable {
        let scope: String
        let measure: Int
    }

    private static func measures(
        _ first: ComparedRun, _ second: ComparedRun, _ episodes: [(first: ComparedEpisode, second: ComparedEpisode)],
        _ samples: [Int], _ settings: ComparisonSettings
    ) -> [MeasureComparison] {
        // Where the second run has each of the first's measures.
        let matching = first.measures.map { second.measures.firstIndex(of: $0) }
        var columns: [ColumnName: MeasureComparison.Column] = [:]
        var scopes: [String] = []
        for (place, pair) in episodes.enumerated() {
            guard let scope = settings.grouping == .task ? pair.first.id.task : pair.first.domain else { continue }
            if !scopes.contains(scope) { scopes.append(scope) }
            for (measure, value) in pair.first.values {
                guard let other = matching[measure], let second = pair.second.value(of: other) else { continue }
                columns[ColumnName(scope: scope, measure: measure), default: MeasureComparison.Column()].add(
                    value, second, sample: samples[place], pair.first.id)
            }
        }
        let wanted = first.measures.indices.filter { index in
            settings.metrics.isEmpty || settings.metrics.contains(first.measures[index].metric)
        }
        return scopes.flatMap { scope in
            wanted.compactMap { index in
                columns[ColumnName(scope: scope, measure: index)].flatMap {
                    MeasureComparison(scope, first.measures[index], $0, settings)
                }
            }
        }
    }

    func json(_ settings: ComparisonSettings) -> JSONValue {
        [
            "first": .string(first.name), "second": .string(second.name),
            "warnings": .array(warnings.map(\.json)), "coverage": .array(coverage.map(\.json)),
            "measures": .array(measures.map { $0.json(settings.grouping) }),
            "resources": .array(resources.map(\.json)),
        ]
    }
}

extension MeasureComparison.Column {
    mutating func add(_ first: Double, _ second: Double, sample: Int, _ episode: EpisodeID) {
        self.first.append(first)
        self.second.append(second)
        samples.append(sample)
        episodes.append(episode)
    }
}
