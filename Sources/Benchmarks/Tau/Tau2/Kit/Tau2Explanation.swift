import JSON

/// Says in sentences why a dialogue did not get the whole reward, from what the judge found.
enum Tau2Explanation {
    /// The sentences, a line each; nil for a dialogue with the whole reward.
    static func text(of tau2: JSONValue) -> String? {
        guard let reward = tau2["reward"]?.doubleValue, !Tau2RewardInfo.isSuccess(reward) else { return nil }
        let info = tau2["reward_info"] ?? .null
        var lines: [String] = []
        if let end = tau2["termination_reason"]?.stringValue, end != "user_stop", end != "agent_stop" {
            lines.append("The dialogue ended by \(end), which counts as a failure.")
        }
        if info["db_check"]?["db_match"]?.boolValue == false {
            lines.append("The data at the end are not those that the expected actions leave.")
        }
        for check in failed("action_checks", "action_match", in: info) {
            let action = check["action"] ?? .null
            let call = "\(action["name"]?.stringValue ?? "?")(\(action["arguments"]?.text(.python) ?? ""))"
            lines.append("Expected, and not done so: \(call)")
        }
        for check in failed("communicate_checks", "met", in: info) {
            lines.append("Not said: \(check["info"]?.stringValue ?? check.text())")
        }
        for check in failed("env_assertions", "met", in: info) {
            lines.append("Does not hold: \(check.at("env_assertion.func_name")?.stringValue ?? check.text())")
        }
        for check in failed("nl_assertions", "met", in: info) {
            lines.append("Not met: \(check["nl_assertion"]?.stringValue ?? check.text())")
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    private static func failed(_ list: String, _ flag: String, in info: JSONValue) -> [JSONValue] {
        (info[list]?.arrayValue ?? []).filter { $0[flag]?.boolValue == false }
    }
}
