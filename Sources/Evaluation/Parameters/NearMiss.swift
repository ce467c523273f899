/// Finds the name that was probably meant.
public enum NearMiss {
    /// The candidate closest to a misspelt name, or nil when none is near.
    ///
    /// Near means: an optimal-string-alignment distance (insertions, deletions, substitutions, swaps of neighbours)
    /// of at most a third of the longer name's length, and at least 1; letter case and `-` against `_` count little.
    public static func find(_ name: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(folded(name))
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let other = Array(folded(candidate))
            let limit = max(1, max(wanted.count, other.count) / 3)
            let distance = distance(wanted, other)
            guard distance <= limit else { continue }
            if let held = best, (held.distance, held.name) <= (distance, candidate) { continue }
            best = (candidate, distance)
        }
        return best?.name
    }

    /// `did you mean 'x'?` when something is near.
    public static func hint(_ name: String, among candidates: some Sequence<String>) -> String? {
        find(name, among: candidates).map { "did you mean '\($0)'?" }
    }

    /// A near miss, or else the list of what is allowed when it is short enough to read.
    public static func advice(_ name: String, among candidates: [String]) -> String? {
        if let hint = hint(name, among: candidates) { return hint }
        guard !candidates.isEmpty, candidates.count <= 24 else { return nil }
        return "allowed: \(candidates.sorted().joined(separator: ", "))"
    }

    private static func folded(_ name: String) -> String {
        String(name.lowercased().map { $0 == "-" ? "_" : $0 })
    }

    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [i] + [Int](repeating: 0, count: b.count)
            for j in 1...b.count {
                let cost = a[i - 1] == b[j - 1] ? 0 : 1
                row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    row[j] = min(row[j], beforeLast[j - 2] + 1)
                }
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
