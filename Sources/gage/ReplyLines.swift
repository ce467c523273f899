import Engine
import Evaluation
import JSON
import Models
import Reports

/// Says at the end of a run what cache and cassette did.
struct ReplyLines {
    let replies: ReplySources

    /// A line for each of them.
    var lines: [String] {
        var lines: [String] = []
        if let counts = replies.cacheCounts { lines.append(line(of: counts)) }
        if let failures = replies.modelOptions.cache?.failures, failures.count > 0 {
            let times = failures.count == 1 ? "once" : "\(failures.count) times"
            lines.append("cache: it failed \(times), and the models were asked: \(failures.first?.message ?? "")")
        }
        if let cassette = replies.modelOptions.cassette {
            lines.append("cassette: \(counted(cassette.recordedCalls)) recorded")
        }
        if let tally = replies.modelOptions.player?.tally {
            let missing = tally.missed > 0 ? ", \(tally.missed) missing" : ""
            lines.append("cassette: \(counted(tally.answered)) answered\(missing)")
        }
        return lines
    }

    /// The same for programs; empty where there is neither.
    var json: JSONObject {
        var object: JSONObject = [:]
        if let counts = replies.cacheCounts {
            object["cache"] = [
                "calls": JSONValue(counts.calls), "answered": JSONValue(counts.answered),
                "tokens": JSONValue(counts.tokens), "cost": JSONValue(counts.cost),
                "failures": JSONValue(replies.modelOptions.cache?.failures.count ?? 0),
            ]
        }
        if let cassette = replies.modelOptions.cassette {
            object["cassette"] = ["recorded": JSONValue(cassette.recordedCalls)]
        }
        if let tally = replies.modelOptions.player?.tally {
            object["cassette"] = ["answered": JSONValue(tally.answered), "missing": JSONValue(tally.missed)]
        }
        return object
    }

    /// The first call that a replayed cassette lacked; nil where it had all.
    var miss: EvaluationError? { replies.modelOptions.player?.tally.firstMiss }

    private func line(of counts: RunCache.Counts) -> String {
        let share = "cache: \(counts.answered) of \(counted(counts.calls)) answered"
        guard counts.answered > 0 else { return share }
        var saved: [String] = []
        if counts.tokens > 0 { saved.append("\(counts.tokens) tokens") }
        if counts.cost > 0 { saved.append(NumberText.dollars(counts.cost)) }
        return saved.isEmpty ? share : "\(share) (\(saved.joined(separator: ", ")) not spent)"
    }

    private func counted(_ calls: Int) -> String { "\(calls) call\(calls == 1 ? "" : "s")" }
}
