import Evaluation

/// Names one draw of the simulated user: which state, which action, which branch, which turn.
///
/// Each has a stream of its own, so that what is generated beside it changes nothing.
public struct ReactionDraw: Sendable, Hashable {
    /// The run's seed.
    public var seed: UInt64
    /// The state's name.
    public var state: String
    /// The persona's name.
    public var persona: String
    /// What the assistant decided.
    public var action: ProactiveAction
    /// Which of the state's trajectories, counted from 0.
    public var branch: Int
    /// Which message of the trajectory, counted from 0.
    public var turn: Int

    /// Names a draw.
    public init(
        seed: UInt64, state: String, persona: String, action: ProactiveAction, branch: Int = 0, turn: Int = 0
    ) {
        self.seed = seed
        self.state = state
        self.persona = persona
        self.action = action
        self.branch = branch
        self.turn = turn
    }

    /// The generator of this draw for a purpose.
    func generator(for purpose: String) -> SeededGenerator {
        SeededGenerator(
            seed: SeedDerivation(root: seed).seed(
                for: "proactive", purpose, state, persona, action.rawValue, String(branch), String(turn)))
    }

    /// A number from 0 up to 1.
    public var unit: Double {
        var generator = generator(for: "reaction")
        return Double.random(in: 0..<1, using: &generator)
    }
}
