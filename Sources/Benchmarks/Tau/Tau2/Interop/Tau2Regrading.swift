public import Evaluation
import JSON

/// Grades the runs of official result files again, as `tau2 evaluate-trajs` does: leniently, run by run.
public struct Tau2Regrading: Sendable {
    /// A run that could not be graded.
    public struct Failure: Sendable, Hashable {
        /// The run.
        public var simulation: String
        /// Why.
        public var reason: String
    }

    /// What grading again gave.
    public struct Outcome: Sendable {
        /// The results with the new rewards; a run that could not be graded has none.
        public var results: Tau2Results
        /// The runs that could not be graded.
        public var failures: [Failure]
        /// How many runs have another reward than before.
        public var changed: Int
        /// Tasks that today's data do not have; their own copies were used.
        public var missingTasks: [String]
    }

    private let domain: Tau2Domain
    private let usesFreshTasks: Bool
    private let judge: Tau2NaturalLanguageJudge?

    /// Grades with the data of a domain.
    ///
    /// With `usesFreshTasks` today's tasks take the place of the results' own copies. `judge` is asked about
    /// natural-language assertions, at temperature 0; without one, runs that need one are failures.
    public init(domain: Tau2Domain, usesFreshTasks: Bool = false, judge: (any ChatModel)? = nil) {
        self.domain = domain
        self.usesFreshTasks = usesFreshTasks
        self.judge = judge.map { Tau2NaturalLanguageJudge(model: $0, parameters: ["temperature": 0.0]) }
    }

    /// Grades every run; throws only on cancellation.
    public func grade(_ results: Tau2Results, as type: Tau2EvaluationType = .all) async throws -> Outcome {
        var outcome = Outcome(results: results, failures: [], changed: 0, missingTasks: [])
        if usesFreshTasks {
            outcome.missingTasks = results.tasks.map(\.id).filter { domain.task($0) == nil }
            outcome.results.tasks = results.tasks.map { domain.task($0.id) ?? $0 }
        }
        let tasks = Dictionary(outcome.results.tasks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for (place, run) in results.simulations.enumerated() {
            try Task.checkCancellation()
            do {
                guard let task = tasks[run.taskID] else { throw Refusal(text: "its task is not in the file") }
                let info = try await grade(run, of: task, isSolo: results.isSolo, as: type)
                outcome.results.simulations[place].rewardInfo = info.json
                if run.reward != info.reward { outcome.changed += 1 }
            } catch let error as CancellationError {
                throw error
            } catch {
                outcome.results.simulations[place].rewardInfo = .null
                outcome.failures.append(Failure(simulation: run.id, reason: String(describing: error)))
            }
        }
        return outcome
    }

    private func grade(
        _ run: Tau2SimulationRun, of task: Tau2Task, isSolo: Bool, as type: Tau2EvaluationType
    ) async throws -> Tau2RewardInfo {
        guard let messages = run.messages else { throw Refusal(text: "it has no messages: a voice run") }
        let simulation = Tau2Simulation(messages: messages, termination: run.termination, isSolo: isSolo)
        let evaluator = Tau2Evaluator(domain: domain)
        let statements = evaluator.statementsForJudge(of: task, after: simulation, as: type)
        var found: [Tau2RewardInfo.StatementCheck]?
        if !statements.isEmpty {
            guard let judge else { throw Refusal(text: "it needs a judge for natural-language assertions") }
            let episode = EpisodeID(task: "regrading", sample: run.taskID, trial: run.trial ?? 0)
            let context = CallContext(episode: episode, purpose: "nl_judge")
            found = try await judge.ask(about: statements, in: messages, context: context).findings
        }
        return try evaluator.evaluate(simulation, of: task, as: type, isLenient: true, statements: found)
    }
}

/// Why a run is not graded.
private struct Refusal: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
}
