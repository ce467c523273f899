import JSON

/// Which trajectory of a task becomes the reference.
struct PauseSelection: Sendable, Hashable {
    /// How the choice ended.
    enum Status: String, Sendable, Hashable {
        case selected
        case failed
        case tie
    }

    /// Why no choice was made.
    enum Failure: String, Sendable, Hashable {
        case error
        case invalid
        case rerunPending = "rerun_pending"
        case rerunMissingProfile = "rerun_missing_profile"
        case rerunNoRoutes = "rerun_no_routes"
        case rerunMissingAllowlist = "rerun_missing_allowlist"
        case rerunGuidanceError = "rerun_guidance_error"
        case rerunRunError = "rerun_run_error"
        case rerunExhausted = "rerun_exhausted"
        case alignTargetsFailed = "align_targets_failed"
    }

    /// How it ended.
    var status: Status
    /// Why it failed; nil when it did not.
    var failure: Failure?
    /// The place of the chosen trajectory among the candidates.
    var chosen: Int?
    /// The model behind the chosen trajectory.
    var model = ""
    /// Why it was chosen, or why none was.
    var reason: String
    /// The advice of the last repetition.
    var guidance: String?

    static func selected(_ place: Int, model: String, _ reason: String) -> Self {
        Self(status: .selected, chosen: place, model: model, reason: reason)
    }

    static func failed(_ failure: Failure, _ reason: String) -> Self {
        Self(status: .failed, failure: failure, reason: reason)
    }

    /// `final_selection`.
    var json: JSONObject {
        var object: JSONObject = [
            "tie": .bool(status != .selected), "status": .string(status.rawValue),
            "failure_category": .string(failure?.rawValue ?? (status == .tie ? "tie" : "")),
            "select_assistant_model": .string(status == .selected ? model : ""), "select_reason": .string(reason),
        ]
        object["select_traj_idx"] = JSONValue(optional: chosen)
        if let guidance { object["rerun_guidance"] = .string(guidance) }
        return object
    }
}

/// The rules of the choice: the pure part of it.
enum PauseSelectionRules {
    /// A trajectory that could be chosen.
    struct Candidate: Sendable, Hashable {
        /// Its place among all.
        var place: Int
        /// The model behind it.
        var model: String
        /// Its tool calls, in order, as name and canonical arguments.
        var signature: [String]
        /// How many messages the assistant wrote.
        var turns: Int

        init(place: Int, model: String, signature: [String], turns: Int) {
            self.place = place
            self.model = model
            self.signature = signature
            self.turns = turns
        }

        init(place: Int, trajectory: JSONObject) {
            let reader = PauseTrajectoryReader(trajectory)
            self.init(
                place: place, model: reader.assistantModel,
                signature: reader.assistantCalls.map { "\($0.name)\(JSONValue.object($0.arguments).text(.canonical))" },
                turns: PauseTurns.count(in: trajectory))
        }
    }

    /// What the candidates alone decide.
    enum Decision: Sendable, Hashable {
        /// None passed.
        case nobody
        /// This one is chosen, for this reason.
        case choose(Candidate, String)
        /// These are left, and somebody has to say which is the best.
        case ask([Candidate])
    }

    /// Decides among those that passed: one alone is chosen; of those with identical calls the shortest stands for all;
    /// what is then left has to be asked for.
    static func decide(_ passing: [Candidate]) -> Decision {
        guard let first = passing.first else { return .nobody }
        if passing.count == 1 { return .choose(first, "the only trajectory that passed") }
        var kept: [Candidate] = []
        for candidate in passing {
            if let place = kept.firstIndex(where: { $0.signature == candidate.signature }) {
                if candidate.turns < kept[place].turns { kept[place] = candidate }
            } else {
                kept.append(candidate)
            }
        }
        if kept.count == 1 { return .choose(kept[0], "identical tool calls; the one with the fewest turns") }
        return .ask(kept)
    }

    /// What follows from a selector's answer: the model that it names, or, when it sees a tie, the fewest turns.
    static func settle(_ answer: JSONObject, among candidates: [Candidate]) -> (Candidate, String)? {
        guard let shortest = candidates.min(by: { ($0.turns, $0.place) < ($1.turns, $1.place) }) else { return nil }
        let reason = answer["select_reason"]?.stringValue ?? answer["reason"]?.stringValue ?? ""
        let named = answer["select_assistant_model"]?.stringValue ?? ""
        let isTie = PauseReply.flag(answer["tie"]) ?? named.isEmpty
        if isTie { return (shortest, "tie; the one with the fewest turns. \(reason)".trimmingBlanks) }
        guard let chosen = candidates.first(where: { $0.model == named }) else { return nil }
        return (chosen, reason)
    }
}
