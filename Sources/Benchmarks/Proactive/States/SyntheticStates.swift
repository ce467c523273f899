import Evaluation

/// States that need no data set.
public enum SyntheticStates {
    /// The request of a domain that every state has unless more variety is asked for.
    public static func fixedRequest(_ domain: ProactiveDomain) -> String {
        switch domain {
        case .coding: "Write me a web crawler in Python."
        case .planning: "Plan my to-do list for today."
        }
    }

    /// Makes states `<domain>-0`, `<domain>-1`, …, at the first turn.
    ///
    /// `variety` is from how many of the vague and precise requests at hand is drawn, by the seed; 1 gives every state
    /// the fixed request.
    public static func states(
        _ domain: ProactiveDomain, count: Int, variety: Int = .max, seed: UInt64
    ) -> [ProactiveState] {
        let known = [fixedRequest(domain)] + SyntheticRequests.requests(domain)
        let requests = known.prefix(max(1, variety)).map { (query: $0, uncertainty: TaskUncertainty.estimate($0)) }
        let derivation = SeedDerivation(root: seed)
        return (0..<count).map { index in
            let id = "\(domain.rawValue)-\(index)"
            var generator = derivation.generator(for: "proactive request \(id)")
            let request = requests.randomElement(using: &generator) ?? requests[0]
            return ProactiveState(
                id: id, domain: domain, query: request.query, taskUncertainty: request.uncertainty)
        }
    }
}
