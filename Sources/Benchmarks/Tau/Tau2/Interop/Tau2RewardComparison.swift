public import JSON

/// Says in words where two gradings of one run differ.
public enum Tau2RewardComparison {
    /// The differences between two official `reward_info` objects, the parts of the reward first; empty where none.
    ///
    /// A part is named with its own reward before and after: `DB 1 → 0`. Checks follow, one line for each kind:
    /// `2 of 5 actions judged otherwise: a, b`.
    public static func differences(from old: JSONValue, to new: JSONValue) -> [String] {
        var lines: [String] = []
        let before = old["reward_breakdown"]?.objectValue ?? [:]
        let after = new["reward_breakdown"]?.objectValue ?? [:]
        for part in Tau2RewardComponent.allCases.map(\.rawValue) {
            let (left, right) = (before[part]?.doubleValue, after[part]?.doubleValue)
            if left != right { lines.append("\(part) \(text(left)) → \(text(right))") }
        }
        if lines.isEmpty, old["reward"]?.doubleValue != new["reward"]?.doubleValue {
            lines.append("reward \(text(old["reward"]?.doubleValue)) → \(text(new["reward"]?.doubleValue))")
        }
        for list in lists { lines += list.differences(from: old, to: new) }
        return lines
    }

    private static func text(_ reward: Double?) -> String {
        guard let reward else { return "none" }
        return reward == reward.rounded() && abs(reward) < 1e9 ? String(Int(reward)) : String(reward)
    }

    /// A list of checks in an official dump.
    private struct CheckList {
        var key: String
        var flag: String
        var noun: String
        var name: @Sendable (JSONValue) -> String?

        func differences(from old: JSONValue, to new: JSONValue) -> [String] {
            let (before, after) = (old[key]?.arrayValue ?? [], new[key]?.arrayValue ?? [])
            guard !before.isEmpty || !after.isEmpty else { return [] }
            guard before.count == after.count else {
                return ["\(before.count) \(noun) checked before, \(after.count) now"]
            }
            let changed = zip(before, after).filter { $0[flag]?.boolValue != $1[flag]?.boolValue }
            guard !changed.isEmpty else { return [] }
            let names = changed.prefix(5).compactMap { name($1) }.joined(separator: ", ")
            return ["\(changed.count) of \(after.count) \(noun) judged otherwise: \(names)"]
        }
    }

    private static let lists = [
        CheckList(key: "env_assertions", flag: "met", noun: "assertions on the world") {
            $0.at("env_assertion.func_name")?.stringValue
        },
        CheckList(key: "action_checks", flag: "action_match", noun: "actions") { $0.at("action.name")?.stringValue },
        CheckList(key: "communicate_checks", flag: "met", noun: "statements to the user") { $0["info"]?.stringValue },
        CheckList(key: "nl_assertions", flag: "met", noun: "natural-language assertions") {
            $0["nl_assertion"]?.stringValue
        },
    ]
}
