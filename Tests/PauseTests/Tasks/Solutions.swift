import JSON
import Testing

@testable import Pause

/// Plays solutions and looks at what the rule judge makes of them.
enum Solutions {
    /// The world in which a branch's tasks are solved.
    static func world(_ store: PauseStore, branch: String) -> PauseWorld {
        let tools = PauseBranch(rawValue: branch).map { Set($0.toolAllowlist) }
        return PauseWorld(
            store: store,
            options: PauseWorldOptions(branchAllowlist: tools, isShopping: branch == PauseBranch.shopping.rawValue))
    }

    /// What the rule judge says of a task's solution, played with a fault or without one.
    static func judgement(
        of task: PauseTask, in store: PauseStore, branch: String, fault: GoldReplay.Fault = .init()
    ) -> RuleJudgement {
        let log = GoldReplay(task, fault: fault).play(in: world(store, branch: branch))
        return RuleJudge.judge(task: task, log: log)
    }

    /// Expects that the solution reaches every target, and that every target can be decided.
    static func expectComplete(
        _ task: PauseTask, in store: PauseStore, branch: String, at location: SourceLocation = #_sourceLocation
    ) throws {
        let judgement = judgement(of: task, in: store, branch: branch)
        #expect(judgement.isComplete == true, "\(task.label): \(judgement.issues)", sourceLocation: location)
        #expect(judgement.coverage == 1, "\(task.label): a target has no check", sourceLocation: location)
    }
}
