public import Evaluation
import JSON

extension Tau1Results {
    /// What became of a run's episodes on their way into a result file.
    public struct Export: Sendable {
        /// The results by environment and split, each of which is an official file of its own.
        public var files: [(environment: String, split: String, results: Tau1Results)]
        /// How many errored or unscored episodes were left out.
        public var leftOut: Int
    }

    /// The episodes of a run as official results: trial by trial, and within a trial in the order of the tasks.
    ///
    /// The official command writes what it could not run with reward 0, which its averages then count as failures. Such
    /// episodes are left out unless `includesErrored` asks for them. Episodes that are no τ-bench episodes are passed over.
    /// Throws ``EvaluationError`` for an episode whose sample is broken.
    public static func export(
        _ records: [EpisodeRecord], includesErrored: Bool = false
    ) throws(EvaluationError) -> Export {
        struct Row {
            var facts: Tau1SampleFacts
            var result: Tau1Result
        }
        var groups: [String: [Row]] = [:]
        var leftOut = 0
        for record in records where record.sample["metadata"]?["tau_bench"] != nil {
            let facts = try Tau1SampleFacts(try Sample(json: record.sample))
            guard let result = Tau1Result(record, facts: facts, includesErrored: includesErrored) else {
                leftOut += 1
                continue
            }
            groups["\(facts.environment)\u{1}\(facts.split)", default: []].append(Row(facts: facts, result: result))
        }
        let files = groups.sorted { $0.key < $1.key }.compactMap { _, rows -> (String, String, Tau1Results)? in
            guard let facts = rows.first?.facts else { return nil }
            let ordered = rows.sorted {
                ($0.result.trial, $0.facts.position, $0.result.taskID)
                    < ($1.result.trial, $1.facts.position, $1.result.taskID)
            }
            return (facts.environment, facts.split, Tau1Results(ordered.map(\.result)))
        }
        return Export(files: files, leftOut: leftOut)
    }
}

extension Tau1Result {
    /// A finished episode as an official result; nil for one without a verdict, unless `includesErrored` asks for it.
    init?(_ record: EpisodeRecord, facts: Tau1SampleFacts, includesErrored: Bool) {
        let found = record.judgeOutput["tau_bench"] ?? .null
        if case .scored = record.outcome, let reward = found["reward"]?.doubleValue {
            let error = found["error"]
            let info: JSONValue = error.map { ["error": $0, "traceback": ""] } ?? found["info"] ?? .null
            self.init(
                taskID: facts.task.id, reward: reward, info: info,
                trajectory: Tau1Messages.official(record.trajectory, strategy: facts.agentStrategy),
                trial: record.id.trial)
            return
        }
        guard includesErrored else { return nil }
        let text: String =
            switch record.outcome {
            case .errored(let error): error.message
            case .unscorable(let reason): reason
            case .scored: "the episode has no τ-bench verdict"
            }
        self.init(
            taskID: facts.task.id, reward: 0, info: ["error": .string(text), "traceback": ""], trajectory: [],
            trial: record.id.trial)
    }
}
