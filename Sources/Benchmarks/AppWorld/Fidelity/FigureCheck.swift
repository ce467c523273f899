import Evaluation
import JSON

/// Recorded figures that need no server: AppWorld's percentages, and its public leaderboard.
struct FigureCheck {
    private enum Content {
        case percentages([JSONValue])
        case leaderboard([JSONValue])
    }

    private let topic: String
    private let content: Content

    /// Reads a file; nil when it holds something else, such as exchanges.
    init?(file: String, bytes: [UInt8]) throws(EvaluationError) {
        guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") else { return nil }
        let rows: [JSONValue]
        do {
            rows = try JSONValue.parse(bytes: bytes).arrayValue ?? []
        } catch {
            throw EvaluationError(.dataMalformed, "'\(file)' is not JSON", cause: .configuration, underlying: error)
        }
        topic = AppWorldFidelity.topic(of: file)
        if rows.first?["official"] != nil {
            content = .percentages(rows)
        } else if rows.first?["test_normal"] != nil || rows.first?["test_challenge"] != nil {
            content = .leaderboard(rows)
        } else {
            throw EvaluationError(
                .dataMalformed, "'\(file)' holds neither percentages nor a leaderboard", cause: .configuration,
                advice: "give files of recorded exchanges (JSON lines), percent-vectors.json or a leaderboard's file")
        }
    }

    /// Recomputes everything.
    func ledger() -> AppWorldLedger {
        var ledger = AppWorldLedger()
        var group = AppWorldLedger.Group(topic: topic)
        for (place, expected, actual) in figures() {
            group.total += 1
            if expected == actual {
                group.agreed += 1
            } else {
                ledger.disagreements.append(
                    .init(
                        place: "\(topic)/\(place)", field: "percent", expected: JSONValue(expected),
                        actual: actual.map { JSONValue($0) } ?? .null))
            }
        }
        ledger.groups = [group]
        return ledger
    }

    /// Place, recorded figure, ours; ours is nil where none fits.
    private func figures() -> [(String, Double, Double?)] {
        switch content {
        case .percentages(let rows):
            return rows.compactMap { row in
                guard let passed = row["passed"]?.intValue, let total = row["total"]?.intValue,
                    let official = row["official"]?.doubleValue
                else { return nil }
                return ("\(passed) of \(total)", official, OfficialPercent.of(passed, among: total))
            }
        case .leaderboard(let entries): return entries.flatMap(Self.figures)
        }
    }

    /// A leaderboard's figures beside the nearest that our formula has for so many tasks or scenarios.
    private static func figures(_ entry: JSONValue) -> [(String, Double, Double?)] {
        var found: [(String, Double, Double?)] = []
        let name = entry["method"]?["name"]?.stringValue ?? entry["id"]?.stringValue ?? "?"
        for split in LeaderboardSplit.all {
            for (level, tasks) in split.tasks {
                let row = entry[split.name]?[level]
                let sizes = [("task_goal_completion", tasks), ("scenario_goal_completion", tasks / Scenario.taskCount)]
                for (field, total) in sizes {
                    guard let official = row?[field]?.doubleValue else { continue }
                    let guess = Int((official * Double(total) / 100).rounded())
                    let near = [guess, guess - 1, guess + 1].filter { (0...total).contains($0) }
                    let fitting = near.map { OfficialPercent.of($0, among: total) }.first { $0 == official }
                    let nearest = near.first.map { OfficialPercent.of($0, among: total) }
                    found.append(("\(name) \(split.name) \(level) \(field)", official, fitting ?? nearest))
                }
            }
        }
        return found
    }
}

/// How many tasks the levels of a test split have.
private struct LeaderboardSplit {
    var name: String
    var tasks: [(level: String, count: Int)]

    static let all = [
        Self(name: "test_normal", tasks: [("all", 168), ("level 1", 57), ("level 2", 48), ("level 3", 63)]),
        Self(name: "test_challenge", tasks: [("all", 417), ("level 1", 72), ("level 2", 150), ("level 3", 195)]),
    ]
}
