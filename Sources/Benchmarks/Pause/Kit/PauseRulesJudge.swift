import Evaluation
import JSON

/// `pause_rules`: judges a dialogue by rules alone, from the task's solution, the trajectory and the final state.
struct PauseRulesJudge: RoleAdapter {
    let library: PauseTaskLibrary

    let contract = StepContract(reads: [.sample], writes: [.verdicts])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let subject = try await PauseSubject(episode, library: library)
        if let obstacle = subject.obstacle {
            episode.verdicts.append(.pauseObstacle(obstacle, judge: scope.adapter.id))
            return
        }
        let judgement = RuleJudge.judge(task: subject.task, log: subject.log)
        var finding = subject.finding(by: "rules", targets: judgement.targetsAchieved)
        finding.extras["issues"] = .array(judgement.issues.map { .string($0) })
        finding.extras["violations"] = .array(judgement.violations.map { .string($0) })
        finding.extras["checks"] = .array(judgement.checks.map(\.json))
        if let shopping = judgement.shopping { finding.extras["shopping"] = shopping.json }
        let isUndecided = judgement.isComplete == nil
        episode.verdicts.append(
            Verdict(
                judge: scope.adapter.id, output: ["pause": .object(finding.json)],
                unscorableReason: isUndecided
                    ? "no rule decides this task; judge it with 'pause_semantic'" : nil))
    }
}

extension Verdict {
    /// A trajectory that nobody can judge.
    static func pauseObstacle(_ obstacle: (category: String, reason: String), judge: String) -> Verdict {
        Verdict(
            judge: judge,
            output: [
                "pause_failure": ["category": .string(obstacle.category), "reason": .string(obstacle.reason)]
            ], unscorableReason: obstacle.reason)
    }
}
