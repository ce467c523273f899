import Evaluation
import JSON

/// One official case of the original τ-bench, and how gage does on it.
struct Tau1FidelityCase: TauRecordedCase {
    let json: JSONValue
    let id: String
    let domain: Tau1Domain
    var found: [TauFidelityReport.Disagreement] = []

    init(_ json: JSONValue, in domain: Tau1Domain) {
        self.json = json
        self.domain = domain
        id = json["id"]?.stringValue ?? "(no id)"
    }

    /// Plays a case of any form.
    static func play(_ json: JSONValue, in domain: Tau1Domain) -> TauCaseOutcome {
        var played = Tau1FidelityCase(json, in: domain)
        var kind = "unreadable"
        do {
            if json["calls"] != nil {
                kind = "tools"
                try played.playTools()
            } else if let expected = json["recomputed"]?["current"] {
                kind = "recorded"
                try played.playDialogue(expected: expected)
            } else if let variant = json["variant"]?.stringValue, let expected = json["expected"] {
                kind = family(of: variant)
                try played.playDialogue(expected: expected)
            } else {
                throw EvaluationError(.dataMalformed, "a case of no known form", cause: .task)
            }
        } catch {
            played.record("case", expected: "a case that can be read", actual: .string(String(describing: error)))
        }
        return TauCaseOutcome(domain: domain.name.rawValue, kind: kind, disagreements: played.found)
    }

    /// What a variant does to the expected actions, without where: `corrupt_0_unknown_order` is of `corrupt`.
    private static func family(of variant: String) -> String {
        let families = ["gold_minus", "corrupt", "extra", "outputs", "transfer"]
        return families.first { variant.hasPrefix($0 + "_") } ?? variant
    }

    /// A sequence of tool calls with every returned text, and the digest at the end.
    private mutating func playTools() throws {
        let pristine = domain.makeWorld()
        var world = pristine
        let returns = json["returns"]?.arrayValue ?? []
        let calls = json["calls"]?.arrayValue ?? []
        compare("returns.count", expected: JSONValue(calls.count), actual: JSONValue(returns.count))
        for (place, (item, expected)) in zip(calls, returns).enumerated() {
            let call = try Tau1Action(json: item, owner: id)
            let actual: JSONValue
            do throws(PythonException) {
                let outcome = try world.call(call.name, arguments: call.arguments)
                actual = .string(outcome?.content ?? "Unknown action \(call.name)")
            } catch {
                actual = .null
            }
            compare("returns[\(place)]", expected: expected, actual: actual)
        }
        compare("final_data_hash", expected: json["final_data_hash"] ?? .null, actual: .string(world.digest))
        compare("mutated", expected: json["mutated"] ?? .null, actual: .bool(!world.hasSameData(as: pristine)))
    }

    /// A dialogue whose steps are given: every observation until it is done, both digests, and the reward.
    private mutating func playDialogue(expected: JSONValue) throws {
        var environment = Tau1Environment(try task(), in: domain)
        let observations = json["observations"]?.arrayValue ?? []
        for (place, step) in (json["steps"]?.arrayValue ?? []).enumerated() {
            if environment.isDone { break }
            let observation = perform(try Tau1Action(json: step, owner: id), step["user_reply"], in: &environment)
            let official = observations.indices.contains(place) ? observations[place] : .null
            compare("observations[\(place)]", expected: official, actual: observation)
        }
        if let count = expected["n_steps_played"] {
            compare("n_steps_played", expected: count, actual: JSONValue(environment.actions.count))
        }
        compare("done", expected: expected["done"] ?? .null, actual: .bool(environment.isDone))
        compare(
            "agent_data_hash", expected: expected["agent_data_hash"] ?? .null,
            actual: .string(environment.world.digest))
        try compareRewards(expected, of: environment)
    }

    private mutating func perform(
        _ action: Tau1Action, _ reply: JSONValue?, in environment: inout Tau1Environment
    ) -> JSONValue {
        switch environment.step(action) {
        case .observation(let outcome): return .string(outcome.content)
        case .awaitsUser:
            if let reply = reply?.stringValue { environment.hear(reply) }
            return .null
        case .aborted(let exception): return ["exception": .string(exception.message)]
        }
    }

    private mutating func compareRewards(_ expected: JSONValue, of environment: Tau1Environment) throws {
        let reward = try Tau1Reward(of: environment, missingText: .raises)
        let info = reward.json(for: environment.task, in: domain)
        if reward.isGoldInert { record("gold", expected: "actions that change the data", actual: "no change") }
        // A dialogue that nobody has ended has no reward; what it would have been is recorded of some.
        let value = environment.isDone ? JSONValue(reward.value) : 0
        compare("reward", expected: expected["reward"] ?? .null, actual: value)
        for (key, actual) in [
            ("reward_info", info["info"] ?? .null), ("reward_info_if_stopped_here", info["info"] ?? .null),
            ("reward_if_stopped_here", JSONValue(reward.value)),
            ("r_actions", JSONValue(reward.actionsMatch ? 1.0 : 0.0)),
        ] {
            if let official = expected[key] { compare(key, expected: official, actual: actual) }
        }
        if let official = expected["gt_data_hash"] {
            compare("gt_data_hash", expected: official, actual: .string(domain.goldDigest(of: environment.task)))
        }
    }

    private func task() throws(EvaluationError) -> Tau1Task {
        guard let id = json["task_id"]?.intValue, let split = json["split"]?.stringValue else {
            throw EvaluationError(.dataMalformed, "the case names no task", cause: .task)
        }
        return try domain.task(id, inSplit: split)
    }
}
