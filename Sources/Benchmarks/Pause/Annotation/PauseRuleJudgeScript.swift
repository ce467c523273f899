import Evaluation
import JSON

/// The scripted judge that knows the solution: every answer follows from the rules.
struct PauseRuleJudgeScript: PauseJudge {
    let name = PauseJudgeRoute.ruleJudge

    func answer(_ question: PauseQuestion, in scope: EpisodeScope) async throws -> String {
        JSONValue.object(answer(to: question)).text()
    }

    private func answer(to question: PauseQuestion) -> JSONObject {
        switch question.stage {
        case .annotate: annotation(of: question)
        case .select: selection(among: question)
        case .rerunGuidance: ["rerun_guidance": .string(guidance(for: question))]
        case .align: alignment(of: question)
        case .evaluate: evaluation(of: question)
        case .classify: Self.classification(of: question)
        }
    }

    private func judgement(of question: PauseQuestion, _ trajectory: JSONObject) -> RuleJudgement {
        RuleJudge.judge(
            task: question.task, log: PauseTrajectoryReader(trajectory).log(initialProfile: question.profile))
    }

    private func annotation(of question: PauseQuestion) -> JSONObject {
        guard let trajectory = question.trajectories.first else { return [:] }
        let judgement = judgement(of: question, trajectory)
        let failed = judgement.checks.filter { !$0.hasPassed }
        let isComplete = judgement.isComplete ?? false
        let isConduct: (RuleJudgement.Check) -> Bool = {
            [.forbidden, .permissionOrder, .spending].contains($0.kind)
        }
        let parameterKinds: Set<RuleJudgement.CheckKind> = [.toolCall, .finalState, .shopping, .collateral]
        return [
            "trajectory_summary": .string(Self.summary(of: trajectory)),
            "tool_calling_logic_correct": .bool(isComplete && !failed.contains(where: isConduct)),
            "tool_calling_parameter_correct": .bool(
                isComplete && !failed.contains { parameterKinds.contains($0.kind) }),
            "reason_policy_correct": .bool(failed.isEmpty),
            "error_analysis": .string(Self.analysis(of: judgement)),
        ]
    }

    private func selection(among question: PauseQuestion) -> JSONObject {
        let best = question.trajectories.min { PauseTurns.count(in: $0) < PauseTurns.count(in: $1) }
        let model = best.map { PauseTrajectoryReader($0).assistantModel } ?? ""
        return [
            "select_assistant_model": .string(model), "select_reason": "the fewest turns", "tie": .bool(model.isEmpty),
        ]
    }

    private func guidance(for question: PauseQuestion) -> String {
        var issues: [String] = []
        for trajectory in question.trajectories {
            for issue in judgement(of: question, trajectory).issues where !issues.contains(issue) {
                issues.append(issue)
            }
        }
        return issues.isEmpty ? "Do everything that was asked." : "Avoid this: \(issues.joined(separator: "; "))"
    }

    private func alignment(of question: PauseQuestion) -> JSONObject {
        guard let trajectory = question.trajectories.first else { return [:] }
        let judgement = judgement(of: question, trajectory)
        return [
            "analysis": .string(Self.analysis(of: judgement)),
            // A target that no rule decides is not one that the trajectory missed.
            "achieved": .array(judgement.targetsAchieved.map { .bool($0 ?? true) }),
        ]
    }

    private func evaluation(of question: PauseQuestion) -> JSONObject {
        guard let trajectory = question.trajectories.first else { return [:] }
        let judgement = judgement(of: question, trajectory)
        return [
            "trajectory_summary": .string(Self.summary(of: trajectory)),
            "error_analysis": .string(Self.analysis(of: judgement)),
            "targets_achieved": .array(judgement.targetsAchieved.map { $0.map { .bool($0) } ?? .null }),
            "checks": .array(judgement.checks.map(\.json)),
        ]
    }

    /// Words of the rules that tell the classes of errors apart.
    private static func classification(of question: PauseQuestion) -> JSONObject {
        let text = question.messages.last?.text ?? ""
        let type = PauseErrorClass.guess(from: text)
        return ["error_type": .string(type.rawValue), "reason": "by the checks that failed"]
    }

    private static func analysis(of judgement: RuleJudgement) -> String { judgement.issues.joined(separator: "; ") }

    private static func summary(of trajectory: JSONObject) -> String {
        let reader = PauseTrajectoryReader(trajectory)
        let calls = reader.assistantCalls.map(\.name)
        let ending = reader.isTerminated ? "cut off: \(reader.terminationReason)" : "ended by the user"
        return "\(calls.count) tool calls (\(calls.joined(separator: ", "))); \(ending)"
    }
}

/// Counts the turns of a trajectory.
enum PauseTurns {
    /// How many messages the assistant wrote, calls and texts.
    static func count(in trajectory: JSONObject) -> Int {
        (trajectory["assistant_traj"]?.arrayValue ?? []).count { $0["role"]?.stringValue == "assistant" }
    }
}
