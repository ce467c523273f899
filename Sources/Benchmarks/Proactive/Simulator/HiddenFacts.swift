import JSON

/// What the user knows about his task and has not said: what an answer can reveal.
struct HiddenFacts: Sendable, Hashable {
    /// The facts as sentences, the most important first.
    let facts: [String]
    /// Those without which the task cannot be done: all that the state itself brings, else the function's name.
    let needed: [String]

    /// The facts of a state: its own `facts`, else what its tests and its entry point tell.
    init(of state: ProactiveState) {
        if let own = state.extras["facts"]?.arrayValue {
            facts = own.compactMap(\.stringValue)
            needed = facts
            return
        }
        var found: [String] = []
        if let name = state.extras["entry_point"]?.stringValue {
            let sentence = "The function is called `\(name)`."
            if !state.query.contains("`\(name)`") { found.append(sentence) }
        }
        needed = found
        let asserts = (state.mbppTests ?? "").split(separator: "\n").filter { $0.hasPrefix("assert ") }
        if let first = asserts.first { found.append("For example, this must hold: `\(first.dropFirst(7))`.") }
        if asserts.count > 1, let last = asserts.last { found.append("And also this: `\(last.dropFirst(7))`.") }
        facts = found
    }

    /// The facts that nobody said yet.
    func unsaid(in query: String) -> [String] { facts.filter { !query.contains($0) } }

    /// Whether everything was said without which the task cannot be done.
    func isEnoughSaid(in query: String) -> Bool { needed.allSatisfy { query.contains($0) } }
}
