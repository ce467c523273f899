import Statistics

@testable import Proactive

/// Made-up decision points for tests of policies.
enum PolicyFixtures {
    /// Pairs that follow the mainline rule but for a share of noise; one state each.
    static func pairs(_ count: Int, noise: Double = 0, seed: UInt64 = 7) -> [PreferencePair] {
        var generator = SplitMix64(seed: seed)
        let words = "sort parse merge plan count dates matrix schedule budget list team user data file graph".split(
            separator: " ")
        return (0..<count).map { number in
            let state = ProactiveState(
                id: "s-\(number)", domain: .coding,
                query: "Write a function to "
                    + (0..<5).map { _ in String(words[generator.below(words.count)]) }.joined(separator: " "),
                dialogueTurn: generator.below(4), prevReject: generator.below(4) == 0 ? 1 : 0,
                taskUncertainty: [0.15, 0.3, 0.4, 0.6, 0.7, 0.8][generator.below(6)])
            var wanted = MainlineRule.action(for: patient, in: state)
            if generator.unit() < noise { wanted = wanted.other }
            return pair(state, prefers: wanted)
        }
    }

    static let patient = Persona.standard(.coding)[0]

    /// A pair with plain texts and figures that fit them.
    static func pair(
        _ state: ProactiveState, prefers action: ProactiveAction, persona: Persona? = patient
    ) -> PreferencePair {
        let code = "```python\ndef f():\n    return 1\n```"
        let texts: [ProactiveAction: String] = [.clarify: "Which one?\n\n\(code)", .execute: code]
        let costs: [ProactiveAction: Double] = [.clarify: 0.24, .execute: 0]
        let scores: [ProactiveAction: Double] =
            action == .clarify ? [.clarify: 1, .execute: 0] : [.clarify: 0, .execute: 1]
        return PreferencePair(
            state: state, persona: persona, chosen: action, chosenText: texts[action] ?? "",
            rejectedText: texts[action.other] ?? "",
            rewards: [
                .clarify: (scores[.clarify] ?? 0) - (costs[.clarify] ?? 0),
                .execute: (scores[.execute] ?? 0) - (costs[.execute] ?? 0),
            ], taskScores: scores, interruptCosts: costs)
    }

    /// A state that differs from others in its name alone.
    static func state(
        _ id: String, uncertainty: Double = 0.3, query: String = "Do it.", tests: String? = nil
    ) -> ProactiveState {
        ProactiveState(id: id, domain: .coding, query: query, taskUncertainty: uncertainty, mbppTests: tests)
    }
}
