import JSON

/// What a scripted user says and does: the pure part of it.
struct PauseRuleUserHabits: Sendable {
    /// What the user does about a text.
    enum Move: Sendable, Hashable {
        case say(String)
        case call([PauseToolRequest])
    }

    private let task: PauseTask
    private var questionsAnswered = 0
    private static let patience = 3

    init(task: PauseTask) { self.task = task }

    /// The first thing that the user says.
    var opening: String {
        task.openingRequest ?? task.instruction
    }

    /// What the user does about a text of the assistant's.
    mutating func answer(to text: String) -> Move {
        let requests = PauseToolRequest.all(in: text)
        if !requests.isEmpty { return .call(requests) }
        if text.trimmingBlanks.hasSuffix("?"), questionsAnswered < Self.patience {
            questionsAnswered += 1
            let lower = text.lowercased()
            if lower.contains("vip") || lower.contains("membership") {
                return .say("Yes, a VIP membership of one month is fine with me. Please go ahead.")
            }
            return .say("Please go ahead with what I asked for. I have nothing to add.")
        }
        return .say("Thank you, that is all that I wanted. \(PauseToken.stop)")
    }
}
