import Evaluation
import JSON

/// Says in sentences why a dialogue did not get the reward, from what the judge found.
enum Tau1Explanation {
    /// The sentences, a line each; nil for a dialogue with the reward.
    static func text(of found: JSONValue) -> String? {
        guard let reward = found["reward"]?.doubleValue, !Tau2RewardInfo.isSuccess(reward) else { return nil }
        var lines: [String] = []
        let end = found["termination_reason"]?.stringValue.map { Termination($0) }
        if let end, !end.isDoneInTau1 {
            lines.append("The dialogue ended by \(end.rawValue), which counts as a failure.")
        }
        if let error = found["error"]?.stringValue { lines.append("The last reply: \(error).") }
        if found["checks"]?["actions_match"]?.boolValue == false {
            lines.append("The data at the end are not those that the expected actions leave.")
        }
        for output in found["checks"]?["missing_outputs"]?.arrayValue ?? [] {
            lines.append("Not said: \(output.stringValue ?? output.text())")
        }
        if found["checks"]?["gold_is_inert"]?.boolValue == true {
            lines.append("The expected actions should change data and do not: do not trust this verdict.")
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}
