/// All trajectories of one decision point: a state, a place in its dialogue, a user.
public struct DecisionGroup: Sendable, Hashable {
    /// What names a decision point.
    public struct Key: Sendable, Hashable {
        /// The state's name.
        public var stateID: String
        /// Which decision of the dialogue, counted from 0.
        public var decisionPoint: Int
        /// The user: rewards of different users are not compared.
        public var persona: Persona
    }

    /// What names it.
    public let key: Key
    /// Its trajectories in the order of the file.
    public private(set) var trajectories: [ScoredTrajectory]

    /// The groups of a file's trajectories, in the order in which they first appear.
    public static func groups(of trajectories: [ScoredTrajectory]) -> [DecisionGroup] {
        var groups: [DecisionGroup] = []
        var places: [Key: Int] = [:]
        for scored in trajectories {
            let line = scored.trajectory
            let key = Key(stateID: line.state.id, decisionPoint: line.decisionPoint, persona: line.persona)
            if let place = places[key] {
                groups[place].trajectories.append(scored)
            } else {
                places[key] = groups.count
                groups.append(DecisionGroup(key: key, trajectories: [scored]))
            }
        }
        return groups
    }

    /// What each action came to; an action without trajectories is absent.
    public func figures(_ settings: RewardSettings) -> [ProactiveAction: ActionFigures] {
        var figures: [ProactiveAction: ActionFigures] = [:]
        for action in ProactiveAction.allCases {
            figures[action] = ActionFigures(
                trajectories.filter { $0.trajectory.action == action }, settings: settings)
        }
        return figures
    }
}
