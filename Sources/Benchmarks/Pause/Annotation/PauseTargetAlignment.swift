import JSON

/// Which targets the reference trajectory reached, and whether it may serve as a reference.
struct PauseTargetAlignment: Sendable, Hashable {
    /// Whether it may.
    var isAccepted: Bool
    /// Why not.
    var reason = ""
    /// What the first judge said.
    var analysis = ""
    /// For each target whether every judge found it reached.
    var achieved: [Bool] = []
    /// What the judges wrote.
    var raw: [String] = []

    /// How many targets a reference may miss.
    static func allowance(targets: Int) -> Int { targets <= 5 ? 1 : 2 }

    /// Combines what judges found: a target counts as reached when all of them say so.
    static func combine(_ findings: [[Bool]?], targets: Int, analysis: String, raw: [String]) -> Self {
        let lists = findings.compactMap { $0 }
        guard !findings.isEmpty, lists.count == findings.count, lists.allSatisfy({ $0.count == targets }) else {
            return Self(
                isAccepted: false, reason: "the judges did not say of each target whether it was reached",
                analysis: analysis, raw: raw)
        }
        let achieved = (0..<targets).map { target in lists.allSatisfy { $0[target] } }
        let missed = achieved.count { !$0 }
        let isAccepted = missed <= allowance(targets: targets)
        return Self(
            isAccepted: isAccepted,
            reason: isAccepted ? "" : "\(missed) of \(targets) targets were not reached", analysis: analysis,
            achieved: achieved, raw: raw)
    }

    /// The targets that were reached.
    func kept(of targets: [JSONValue]) -> [JSONValue] { zip(targets, achieved).filter(\.1).map(\.0) }

    /// The places of the targets that were reached.
    var keptIndices: [Int] { achieved.indices.filter { achieved[$0] } }

    /// `align_targets`.
    var json: JSONObject {
        [
            "ok": .bool(isAccepted), "reason": .string(reason), "analysis": .string(analysis),
            "achieved": .array(achieved.map { .bool($0) }), "llm_raws": .array(raw.map { .string($0) }),
        ]
    }
}
