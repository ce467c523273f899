public import Evaluation
import Synchronization

/// Names the model calls of a state and keeps what was written, with what it took.
public final class CallRecorder: Sendable {
    /// One message and the reaction to it.
    public struct Exchange: Sendable, Hashable {
        /// The assistant's message.
        public var written: AssistantMessage
        /// The user's reaction.
        public var reaction: UserReaction
    }

    private let episode: EpisodeID?
    /// Protects the exchanges in the order in which they were recorded.
    private let exchanges = Mutex<[Exchange]>([])

    /// Records the calls of an episode; without one, calls are named after the state and the user.
    public init(episode: EpisodeID? = nil) { self.episode = episode }

    /// What was written so far.
    public var recorded: [Exchange] { exchanges.withLock { $0 } }

    func context(_ purpose: String, draw: ReactionDraw) -> CallContext {
        let id = episode ?? EpisodeID(task: "proactive", sample: "\(draw.state)/\(draw.persona)", trial: 0)
        let seed = SeedDerivation(root: draw.seed).seed(for: draw.state, draw.persona, draw.action.rawValue, purpose)
        return CallContext(episode: id, purpose: purpose, seed: seed)
    }

    func record(_ written: AssistantMessage, _ reaction: UserReaction) {
        exchanges.withLock { $0.append(Exchange(written: written, reaction: reaction)) }
    }
}
