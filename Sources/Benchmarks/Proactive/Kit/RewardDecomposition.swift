import JSON

/// Rewards taken apart: by user and action, and by how clear the task was.
struct RewardDecomposition {
    private let trajectories: [ScoredTrajectory]
    private let settings: RewardSettings

    init(_ trajectories: [ScoredTrajectory], settings: RewardSettings) {
        self.trajectories = trajectories
        self.settings = settings
    }

    var byAction: JSONObject { tallies(of: trajectories) }

    /// `{persona: {action: figures}}`.
    var byPersona: JSONObject {
        var object: JSONObject = [:]
        for name in Set(trajectories.map(\.trajectory.persona.name)).sorted() {
            object[name] = .object(tallies(of: trajectories.filter { $0.trajectory.persona.name == name }))
        }
        return object
    }

    private func tallies(of trajectories: [ScoredTrajectory]) -> JSONObject {
        var tallies: [ProactiveAction: ActionTally] = [:]
        for scored in trajectories { tallies[scored.trajectory.action, default: ActionTally()].add(scored, settings) }
        var object: JSONObject = [:]
        for action in ProactiveAction.allCases { object[action.rawValue] = tallies[action].map { .object($0.json) } }
        return object
    }

    /// By tenths of task_uncertainty: how often the mainline asked, and how often asking was the better action.
    func byUncertainty(_ pairs: [PreferencePair]) -> JSONValue {
        let mainlines = trajectories.map(\.trajectory).filter(\.isMainline)
        let rows = (0..<10).compactMap { tenth -> JSONValue? in
            let asked = mainlines.filter { Self.tenth(of: $0.state) == tenth }
            let decided = pairs.filter { Self.tenth(of: $0.state) == tenth }
            guard !asked.isEmpty || !decided.isEmpty else { return nil }
            return [
                "from": JSONValue(Double(tenth) / 10), "to": JSONValue(Double(tenth + 1) / 10),
                "mainlines": JSONValue(asked.count), "pairs": JSONValue(decided.count),
                "clarify_rate": ActionTally.share(
                    asked.map { $0.action == .clarify ? 1 : 0 }, asked.map(\.state.id)),
                "clarify_preferred_rate": ActionTally.share(
                    decided.map { $0.chosenAction == .clarify ? 1 : 0 }, decided.map(\.state.id)),
            ]
        }
        return .array(rows)
    }

    /// A value on a border belongs to the tenth that it begins; 1 belongs to the last.
    private static func tenth(of state: ProactiveState) -> Int {
        min(9, Int((state.taskUncertainty * 10 + 1e-9).rounded(.down)))
    }

    /// How many programs ran under which isolation.
    var sandboxes: JSONObject {
        var counts: [String: Int] = [:]
        for scored in trajectories {
            if let tests = scored.task.tests { counts[tests.sandbox, default: 0] += 1 }
        }
        return JSONObject(uniqueKeysWithValues: counts.sorted { $0.key < $1.key }.map { ($0, JSONValue($1)) })
    }
}
