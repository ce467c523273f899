import Evaluation
import JSON

/// Tokens and dollars by model and by who it spoke for.
struct ModelSpending {
    private struct Key: Hashable {
        var model: String
        var speaker: Participant
    }

    private struct Sum {
        var calls = 0
        var usage = Usage()
        var cost = 0.0
        var callsWithoutPrice = 0
    }

    /// The most models that are told apart.
    private static let limit = 100

    private var sums: [Key: Sum] = [:]

    mutating func add(_ entry: Trajectory.Entry) {
        let key = Key(model: entry.model ?? "", speaker: entry.speaker)
        guard sums[key] != nil || sums.count < Self.limit else { return }
        var sum = sums[key] ?? Sum()
        sum.calls += 1
        if let usage = entry.usage { sum.usage = sum.usage + usage }
        if let cost = entry.cost { sum.cost += cost } else { sum.callsWithoutPrice += 1 }
        sums[key] = sum
    }

    var json: JSONValue {
        let ordered = sums.sorted { left, right in
            if left.value.cost != right.value.cost { return left.value.cost > right.value.cost }
            if left.value.calls != right.value.calls { return left.value.calls > right.value.calls }
            return (left.key.model, left.key.speaker.rawValue) < (right.key.model, right.key.speaker.rawValue)
        }
        return .array(
            ordered.map { key, sum in
                var object: JSONObject = [
                    "model": .string(key.model), "speaker": .string(key.speaker.rawValue),
                    "calls": JSONValue(sum.calls),
                ]
                for (name, count) in sum.usage.json.objectValue ?? [:] { object[name] = count }
                let isUnknown = sum.callsWithoutPrice > 0 && sum.cost == 0
                object["cost_usd"] = isUnknown ? .null : JSONValue(sum.cost)
                object["calls_without_price"] = JSONValue(sum.callsWithoutPrice)
                return .object(object)
            })
    }
}
