/// What runs right before or after an agent's dialogue, named in a `dut_agent`'s `pre_hooks` and `post_hooks`.
///
/// A hook prepares or saves what the agent acts in: it starts a benchmark's session, or exports its state.
public protocol AgentHook: Sendable {
    /// Does its work on an episode.
    ///
    /// A pre-hook that throws fails the episode before the agent is asked anything. Post-hooks run whenever the
    /// pre-hooks succeeded, also when the dialogue failed or its time is used up. Throws ``EvaluationError``.
    func run(on episode: inout Episode, in scope: EpisodeScope) async throws
}
