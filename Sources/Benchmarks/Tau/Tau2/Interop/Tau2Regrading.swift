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
        /// How many runs have another reward than before; runs that never took place have none worth comparing.
        public var changed: Int
        /// How many runs were graded with what a judge once found of their natural-language assertions.
        public var reusedFindings: Int
        /// Tasks that today's data do not have; their own copies were used.
        public var missingTasks: [String]
    }

    private let domain: Tau2Domain
    private let usesFreshTasks: Bool
    private let reusesFindings: Bool
    private let judge: Tau2NaturalLanguageJudge?

    /// Grades with the data of a domain.
    ///
    /// With `usesFreshTasks` today's tasks take the place of the results' own copies. `judge` is asked about
    /// natural-language assertions, at temperature 0. Without one, `reusesFindings` takes what a judge found when the
    /// run was graded before, where that is about the same assertions; other runs that need a judge are failures.
    public init(
        domain: Tau2Domain, usesFreshTasks: Bool = false, judge: (any ChatModel)? = nil, reusesFindings: Bool = false
    ) {
        self.domain = domain
        self.usesFreshTasks = usesFreshTasks
        self.reusesFindings = reusesFindings
        self.judge = judge.map { Tau2NaturalLanguageJudge(model: $0, parameters: ["temperature": 0.0]) }
    }

    /// Grades every run; throws only on cancellation.
    public func grade(_ results: Tau2Results, as type: Tau2EvaluationType = .all) async throws -> Outcome {
        var outcome = Outcome(results: results, failures: [], changed: 0, reusedFindings: 0, missingTasks: [])
        if usesFreshTasks {
            outcome.missingTasks = results.tasks.map(\.id).filter { domain.task($0) == nil }
            outcome.results.tasks = results.tasks.map { domain.task($0.id) ?? $0 }
        }
        let tasks = Dictionary(outcome.results.tasks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for (place, run) in results.simulations.enumerated() {
            try Task.checkCancellation()
            do {
                guard let task = tasks[run.taskID] else { throw Refusal(text: "its task is not in the file") }
                let (info, isReused) = try await grade(run, of: task, isSolo: results.isSolo, as: type)
                outcome.results.simulations[place].rewardInfo = info.json
                if isReused { outcome.reusedFindings += 1 }
                let neverTookPlace = run.termination == Tau2SimulationRun.infrastructureError
                if run.reward != info.reward, !neverTookPlace { outcome.changed += 1 }
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
    ) async throws -> (info: Tau2RewardInfo, isReused: Bool) {
        guard let messages = run.messages else { throw Refusal(text: "it has no messages: a voice run") }
        let simulation = Tau2Simulation(messages: messages, termination: run.termination, isSolo: isSolo)
        let evaluator = Tau2Evaluator(domain: domain)
        let statements = evaluator.statementsForJudge(of: task, after: simulation, as: type)
        var found: [Tau2RewardInfo.StatementCheck]?
        if !statements.isEmpty { found = try await findings(about: statements, of: run, messages) }
        let info = try evaluator.evaluate(simulation, of: task, as: type, isLenient: true, statements: found)
        return (info, found != nil && judge == nil)
    }

    private func findings(
        about statements: [String], of run: Tau2SimulationRun, _ messages: [Tau2Message]
    ) async throws -> [Tau2RewardInfo.StatementCheck] {
        if let judge {
            let episode = EpisodeID(
                task: "regrading", sample: "\(domain.taskSet.domain)_\(run.taskID)", trial: run.trial ?? 0)
            let context = CallContext(episode: episode, purpose: "nl_judge")
            return try await judge.ask(about: statements, in: messages, context: context).findings
        }
        let recorded = (run.rewardInfo["nl_assertions"]?.arrayValue ?? []).compactMap(
            Tau2RewardInfo.StatementCheck.init(naturalLanguage:))
        guard reusesFindings, recorded.map(\.statement).sorted() == statements.sorted() else {
            throw Refusal(text: "it needs a judge for natural-language assertions")
        }
        return recorded
    }
}

extension Tau2RewardInfo.StatementCheck {
    /// Reads one natural-language assertion of an official dump.
    fileprivate init?(naturalLanguage json: JSONValue) {
        guard let statement = json["nl_assertion"]?.stringValue, let isMet = json["met"]?.boolValue else { return nil }
        self.init(statement: statement, isMet: isMet, justification: json["justification"]?.stringValue ?? "")
    }
}

/// Why a run is not graded.
private struct Refusal: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
}
