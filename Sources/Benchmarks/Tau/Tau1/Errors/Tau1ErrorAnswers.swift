import Evaluation

/// Answers to questions about failed dialogues, so that equal questions are asked once.
///
/// Dialogues of one task often fail in the same way, word for word. A question that is being asked is waited for.
actor Tau1ErrorAnswers {
    private enum State {
        case asking([CheckedContinuation<Void, Never>])
        case answered(String)
    }

    private var states: [[Message]: State] = [:]
    /// How many questions were asked.
    private(set) var askedCount = 0

    /// The answer to a request that was made before, or else what `ask` finds out; a failure is not kept.
    func answer(to messages: [Message], orAsk ask: @Sendable () async throws -> String) async throws -> String {
        while true {
            switch states[messages] {
            case .answered(let answer): return answer
            case .asking(let waiting):
                await withCheckedContinuation { states[messages] = .asking(waiting + [$0]) }
            case nil:
                states[messages] = .asking([])
                askedCount += 1
                do {
                    let answer = try await ask()
                    settle(messages, .answered(answer))
                    return answer
                } catch {
                    settle(messages, nil)
                    throw error
                }
            }
        }
    }

    private func settle(_ messages: [Message], _ state: State?) {
        guard case .asking(let waiting)? = states.updateOrRemove(state, for: messages) else { return }
        for continuation in waiting { continuation.resume() }
    }
}

extension Dictionary {
    /// Puts a value, or nothing, in the place of the one that is returned.
    fileprivate mutating func updateOrRemove(_ value: Value?, for key: Key) -> Value? {
        guard let value else { return removeValue(forKey: key) }
        return updateValue(value, forKey: key)
    }
}
