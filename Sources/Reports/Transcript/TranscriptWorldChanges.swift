import Evaluation
import JSON

/// Reads what a benchmark says about how its world was left.
///
/// A judge, or a prediction, that has a member `world_difference` lists places there: `[{path, old, new}]`, as
/// `JSONDifference` finds them.
enum TranscriptWorldChanges {
    /// The member's name.
    static let key = "world_difference"
    /// The most places that are shown.
    private static let limit = 500

    static func of(_ record: EpisodeRecord) -> [TranscriptView.WorldChange] {
        let left = [record.prediction?.artifacts, record.prediction?.extras].compactMap { $0 }
        let sources = record.verdicts.map(\.output) + left
        let lists = sources.flatMap { object -> [JSONValue] in
            // At the top, or inside of a benchmark's own part.
            ([object[key]] + object.map { $0.value[key] }).compactMap { $0 }
        }
        return Array(lists.flatMap { $0.arrayValue ?? [] }.compactMap(change).prefix(limit))
    }

    private static func change(_ value: JSONValue) -> TranscriptView.WorldChange? {
        guard let path = value["path"]?.stringValue else { return nil }
        return TranscriptView.WorldChange(path: path, old: text(value["old"]), new: text(value["new"]))
    }

    private static func text(_ value: JSONValue?) -> String? {
        guard let value else { return nil }
        let (kept, omitted) = TranscriptContent.cut(value.stringValue ?? value.text(), to: 4_000)
        return omitted == 0 ? kept : kept + "…"
    }
}
