import Evaluation
import Synchronization

/// Numbers calls that are the same in everything, so that a run never answers itself from its cache.
///
/// A model that is asked the same thing twice within one attempt draws twice. What is held is bounded: the attempts
/// that began last, far more than run at once.
final class DrawNumbers: Sendable {
    private struct Attempt: Hashable {
        var episode: EpisodeID
        var number: Int
    }

    private struct State {
        var drawn: [Attempt: [String: Int]] = [:]
        var order: [Attempt] = []
        var oldest = 0

        mutating func admit(_ attempt: Attempt, _ capacity: Int) {
            drawn[attempt] = [:]
            order.append(attempt)
            guard order.count - oldest > capacity else { return }
            drawn[order[oldest]] = nil
            oldest += 1
            if oldest > capacity {
                order.removeFirst(oldest)
                oldest = 0
            }
        }
    }

    private let capacity: Int
    /// Protects the counts.
    private let state = Mutex(State())

    init(capacity: Int = 8192) { self.capacity = capacity }

    /// How many calls of this digest came before in the same attempt.
    func next(_ digest: String, in context: CallContext) -> Int {
        let attempt = Attempt(episode: context.episode, number: context.attempt)
        return state.withLock { state in
            if state.drawn[attempt] == nil { state.admit(attempt, capacity) }
            let number = state.drawn[attempt]?[digest] ?? 0
            state.drawn[attempt]?[digest] = number + 1
            return number
        }
    }
}
