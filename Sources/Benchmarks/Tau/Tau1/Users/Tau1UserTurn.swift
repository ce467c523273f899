import Evaluation

/// What one turn of a user has taken, over all its calls.
struct Tau1UserTurn {
    private var usage: Usage?
    private var cost: Double? = 0
    private var last: ChatResponse?

    /// Adds a call.
    mutating func add(_ response: ChatResponse) {
        if let used = response.usage { usage = (usage ?? Usage()) + used }
        // A sum with an unknown part is unknown.
        cost = cost.flatMap { sum in response.cost.map { sum + $0 } }
        last = response
    }

    /// The turn's message with what it has taken.
    func entry(_ message: Message) -> Trajectory.Entry {
        var entry = Trajectory.Entry(message, by: .user)
        entry.usage = usage
        entry.cost = last == nil ? nil : cost
        entry.model = last?.model
        entry.finishReason = last?.finishReason.name
        return entry
    }
}
