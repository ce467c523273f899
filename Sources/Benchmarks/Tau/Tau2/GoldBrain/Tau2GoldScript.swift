import Evaluation
import JSON

/// What perfect participants say and do in a task's dialogue, read off the expected actions.
///
/// Both sides follow the same list: whoever comes to an action of the other side says so and waits. What comes next
/// follows from what a side has said and called so far, so that requests can be answered in any order.
struct Tau2GoldScript: Sendable {
    /// What a side does next.
    enum Move: Sendable, Hashable {
        case call(Tau2Action, index: Int)
        case say(String)
    }

    /// Actions that one side carries out without the other.
    private struct Block {
        var requestor: Requestor
        var actions: [(index: Int, action: Tau2Action)]
    }

    private let blocks: [Block]
    private let closing: String
    private let scenario: String

    init(task: Tau2Task, actions: [Tau2Action], isSolo: Bool) {
        var blocks: [Block] = []
        for (index, action) in actions.enumerated() {
            // An agent that works alone makes the user's calls too.
            let requestor = isSolo ? .assistant : action.requestor
            if blocks.last?.requestor != requestor { blocks.append(Block(requestor: requestor, actions: [])) }
            blocks[blocks.count - 1].actions.append((index, action))
        }
        self.blocks = blocks
        let statements = task.evaluationCriteria?.communicateInfo ?? []
        let facts = statements.isEmpty ? "" : "Here is what you asked for: \(statements.joined(separator: "; ")). "
        closing = facts + "Is there anything else that I can do for you?"
        scenario = "Hello, I need help. Please go ahead."
    }

    /// The agent's next move after so many calls and texts of its own.
    func agentMove(calls: Int, texts: Int) -> Move {
        var remaining = calls
        var spoken = texts
        for block in blocks {
            if block.requestor == .user {
                guard spoken > 0 else {
                    return .say("Please carry out your next step now, and tell me when it is done.")
                }
                spoken -= 1
            } else {
                if remaining < block.actions.count { return next(in: block, after: remaining) }
                remaining -= block.actions.count
            }
        }
        return .say(closing)
    }

    /// The user's next move after so many calls and texts of its own.
    ///
    /// The first text opens the dialogue; one more follows each of the user's blocks.
    func userMove(calls: Int, texts: Int) -> Move {
        guard texts > 0 else { return .say(scenario) }
        let own = blocks.filter { $0.requestor == .user }
        let finished = texts - 1
        guard finished < own.count else { return .say("Thank you, that is all. \(Tau2Token.stop)") }
        let done = calls - own[..<finished].reduce(0) { $0 + $1.actions.count }
        let block = own[finished]
        return done < block.actions.count ? next(in: block, after: max(0, done)) : .say("Done.")
    }

    private func next(in block: Block, after done: Int) -> Move {
        .call(block.actions[done].action, index: block.actions[done].index)
    }
}
