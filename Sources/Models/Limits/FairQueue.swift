/// Callers that wait, in one line for each group; groups take turns.
///
/// Within a group it is first come, first served, so that a large request is not overtaken for ever by small ones.
struct FairQueue: Sendable {
    private var lines: [String: [UInt64]] = [:]
    /// The groups with someone waiting, the one whose turn it is first.
    private var rotation: [String] = []
    private var groups: [UInt64: String] = [:]

    /// How many wait.
    var count: Int { groups.count }

    /// Who is served next.
    var head: UInt64? { rotation.first.flatMap { lines[$0]?.first } }

    /// Whether this caller waits.
    func contains(_ caller: UInt64) -> Bool { groups[caller] != nil }

    /// Puts a caller at the end of its group's line, or at the beginning when it has waited before.
    mutating func append(_ caller: UInt64, group: String, atFront: Bool = false) {
        groups[caller] = group
        guard lines[group] != nil else {
            lines[group] = [caller]
            rotation.append(group)
            return
        }
        if atFront { lines[group]?.insert(caller, at: 0) } else { lines[group]?.append(caller) }
    }

    /// Takes the head out; its group goes to the end of the rotation.
    mutating func removeHead() {
        guard let group = rotation.first, let caller = lines[group]?.first else { return }
        groups[caller] = nil
        rotation.removeFirst()
        lines[group]?.removeFirst()
        if lines[group]?.isEmpty ?? true { lines[group] = nil } else { rotation.append(group) }
    }

    /// Takes a caller out, wherever it stands.
    mutating func remove(_ caller: UInt64) {
        guard let group = groups.removeValue(forKey: caller) else { return }
        lines[group]?.removeAll { $0 == caller }
        guard lines[group]?.isEmpty ?? true else { return }
        lines[group] = nil
        rotation.removeAll { $0 == group }
    }
}
