import JSON

extension JSONValue {
    /// What is different in another configuration, a line for each value, the first few of them; empty where nothing is.
    func changes(to new: JSONValue) -> String {
        let changes = differences(to: new)
        let shown = changes.prefix(10).map { change in
            "\n    \(change.path): \(change.old?.text() ?? "nothing") became \(change.new?.text() ?? "nothing")"
        }
        let rest = changes.count > shown.count ? "\n    and \(changes.count - shown.count) more" : ""
        return shown.isEmpty ? "" : ":" + shown.joined() + rest
    }
}
