import Statistics

/// Divides preference pairs into those to train on and those to test on, whole states at a time.
///
/// Pairs of one state never lie on both sides: they share the request.
public struct HeldOutSplit: Sendable {
    /// What to train on.
    public let training: [PreferencePair]
    /// What to test on.
    public let heldOut: [PreferencePair]

    /// Holds a share of the states out, rounded up, and at least one is left to train on.
    ///
    /// Which ones depends on the seed and the states' names alone, not on the order of the pairs.
    public init(_ pairs: [PreferencePair], share: Double = 0.1, seed: UInt64 = 42) {
        let chosen = Self.states(of: pairs, share: share, seed: seed)
        training = pairs.filter { !chosen.contains($0.state.id) }
        heldOut = pairs.filter { chosen.contains($0.state.id) }
    }

    private static func states(of pairs: [PreferencePair], share: Double, seed: UInt64) -> Set<String> {
        var states = Set(pairs.map(\.state.id)).sorted()
        var generator = SplitMix64(seed: seed)
        states.shuffleDeterministically(using: &generator)
        let count = min(max(0, states.count - 1), Int((Double(states.count) * min(max(share, 0), 1)).rounded(.up)))
        return Set(states.prefix(count))
    }

    /// The states in so many groups of nearly equal size, for cross-fitting.
    static func folds(of states: some Sequence<String>, count: Int, seed: UInt64) -> [Set<String>] {
        var names = Set(states).sorted()
        var generator = SplitMix64(seed: seed)
        names.shuffleDeterministically(using: &generator)
        let folds = max(1, min(count, names.count))
        return (0..<folds).map { fold in
            Set(names.indices.filter { $0 % folds == fold }.map { names[$0] })
        }
    }
}
