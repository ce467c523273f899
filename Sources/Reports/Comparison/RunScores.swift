import Evaluation
import JSON
import Statistics

/// What one run came to by itself: the means of its numbers, over all episodes that have them.
struct RunScores: Sendable {
    /// One number of one metric.
    struct Row: Sendable {
        let scope: String
        let measure: Measure
        let values: [Double]
        let samples: [Int]

        var count: Int { values.count }
        var sampleCount: Int { Set(samples).count }
        var mean: Double { values.mean ?? .nan }

        /// The interval of the mean, as ``docs/scores.md`` has it: nil where the values say nothing about others.
        func interval(level: Double) -> Interval? {
            if values.allSatisfy({ $0 == 0 || $0 == 1 }) {
                return ClusteredShare(values, clusters: samples, level: level)?.interval
            }
            guard let mean = ClusteredMean(values, clusters: samples), (mean.standardError ?? 0) > 0 else { return nil }
            return mean.studentInterval(level: level)
        }
    }

    let rows: [Row]

    /// Collects the numbers of a run, by task or domain; only of episodes that `isIncluded` allows.
    init(
        _ run: ComparedRun, grouping: ComparisonSettings.Grouping,
        where isIncluded: (ComparedEpisode) -> Bool = { _ in true }
    ) {
        var columns: [String: [Int: (values: [Double], samples: [Int])]] = [:]
        var scopes: [String] = []
        var samples: [String: Int] = [:]
        for episode in run.episodes where episode.isScored && isIncluded(episode) {
            guard let scope = grouping == .task ? episode.id.task : episode.domain else { continue }
            if columns[scope] == nil { scopes.append(scope) }
            let name = "\(episode.id.task)\u{1}\(episode.id.sample)"
            let sample = samples[name] ?? samples.count
            samples[name] = sample
            for (measure, value) in episode.values {
                columns[scope, default: [:]][measure, default: ([], [])].values.append(value)
                columns[scope, default: [:]][measure, default: ([], [])].samples.append(sample)
            }
        }
        rows = scopes.flatMap { scope in
            run.measures.indices.compactMap { index in
                columns[scope]?[index].map {
                    Row(scope: scope, measure: run.measures[index], values: $0.values, samples: $0.samples)
                }
            }
        }
    }
}
